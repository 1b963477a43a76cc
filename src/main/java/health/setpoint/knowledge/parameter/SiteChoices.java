package health.setpoint.knowledge.parameter;

import health.setpoint.titration.policy.Policy.Mode;
import health.setpoint.titration.policy.Policy.Preference;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a site chose within the bounds that the knowledge files allow: narrower, never wider. The bounds are checked when
 * a policy is built; see {@code Knowledge.calendar}.
 *
 * @param chosen the value, as the knowledge file would write it, by parameter id
 */
public record SiteChoices(SortedMap<String, String> chosen) {

    private static final SiteChoices NONE = new SiteChoices(new TreeMap<>());

    public SiteChoices {
        chosen = Collections.unmodifiableSortedMap(new TreeMap<>(chosen));
    }

    /** The knowledge as it is. */
    public static SiteChoices none() {
        return NONE;
    }

    /** Choices as a site's file lists them. */
    public static SiteChoices of(Map<String, String> chosen) {
        return new SiteChoices(new TreeMap<>(chosen));
    }

    /** One choice more; {@code value} as the knowledge file would write it. */
    public SiteChoices with(String parameter, String value) {
        SortedMap<String, String> more = new TreeMap<>(chosen);
        more.put(parameter, value);
        return new SiteChoices(more);
    }

    public SiteChoices mode(Mode mode) {
        return with("mode", mode.name());
    }

    public SiteChoices preference(Preference preference) {
        return with("preference", preference.name());
    }

    /** The highest rung, {@code L1} to {@code L4}. */
    public SiteChoices ceiling(String rung) {
        return with("ladder.ceiling", rung);
    }

    /** The rung of a start, {@code L1} or {@code L2}. */
    public SiteChoices start(String rung) {
        return with("ladder.start", rung);
    }

    /** The rung of a start at very high estradiol without symptoms, {@code L1} or {@code L2}. */
    public SiteChoices veryHighStart(String rung) {
        return with("ladder.very-high-start", rung);
    }

    public SiteChoices quarterTablets() {
        return with("ladder.quarter-tablets", "yes");
    }

    public boolean isEmpty() {
        return chosen.isEmpty();
    }
}
