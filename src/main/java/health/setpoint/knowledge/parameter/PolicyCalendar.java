package health.setpoint.knowledge.parameter;

import health.setpoint.titration.policy.Policy;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Every policy that one site's choices ever give, by the day from which it holds. Build once per site, then ask. */
public final class PolicyCalendar {

    private final NavigableMap<LocalDate, OfDay> days;
    private final String hash;

    public PolicyCalendar(Map<LocalDate, OfDay> days, String hash) {
        this.days = new TreeMap<>(days);
        this.hash = hash;
    }

    /**
     * The policy that holds on a day.
     *
     * @throws IllegalArgumentException for a day before the knowledge begins
     */
    public Policy on(LocalDate day) {
        return find(day).policy();
    }

    /**
     * The limits that reading a chart needs on a day.
     *
     * @throws IllegalArgumentException for a day before the knowledge begins
     */
    public ReadingLimits readingLimits(LocalDate day) {
        return find(day).limits();
    }

    /** The first day that has a policy. */
    public LocalDate begins() {
        return days.firstKey();
    }

    /** Content hash of the knowledge and these choices. */
    public String hash() {
        return hash;
    }

    private OfDay find(LocalDate day) {
        Map.Entry<LocalDate, OfDay> entry = days.floorEntry(day);
        if (entry == null) {
            throw new IllegalArgumentException("the knowledge begins on " + days.firstKey() + ", not on " + day);
        }
        return entry.getValue();
    }

    public record OfDay(Policy policy, ReadingLimits limits) {}
}
