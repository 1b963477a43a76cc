package health.setpoint.titration.labs;

/** How a laboratory bounds a value that it could not measure exactly. */
public enum Comparator {
    NONE(""),
    BELOW("<"),
    AT_MOST("<="),
    ABOVE(">"),
    AT_LEAST(">=");

    private final String sign;

    Comparator(String sign) {
        this.sign = sign;
    }

    /** The sign as FHIR and laboratories write it; empty for an exact value. */
    public String sign() {
        return sign;
    }
}
