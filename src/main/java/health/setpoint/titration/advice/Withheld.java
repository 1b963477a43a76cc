package health.setpoint.titration.advice;

/** Why a start or increase that estradiol alone would give is not proposed, or a course that it would keep is not kept. */
public enum Withheld {
    /** */
    HYPERSENSITIVITY,
    /** */
    DUPLICATE,
    /** */
    ESTROGEN,
    /** */
    TAMOXIFEN,
    /** */
    OSTEOPOROSIS,
    /** */
    LIVER,
    /** */
    HEMATOCRIT,
    /** */
    PEAK_SAMPLE,
    /** */
    TESTOSTERONE_CHANGE,
    /** */
    TESTOSTERONE_LOW,
    /** The site runs the safety rules only. */
    SITE,
    /** Laboratory results could not all be read. */
    LABS_INCOMPLETE,
    /** Medication orders could not all be read. */
    ORDERS_INCOMPLETE,
    /** A hematocrit, PSA, liver test or T-score that was not understood may lie beyond its limit. */
    DOUBTFUL_RESULT,
    /** The newest testosterone was not understood, or one that may be newer is out of range. */
    DOUBTFUL_TESTOSTERONE,
    /** Treatment changed less than 28 days ago. */
    RECENT_CHANGE,
    /** The proposal itself is none that the limits allow. */
    LIMIT
}
