package health.setpoint.titration.labs;

/** Method of an estradiol or testosterone result. UNKNOWN is treated as immunoassay. The order is the precedence on one day. */
public enum Assay {
    MASS_SPECTROMETRY,
    IMMUNOASSAY,
    UNKNOWN
}
