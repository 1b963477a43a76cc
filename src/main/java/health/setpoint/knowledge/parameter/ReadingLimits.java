package health.setpoint.knowledge.parameter;

import health.setpoint.titration.labs.Analyte;
import java.util.Map;
import java.util.Optional;

/**
 * Numbers that reading a chart needs before any rule runs.
 *
 * @param plausible bounds by analyte, in base units
 * @param pregnancyStatusDays oldest pregnancy status that counts
 */
public record ReadingLimits(Map<Analyte, PlausibleRange> plausible, int pregnancyStatusDays) {

    public ReadingLimits {
        plausible = Map.copyOf(plausible);
    }

    /** The bounds of an analyte, empty where the knowledge names none. */
    public Optional<PlausibleRange> of(Analyte analyte) {
        return Optional.ofNullable(plausible.get(analyte));
    }
}
