package health.setpoint.titration.policy;

import java.math.BigDecimal;

/** Hematocrit limits in %. */
public record HematocritLimits(
        @ParameterId(value = "hematocrit.stop", unit = "%") BigDecimal stop,

        @ParameterId(value = "hematocrit.warn-above", unit = "%")
        BigDecimal warnAbove,

        @ParameterId(value = "hematocrit.start-above", unit = "%")
        BigDecimal startAbove) {

    /** The same where another limit holds for a start, as at altitude. */
    public HematocritLimits startingAbove(BigDecimal limit) {
        return new HematocritLimits(stop, warnAbove, limit);
    }
}
