package health.setpoint.population;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.AdviceComparison;
import health.setpoint.population.decision.PatientEvaluation.Evaluated;
import java.util.Optional;

/** The same patients under two policies, in the form of {@code replay}'s report. Used by one thread. */
final class Comparison {

    private final AdviceComparison comparison = new AdviceComparison();

    /** What changes for one patient; empty where nothing does. */
    Optional<ObjectNode> compare(String shownId, Evaluated before, Evaluated after) {
        if (before.advice().isEmpty() || after.advice().isEmpty()) {
            comparison.unreadable();
            return Optional.empty();
        }
        var was = before.advice().get();
        var is = after.advice().get();
        return comparison.add(
                JsonNodeFactory.instance.objectNode().put("patient", shownId), was, is, () -> was.equals(is));
    }

    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        comparison.putCounts(json);
        comparison.putRules(json);
        return json;
    }
}
