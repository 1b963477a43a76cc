package health.setpoint.titration.labs;

/**
 * Status of a result that exists; results entered in error, cancelled or of unknown status never reach the rules. The
 * order is the precedence on one day.
 */
public enum ResultStatus {
    CORRECTED,
    AMENDED,
    FINAL,
    PRELIMINARY,
    REGISTERED;

    /** True when a rule may use the value. */
    public boolean isFinal() {
        return this == FINAL || this == AMENDED || this == CORRECTED;
    }
}
