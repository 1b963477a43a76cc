package health.setpoint.card.suggestion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.facts.Hook;
import java.util.List;

/**
 * CDS Hooks 1.0: a delete names its order as a string in {@code resource}; cards have no uuid, topic or override reasons,
 * and there is no feedback.
 */
final class CdsHooks10Dialect extends Dialect {

    static final String NAME = "cds-hooks-1.0";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CardSuggestions> offers(List<CardAdvice> cards, SuggestionWriter suggestions) {
        return cards.stream().map(suggestions::whole).toList();
    }

    @Override
    public ObjectNode answer(List<ObjectNode> cards, Hook hook) {
        return super.answer(cards.stream().map(CdsHooks10Dialect::asOf10).toList(), hook);
    }

    private static ObjectNode asOf10(ObjectNode whole) {
        ObjectNode card = whole.deepCopy();
        card.remove(List.of("uuid", "overrideReasons"));
        ((ObjectNode) card.path("source")).remove("topic");
        for (JsonNode suggestion : card.path("suggestions")) {
            ((ObjectNode) suggestion).remove("isRecommended");
            for (JsonNode action : suggestion.path("actions")) {
                if (action.has("resourceId")) {
                    ObjectNode delete = (ObjectNode) action;
                    delete.set("resource", delete.remove("resourceId"));
                }
            }
        }
        return card;
    }
}
