package health.setpoint.titration.advice;

import java.util.Map;
import java.util.Optional;

/**
 * A rule that fired.
 *
 * @param rule its public id
 * @param indicator how urgent it is by itself
 * @param seen what was seen, by the names that the rule's text uses: numbers with their unit, dates, limits; no free
 *     text of the record and nothing that names the patient
 * @param reason which of its conditions held, where the rule has several that its text tells apart
 */
public record Finding(RuleId rule, Indicator indicator, Map<String, String> seen, Optional<Reason> reason) {

    public Finding {
        seen = Map.copyOf(seen);
    }

    public Finding(RuleId rule, Indicator indicator, Map<String, String> seen) {
        this(rule, indicator, seen, Optional.empty());
    }

    /** The same, for this of its conditions. */
    public Finding because(Reason held) {
        return new Finding(rule, indicator, seen, Optional.of(held));
    }

    /** The same with another urgency. */
    public Finding as(Indicator urgency) {
        return new Finding(rule, urgency, seen, reason);
    }
}
