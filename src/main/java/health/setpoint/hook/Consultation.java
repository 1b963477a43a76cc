package health.setpoint.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.PrefetchKey;
import health.setpoint.chart.PrefetchKeys;
import health.setpoint.client.Client;
import health.setpoint.client.Mode;
import health.setpoint.client.Permission;
import health.setpoint.journal.Decision;
import health.setpoint.journal.Journal;
import health.setpoint.journal.JournalUnavailable;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** One call from the EHR to its cards: evaluated, kept in the journal, and only then answered. */
@Singleton
class Consultation {

    private static final Logger LOG = Logger.getLogger("health.setpoint.calls");
    private static final Pattern LOGGABLE = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final Evaluation evaluation;
    private final PrefetchKeys keys;
    private final Journal journal;
    private final Tracing tracing;
    private final Clock clock;
    private final Muting muting;
    private final Explanation explanation;

    Consultation(
            Evaluation evaluation,
            Muting muting,
            Explanation explanation,
            PrefetchKeys keys,
            Journal journal,
            Tracing tracing,
            Clock clock) {
        this.evaluation = evaluation;
        this.muting = muting;
        this.explanation = explanation;
        this.keys = keys;
        this.journal = journal;
        this.tracing = tracing;
        this.clock = clock;
    }

    /**
     * The cards for a client, once their decision is durable; none where the client runs in the shadow.
     *
     * @throws Refusal 404 where the client is switched off, and where the call must not be evaluated
     * @throws JournalUnavailable where the decision could not be made durable
     */
    List<ObjectNode> cards(Client client, HookCall call, String requestId) {
        MDC.put("client", client.name());
        MDC.put("requestId", requestId);
        MDC.put("hookInstance", loggable(call.hookInstance()));
        try {
            var stages = tracing.begin();
            turnAwayWhereOff(client, call, requestId, stages);
            var inShadow = client.mode() == Mode.SHADOW;
            var evaluated = evaluate(client, call, requestId, stages);
            stages.run("journal", () -> {
                journal.record(decision(client, call, requestId, Optional.of(evaluated), stages, 200, inShadow));
                return evaluated;
            });
            LOG.infof(
                    "%s %s %d cards",
                    call.service().id(),
                    inShadow ? "kept from showing" : "answered with",
                    evaluated.cards().size());
            return sent(client, evaluated);
        } finally {
            MDC.remove("client");
            MDC.remove("requestId");
            MDC.remove("hookInstance");
        }
    }

    private void turnAwayWhereOff(Client client, HookCall call, String requestId, Stages stages) {
        if (client.mode() == Mode.OFF) {
            journal.record(decision(client, call, requestId, Optional.empty(), stages, 404, true));
            throw new Refusal(404, Issue.of(Issue.Kind.NOT_FOUND, "The services are switched off for this client."));
        }
    }

    /**
     * What became of a call, beside the answer that it would get. The decision is kept as one that nobody saw.
     *
     * @throws JournalUnavailable where the decision could not be made durable
     */
    Explained explain(Client client, HookCall call, String requestId) {
        if (!client.may(Permission.EXPLAIN)) {
            throw new Refusal(
                    403,
                    Issue.of(Issue.Kind.FORBIDDEN, "This client may not ask for explanations: its file says who may."));
        }
        var stages = tracing.begin();
        turnAwayWhereOff(client, call, requestId, stages);
        var chart = evaluation.chart(client, call, stages);
        try {
            var evaluated = shown(client, call, requestId, evaluation.decide(client, call, chart, stages));
            journal.record(decision(client, call, requestId, Optional.of(evaluated), stages, 200, true));
            var answer = client.style()
                    .dialect()
                    .answer(sent(client, evaluated), call.service().hook());
            answer.set(
                    "explanation",
                    explanation.of(
                            prefetch(call),
                            chart,
                            evaluated.advice(),
                            evaluated.facts().today()));
            return new Explained(200, answer);
        } catch (Refusal refusal) {
            var answer = JsonNodeFactory.instance.objectNode();
            answer.set("outcome", Outcomes.of(requestId, refusal.issues()));
            answer.set("explanation", explanation.of(prefetch(call), chart));
            return new Explained(refusal.status(), answer);
        }
    }

    /**
     * An answer with its explanation.
     *
     * @param status of the answer
     * @param body the answer itself or, where the call is refused, {@code outcome}; and {@code explanation}
     */
    record Explained(int status, ObjectNode body) {}

    private Evaluation.Evaluated evaluate(Client client, HookCall call, String requestId, Stages stages) {
        try {
            return shown(client, call, requestId, evaluation.evaluate(client, call, stages));
        } catch (Refusal refusal) {
            throw refusal;
        } catch (RuntimeException fault) {
            keepFault(client, call, requestId, stages);
            throw fault;
        }
    }

    private static List<ObjectNode> sent(Client client, Evaluation.Evaluated evaluated) {
        return client.mode() == Mode.SHADOW ? List.of() : evaluated.cards();
    }

    /** Without the cards that are muted. */
    private Evaluation.Evaluated shown(Client client, HookCall call, String requestId, Evaluation.Evaluated evaluated) {
        return client.muteDays() == 0
                ? evaluated
                : evaluated.showing(muting.leave(
                        client.muteDays(),
                        evaluated.cards(),
                        asked(client, call, requestId),
                        call,
                        evaluated.policy().hash()));
    }

    private void keepFault(Client client, HookCall call, String requestId, Stages stages) {
        try {
            journal.record(decision(client, call, requestId, Optional.empty(), stages, 500, false));
        } catch (JournalUnavailable too) {
            LOG.errorf("the fault of request %s could not be recorded", requestId);
        }
    }

    private Decision decision(
            Client client,
            HookCall call,
            String requestId,
            Optional<Evaluation.Evaluated> evaluated,
            Stages stages,
            int status,
            boolean silent) {
        return new Decision(
                asked(client, call, requestId),
                call.patientId(),
                call.userId(),
                Instant.now(clock),
                evaluated
                        .map(Evaluation.Evaluated::policy)
                        .map(policy -> new Decision.KnowledgeUsed(policy.version(), policy.hash())),
                evaluated.map(Evaluation.Evaluated::facts),
                evaluated.map(Evaluation.Evaluated::advice),
                evaluated.map(Evaluation.Evaluated::cards).orElse(List.of()),
                prefetch(call),
                stages.times(),
                status,
                silent);
    }

    private static Decision.Call asked(Client client, HookCall call, String requestId) {
        return new Decision.Call(
                client.name(), call.service().id(), call.service().hook(), call.hookInstance(), requestId);
    }

    private Map<String, String> prefetch(HookCall call) {
        Map<String, String> states = new TreeMap<>();
        for (PrefetchKey key : keys.forHook(call.service().hook())) {
            states.put(key.name(), state(call.prefetch().path(key.name())));
        }
        return states;
    }

    private static String state(JsonNode sent) {
        if (sent.isMissingNode()) {
            return "missing";
        }
        if (sent.isNull()) {
            return "null";
        }
        return switch (sent.path("resourceType").asText()) {
            case "OperationOutcome" -> "outcome";
            case "Bundle" -> "bundle";
            case "" -> "unreadable";
            default -> "resource";
        };
    }

    private static String loggable(String hookInstance) {
        return LOGGABLE.matcher(hookInstance).matches() ? hookInstance : "(unloggable id)";
    }
}
