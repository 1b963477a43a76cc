package health.setpoint.card;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One suggestion of a card before a dialect has shaped it.
 *
 * @param label what the button says, plain text
 * @param recommended at most one of a card
 * @param actions CDS Hooks actions that belong together, never empty
 */
public record Choice(String label, boolean recommended, List<ObjectNode> actions) {

    public Choice {
        actions = List.copyOf(actions);
    }
}
