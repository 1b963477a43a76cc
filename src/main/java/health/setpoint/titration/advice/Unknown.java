package health.setpoint.titration.advice;

/** Something that the advice would have liked to know. */
public enum Unknown {
    /** No usable testosterone result that is fresh enough. */
    TESTOSTERONE,
    /** The method of the estradiol result is not stated; treated as immunoassay. */
    ASSAY,
    /** The sample's time against the last injection. */
    INJECTION_TIMING,
    /** When anastrozole was started or last changed. */
    INHIBITOR_START,
    /** When testosterone was started. */
    TESTOSTERONE_START,
    /** Weekly dose of anastrozole. */
    INHIBITOR_DOSE
}
