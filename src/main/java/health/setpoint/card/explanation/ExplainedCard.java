package health.setpoint.card.explanation;

import health.setpoint.titration.advice.RuleId;
import java.util.List;

/**
 * One card at length, for a page: Markdown of one line each, escaped, without raw HTML.
 *
 * @param summary plain text
 * @param fired every rule of the card, the primary first
 * @param notes what the text adds
 * @param unknown results in doubt, data that did not come, what the advice would have liked to know
 * @param options the courses, the advised one first
 */
public record ExplainedCard(
        String summary, List<FiredRule> fired, List<String> notes, List<String> unknown, List<String> options) {

    /**
     * A rule that fired.
     *
     * @param saw values, days and limit; empty for context
     * @param why why that matters
     */
    public record FiredRule(RuleId rule, String saw, String why) {}

    public ExplainedCard {
        fired = List.copyOf(fired);
        notes = List.copyOf(notes);
        unknown = List.copyOf(unknown);
        options = List.copyOf(options);
    }
}
