package health.setpoint.knowledge.evidence;

import health.setpoint.knowledge.source.Grade;
import health.setpoint.knowledge.source.Source;
import health.setpoint.titration.advice.RuleId;
import java.util.List;
import java.util.Optional;

/**
 * What a rule rests on.
 *
 * @param rule the rule
 * @param grades strongest source first as the specification gives them; empty for rules of safety and scope
 * @param sources at least one
 * @param place what in the sources it rests on
 * @param confirmed false for general knowledge, or statements not read in the primary source
 */
public record RuleEvidence(
        RuleId rule, List<Grade> grades, List<Source> sources, Optional<String> place, boolean confirmed) {

    public RuleEvidence {
        grades = List.copyOf(grades);
        sources = List.copyOf(sources);
    }

    RuleEvidence withPlace(Optional<String> other) {
        return new RuleEvidence(rule, grades, sources, other, confirmed);
    }
}
