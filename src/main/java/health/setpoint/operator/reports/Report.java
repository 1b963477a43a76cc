package health.setpoint.operator.reports;

import health.setpoint.journal.Counts;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What became of the cards of some days, as it is answered. The names are public and stable.
 *
 * @param from first day
 * @param to last day
 * @param decisions evaluations, silent ones included
 * @param silent evaluations whose cards nobody saw
 * @param failed evaluations that ended in an error answer
 * @param feedbackOnUnknownCards feedback events for cards that the journal does not know as the client's own
 */
record Report(
        LocalDate from,
        LocalDate to,
        long decisions,
        long silent,
        long failed,
        long feedbackOnUnknownCards,
        List<RuleCounts> rules,
        List<ReasonCounts> overrideReasons) {

    /** Cards of one rule, client and month (UTC). */
    record RuleCounts(
            String rule,
            String client,
            String month,
            long shown,
            long accepted,
            long overridden,
            long ignored,
            Optional<Long> medianSecondsToAnswer) {}

    /** Cards of one rule that were overridden for one reason; without code where none was picked. */
    record ReasonCounts(String rule, Optional<String> system, Optional<String> code, long events) {}

    static Report of(LocalDate first, LocalDate last, Counts counts) {
        return new Report(
                first,
                last,
                counts.decisions(),
                counts.silent(),
                counts.failed(),
                counts.unknownCards(),
                counts.rules().stream().map(Report::ofRule).toList(),
                counts.reasons().stream()
                        .map(reason -> new ReasonCounts(reason.rule(), reason.system(), reason.code(), reason.events()))
                        .toList());
    }

    private static RuleCounts ofRule(Counts.OfRule rule) {
        return new RuleCounts(
                rule.rule(),
                rule.client(),
                rule.month(),
                rule.shown(),
                rule.accepted(),
                rule.overridden(),
                rule.ignored(),
                rounded(rule.medianSeconds()));
    }

    private static Optional<Long> rounded(OptionalDouble seconds) {
        return seconds.isPresent() ? Optional.of(Math.round(seconds.getAsDouble())) : Optional.empty();
    }
}
