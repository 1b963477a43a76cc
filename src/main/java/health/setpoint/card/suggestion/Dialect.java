package health.setpoint.card.suggestion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.json.JsonNodes;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.facts.Hook;
import java.util.List;

/** How one family of EHRs takes cards: what of the advice becomes a click, and which members it knows. */
public abstract sealed class Dialect
        permits StandardDialect, EpicDialect, SandboxDialect, CdsHooks10Dialect, InfernoDialect {

    /** The word by which a client file names it. */
    public abstract String name();

    /** The body of an answer with these cards, as this family wants it; the cards are left as they are. */
    public ObjectNode answer(List<ObjectNode> cards, Hook hook) {
        ObjectNode answer = JsonNodes.object();
        ArrayNode array = answer.putArray("cards");
        cards.forEach(array::add);
        return answer;
    }

    /** How many suggestions of a card may be taken: {@code at-most-one} or {@code any}. */
    public String selectionBehavior() {
        return "at-most-one";
    }

    /** What each card of one answer offers, in the order of the cards. */
    public abstract List<CardSuggestions> offers(List<CardAdvice> cards, SuggestionWriter suggestions);
}
