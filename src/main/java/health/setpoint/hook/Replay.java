package health.setpoint.hook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.journal.StoredDecision;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.Facts;
import health.setpoint.titration.Titration;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.CardAdvice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Decides again what was decided, and reports what would change: this is how a threshold is tried before it is switched
 * on. Used by one thread.
 */
final class Replay {

    private final Knowledge knowledge;
    private final Map<String, int[]> byRule = new TreeMap<>();
    private final List<ObjectNode> changes = new ArrayList<>();
    private int replayed;
    private int same;
    private int reworded;
    private int unreadable;

    /** Decides under this knowledge, each decision as on its own day. */
    Replay(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /** One kept decision; a failed one, which has no advice, is passed over. */
    void add(StoredDecision decision) {
        if (decision.facts().isEmpty() || decision.advice().isEmpty()) {
            return;
        }
        Facts facts;
        Advice before;
        try {
            facts = decision.readFacts().orElseThrow();
            before = decision.readAdvice().orElseThrow();
        } catch (IllegalArgumentException ofAnotherTime) {
            unreadable++;
            return;
        }
        compare(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("decision", decision.id())
                        .put("at", decision.at().toString())
                        .put("hook", decision.hook())
                        .put("hookInstance", decision.hookInstance()),
                before,
                Titration.advise(facts, knowledge.on(facts.today())));
    }

    /** One captured call, decided under both knowledges. */
    void add(String name, Facts facts, Knowledge present) {
        compare(
                JsonNodeFactory.instance.objectNode().put("call", name),
                Titration.advise(facts, present.on(facts.today())),
                Titration.advise(facts, knowledge.on(facts.today())));
    }

    /** One captured call that cannot be read as one. */
    void unreadable() {
        unreadable++;
    }

    private void compare(ObjectNode which, Advice before, Advice after) {
        replayed++;
        before.cards().forEach(card -> count(card, 0));
        after.cards().forEach(card -> count(card, 1));
        if (gist(before).equals(gist(after))) {
            if (StoredDecision.written(before).equals(StoredDecision.written(after))) {
                same++;
            } else {
                reworded++;
            }
            return;
        }
        which.set("before", cards(before));
        which.set("after", cards(after));
        changes.add(which);
    }

    private void count(CardAdvice card, int place) {
        byRule.computeIfAbsent(card.primary().rule().id(), rule -> new int[2])[place]++;
    }

    private static String gist(Advice advice) {
        return cards(advice).toString();
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

    /**
     * What would change: {@code same} gives every detail again, {@code reworded} the same rules, advice, urgency and dose
     * with other details, {@code changes} lists the rest.
     */
    ObjectNode report() {
        var report = JsonNodeFactory.instance.objectNode();
        report.putObject("knowledge").put("version", knowledge.version()).put("hash", knowledge.hash());
        report.put("replayed", replayed)
                .put("same", same)
                .put("reworded", reworded)
                .put("changed", changes.size())
                .put("unreadable", unreadable);
        var rules = report.putArray("cardsByRule");
        byRule.forEach((rule, cards) ->
                rules.addObject().put("rule", rule).put("before", cards[0]).put("after", cards[1]));
        report.putArray("changes").addAll(changes);
        return report;
    }
}
