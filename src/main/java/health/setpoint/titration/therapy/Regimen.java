package health.setpoint.titration.therapy;

import java.math.BigDecimal;

/**
 * A dose that can be ordered: so many mg, so many times a week.
 *
 * @param mgPerIntake a multiple of the smallest tablet part
 * @param timesPerWeek one or more
 */
public record Regimen(BigDecimal mgPerIntake, int timesPerWeek) {

    /** mg per week. */
    public WeeklyDose weekly() {
        return new WeeklyDose(mgPerIntake.multiply(BigDecimal.valueOf(timesPerWeek)));
    }
}
