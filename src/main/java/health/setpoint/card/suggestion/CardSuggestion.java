package health.setpoint.card.suggestion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One suggestion of a card.
 *
 * @param label what the button says, plain text
 * @param recommended at most one of a card, unless several may be taken
 * @param actions CDS Hooks actions that belong together, never empty
 */
public record CardSuggestion(String label, boolean recommended, List<ObjectNode> actions) {

    public CardSuggestion {
        actions = List.copyOf(actions);
    }
}
