package health.setpoint.knowledge.parameter;

import health.setpoint.titration.policy.Policy;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
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
     * The policy that holds on a day, under a version that names the expansion by which codes were read; its numbers and hash are
     * the same.
     *
     * @param expanded such as {@code 20261130.3fa9c1d2}, empty for the shipped one
     * @throws IllegalArgumentException for a day before the knowledge begins
     */
    public Policy on(LocalDate day, Optional<String> expanded) {
        Policy policy = on(day);
        return expanded.isEmpty() ? policy : named(policy, policy.version() + "+" + expanded.get());
    }

    private static Policy named(Policy policy, String version) {
        return new Policy(
                version,
                policy.hash(),
                policy.mode(),
                policy.preference(),
                policy.estradiol(),
                policy.testosterone(),
                policy.ladder(),
                policy.timing(),
                policy.freshness(),
                policy.hematocrit(),
                policy.psa(),
                policy.liver(),
                policy.bone(),
                policy.ages(),
                policy.aromataseFactors(),
                policy.symptoms(),
                policy.monitoring());
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
