package health.setpoint.titration.advice;

/** Which of several conditions made a rule fire, where its text says so. */
public enum Reason {
    /** low, and the weekly dose cannot be computed. */
    DOSE,
    /** below what the assay can measure. */
    ASSAY,
    /** below the severe limit. */
    SEVERE,
    /** low with low-estrogen symptoms. */
    SYMPTOMS,
    /** in the borderline band, with high-estrogen symptoms. */
    BORDERLINE,
    /** above the borderline band. */
    HIGH
}
