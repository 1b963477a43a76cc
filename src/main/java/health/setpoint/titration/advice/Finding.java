package health.setpoint.titration.advice;

import java.util.Map;

/**
 * A rule that fired.
 *
 * @param rule its public id
 * @param indicator how urgent it is by itself
 * @param seen what was seen, by the names that the rule's text uses: numbers with their unit, dates, limits; no free
 *     text of the record and nothing that names the patient
 */
public record Finding(RuleId rule, Indicator indicator, Map<String, String> seen) {

    public Finding {
        seen = Map.copyOf(seen);
    }
}
