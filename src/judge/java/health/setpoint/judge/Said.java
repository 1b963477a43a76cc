package health.setpoint.judge;

import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.CardAdvice.Family;
import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.RuleId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.opencds.cqf.cql.engine.runtime.Date;
import org.opencds.cqf.cql.engine.runtime.Tuple;

/**
 * What an engine says of a man, as far as the judge compares it.
 *
 * @param rules ids on all cards
 * @param indicator the highest of all cards but the calendar's, or silent
 * @param primary the rule that leads the titration card, or none
 * @param proposed mg a week that this card proposes, 0 for a hold, or none
 * @param recheck the window of this card, or none
 */
record Said(Set<String> rules, String indicator, String primary, String proposed, String recheck) {

    static final String NONE = "none";

    /** Rules of the service that CQL does not speak of; docs/clinical/judge.md says why. */
    static final Set<RuleId> APART = Set.of(RuleId.R_49, RuleId.R_62, RuleId.R_64, RuleId.R_65);

    private static final Set<String> GATES =
            Set.of("R-01", "R-02", "R-03", "R-04", "R-05", "R-06", "R-07", "R-07b", "R-07c", "R-08");

    /** What the service says. */
    static Said of(Advice advice) {
        var cards = advice.cards().stream()
                .filter(card -> card.family() != Family.MONITORING)
                .toList();
        var rules = new TreeSet<String>();
        cards.forEach(card ->
                card.rules().stream().filter(rule -> !APART.contains(rule)).forEach(rule -> rules.add(rule.id())));
        var titration = cards.stream()
                .filter(card -> card.family() == Family.TITRATION)
                .filter(card -> !GATES.contains(card.primary().rule().id()))
                .findFirst();
        return new Said(
                rules,
                cards.stream()
                        .map(CardAdvice::indicator)
                        .max(Indicator::compareTo)
                        .map(highest -> highest.name().toLowerCase(Locale.ROOT))
                        .orElse("silent"),
                titration.map(card -> card.primary().rule().id()).orElse(NONE),
                titration
                        .flatMap(CardAdvice::proposedDose)
                        .map(dose -> amount(dose.mg()))
                        .orElse(NONE),
                titration
                        .flatMap(CardAdvice::recheck)
                        .map(recheck -> recheck.window().from() + ".."
                                + recheck.window().to())
                        .orElse(NONE));
    }

    /** What a library of CQL says: the tuple of {@code SetpointAdvice}. */
    static Said of(Tuple tuple) {
        var rules = new TreeSet<String>();
        ((Iterable<?>) tuple.getElement("rules")).forEach(rule -> rules.add((String) rule));
        var begins = tuple.getElement("begins");
        return new Said(
                rules,
                (String) tuple.getElement("indicator"),
                tuple.getElement("primary") == null ? NONE : (String) tuple.getElement("primary"),
                tuple.getElement("proposed") == null ? NONE : amount((BigDecimal) tuple.getElement("proposed")),
                begins == null ? NONE : day(begins) + ".." + day(tuple.getElement("ends")));
    }

    /** What is not the same, each as {@code what: service | CQL}. */
    List<String> differences(Said other) {
        List<String> differences = new ArrayList<>();
        Map<String, List<Object>> compared = new TreeMap<>(Map.of(
                "rules", List.of(rules, other.rules),
                "indicator", List.of(indicator, other.indicator),
                "primary", List.of(primary, other.primary),
                "proposed", List.of(proposed, other.proposed),
                "recheck", List.of(recheck, other.recheck)));
        compared.forEach((what, both) -> {
            if (!both.get(0).equals(both.get(1))) {
                differences.add(what + ": " + both.get(0) + " | " + both.get(1));
            }
        });
        return differences;
    }

    private static String amount(BigDecimal mg) {
        return mg.signum() == 0 ? "0" : mg.stripTrailingZeros().toPlainString();
    }

    private static LocalDate day(Object date) {
        return ((Date) date).getDate();
    }
}
