package health.setpoint.titration.advice;

import java.util.List;

/**
 * Something that the clinician can accept with one click; all its actions belong together.
 *
 * @param option the option of the card that it carries out
 * @param recommended at most one of a card
 * @param actions never empty
 */
public record Suggestion(Option option, boolean recommended, List<OrderAction> actions) {

    public Suggestion {
        actions = List.copyOf(actions);
        if (actions.isEmpty()) {
            throw new IllegalArgumentException("a suggestion does something");
        }
    }
}
