package health.setpoint.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.CardAdvice;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Two answers to the same facts, many times over: how many are the same, how many say the same in other details, and which
 * advise something else. Used by one thread.
 */
public final class AdviceComparison {

    private final Map<String, int[]> byRule = new TreeMap<>();
    private final LongAdder compared = new LongAdder();
    private final LongAdder same = new LongAdder();
    private final LongAdder reworded = new LongAdder();
    private final LongAdder changed = new LongAdder();
    private final LongAdder unreadable = new LongAdder();

    /**
     * One more pair.
     *
     * @param which what names it; the two answers are put into it where they advise something else
     * @param isSame whether they agree in every detail; asked where they advise the same
     * @return {@code which}, where they advise something else
     */
    public Optional<ObjectNode> add(ObjectNode which, Advice before, Advice after, BooleanSupplier isSame) {
        compared.increment();
        before.cards().forEach(card -> count(card, 0));
        after.cards().forEach(card -> count(card, 1));
        var was = cards(before);
        var is = cards(after);
        if (was.toString().equals(is.toString())) {
            if (isSame.getAsBoolean()) {
                same.increment();
            } else {
                reworded.increment();
            }
            return Optional.empty();
        }
        changed.increment();
        which.set("before", was);
        which.set("after", is);
        return Optional.of(which);
    }

    /** One that could not be compared. */
    public void unreadable() {
        unreadable.increment();
    }

    private void count(CardAdvice card, int place) {
        byRule.computeIfAbsent(card.primary().rule().id(), rule -> new int[2])[place]++;
    }

    private static ArrayNode cards(Advice advice) {
        var cards = JsonNodeFactory.instance.arrayNode();
        for (var card : advice.cards()) {
            var json = cards.addObject()
                    .put("rules", card.rules().stream().map(rule -> rule.id()).collect(Collectors.joining(" ")))
                    .put("advice", card.kind().word())
                    .put("indicator", card.indicator().word());
            card.proposedDose().ifPresent(dose -> json.put("proposedWeeklyDoseMg", dose.mg()));
        }
        return cards;
    }

    /** Puts the counts into a report. */
    public void putCounts(ObjectNode report) {
        report.put("replayed", compared.sum())
                .put("same", same.sum())
                .put("reworded", reworded.sum())
                .put("changed", changed.sum())
                .put("unreadable", unreadable.sum());
    }

    /** Puts into a report how many cards each rule gave before and after. */
    public void putRules(ObjectNode report) {
        var rules = report.putArray("cardsByRule");
        byRule.forEach((rule, cards) ->
                rules.addObject().put("rule", rule).put("before", cards[0]).put("after", cards[1]));
    }

    /** Adds the counts of a report. */
    public void addAll(JsonNode report) {
        compared.add(report.path("replayed").asLong());
        same.add(report.path("same").asLong());
        reworded.add(report.path("reworded").asLong());
        changed.add(report.path("changed").asLong());
        unreadable.add(report.path("unreadable").asLong());
        for (var rule : report.path("cardsByRule")) {
            var cards = byRule.computeIfAbsent(rule.path("rule").asText(), none -> new int[2]);
            cards[0] += rule.path("before").asInt();
            cards[1] += rule.path("after").asInt();
        }
    }
}
