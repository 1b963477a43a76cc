package health.setpoint.titration.labs;

/** Where an estradiol result lies. */
public enum Band {
    LOW,
    IN_RANGE,
    BORDERLINE,
    HIGH,
    VERY_HIGH;

    /** Above the range in which no aromatase inhibitor is ever started or raised. */
    public boolean isAboveRange() {
        return compareTo(IN_RANGE) > 0;
    }
}
