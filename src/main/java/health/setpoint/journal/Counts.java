package health.setpoint.journal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What became of the cards.
 *
 * @param rules by rule, client and month
 * @param reasons why cards were overridden, by rule
 * @param decisions evaluations, silent ones included
 * @param silent evaluations whose cards nobody saw
 * @param failed evaluations that ended in an error answer
 * @param unknownCards feedback events for cards that the journal does not know as the client's own
 */
public record Counts(
        List<OfRule> rules, List<OfReason> reasons, long decisions, long silent, long failed, long unknownCards) {

    public Counts {
        rules = List.copyOf(rules);
        reasons = List.copyOf(reasons);
    }

    /**
     * Cards of one rule, client and month; a card shown again by a retry counts once. A card that was overridden and then
     * accepted counts as both.
     *
     * @param month as {@code 2026-11}, UTC
     * @param shown cards in answers
     * @param accepted of them, with an accepted suggestion
     * @param overridden of them, overridden
     * @param ignored of them, without any feedback
     * @param medianSeconds from the evaluation to the feedback
     */
    public record OfRule(
            String rule,
            String client,
            String month,
            long shown,
            long accepted,
            long overridden,
            long ignored,
            OptionalDouble medianSeconds) {}

    /** Events with one override reason; without code where none was picked. */
    public record OfReason(String rule, Optional<String> system, Optional<String> code, long events) {}
}
