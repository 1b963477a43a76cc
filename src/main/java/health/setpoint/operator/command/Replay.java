package health.setpoint.operator.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.AdviceComparison;
import health.setpoint.client.Client;
import health.setpoint.journal.StoredDecision;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.parameter.PolicyCalendar;
import health.setpoint.knowledge.parameter.SiteChoices;
import health.setpoint.knowledge.yaml.KnowledgeException;
import health.setpoint.titration.Titration;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.facts.Facts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Decides again what was decided, and reports what would change: this is how a threshold is tried before it is switched
 * on. Used by one thread.
 */
final class Replay {

    private final Knowledge knowledge;
    private final Function<String, Optional<Client>> clients;
    private final Map<String, PolicyCalendar> calendars = new HashMap<>();
    private final Map<String, Integer> unregistered = new TreeMap<>();
    private final AdviceComparison comparison = new AdviceComparison();
    private final List<ObjectNode> changes = new ArrayList<>();

    /**
     * Decides under this knowledge, each decision as on its own day.
     *
     * @param clients those that are registered now, by name: each decision is repeated under its client's choices
     */
    Replay(Knowledge knowledge, Function<String, Optional<Client>> clients) {
        this.knowledge = knowledge;
        this.clients = clients;
    }

    /** A client's file chooses what the knowledge does not leave to it. */
    static final class ChoicesRefused extends RuntimeException {
        ChoicesRefused(String client, KnowledgeException why) {
            super("client " + client + ": " + why.getMessage(), why);
        }
    }

    /**
     * One kept decision; a failed one, which has no advice, is passed over.
     *
     * @throws ChoicesRefused where its client's choices are not among those of this knowledge
     */
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
            comparison.unreadable();
            return;
        }
        var client = clients.apply(decision.client());
        if (client.isEmpty()) {
            unregistered.merge(decision.client(), 1, Integer::sum);
        }
        compare(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("decision", decision.id())
                        .put("at", decision.at().toString())
                        .put("client", decision.client())
                        .put("hook", decision.hook())
                        .put("hookInstance", decision.hookInstance()),
                before,
                Titration.advise(
                        facts,
                        client.map(this::calendar)
                                .orElse(knowledge.calendar(SiteChoices.none()))
                                .on(facts.today())));
    }

    private PolicyCalendar calendar(Client client) {
        return calendars.computeIfAbsent(client.name(), name -> {
            try {
                return knowledge.calendar(client.choices());
            } catch (KnowledgeException refused) {
                throw new ChoicesRefused(name, refused);
            }
        });
    }

    /**
     * One captured call, decided as this client's under its present knowledge and under this one.
     *
     * @throws ChoicesRefused where the client's choices are not among those of this knowledge
     */
    void add(String name, Facts facts, Client client) {
        compare(
                JsonNodeFactory.instance.objectNode().put("call", name),
                Titration.advise(facts, client.policies().on(facts.today())),
                Titration.advise(facts, calendar(client).on(facts.today())));
    }

    /** One captured call that cannot be read as one. */
    void unreadable() {
        comparison.unreadable();
    }

    private void compare(ObjectNode which, Advice before, Advice after) {
        comparison
                .add(which, before, after, () -> StoredDecision.written(before).equals(StoredDecision.written(after)))
                .ifPresent(changes::add);
    }

    /**
     * What would change: {@code same} gives every detail again, {@code reworded} the same rules, advice, urgency and dose
     * with other details, {@code changes} lists the rest; {@code underHouseDefaults} counts what could not be repeated
     * under its client's choices, since no such client is registered.
     */
    ObjectNode report() {
        var report = JsonNodeFactory.instance.objectNode();
        report.putObject("knowledge").put("version", knowledge.version()).put("hash", knowledge.hash());
        comparison.putCounts(report);
        var without = report.putArray("underHouseDefaults");
        unregistered.forEach(
                (client, decisions) -> without.addObject().put("client", client).put("decisions", decisions));
        comparison.putRules(report);
        report.putArray("changes").addAll(changes);
        return report;
    }
}
