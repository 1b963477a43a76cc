package health.setpoint.knowledge.parameter;

import java.math.BigDecimal;

/** Bounds, both included, outside which a value is not taken for a real result; in the base unit of its analyte. */
public record PlausibleRange(BigDecimal lowest, BigDecimal highest) {

    public boolean holds(BigDecimal value) {
        return value.compareTo(lowest) >= 0 && value.compareTo(highest) <= 0;
    }
}
