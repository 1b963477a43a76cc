package health.setpoint.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.PrefetchKey;
import health.setpoint.chart.PrefetchKeys;
import health.setpoint.journal.Decision;
import health.setpoint.journal.Journal;
import health.setpoint.journal.JournalUnavailable;
import io.opentelemetry.api.trace.Tracer;
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

    /** Name of the calling EHR while no client is registered. */
    static final String LOCAL = "local";

    private static final Logger LOG = Logger.getLogger("health.setpoint.calls");
    private static final Pattern LOGGABLE = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final Evaluation evaluation;
    private final PrefetchKeys keys;
    private final Journal journal;
    private final Tracer tracer;
    private final Clock clock;
    private final Muting muting;
    private final Explanation explanation;

    Consultation(
            Evaluation evaluation,
            Muting muting,
            Explanation explanation,
            PrefetchKeys keys,
            Journal journal,
            Tracer tracer,
            Clock clock) {
        this.evaluation = evaluation;
        this.muting = muting;
        this.explanation = explanation;
        this.keys = keys;
        this.journal = journal;
        this.tracer = tracer;
        this.clock = clock;
    }

    /**
     * The cards, once their decision is durable.
     *
     * @throws Refusal where the call must not be evaluated
     * @throws JournalUnavailable where the decision could not be made durable
     */
    List<ObjectNode> cards(HookCall call, String requestId) {
        MDC.put("requestId", requestId);
        MDC.put("hookInstance", loggable(call.hookInstance()));
        try {
            var stages = new Stages(tracer);
            var evaluated = evaluate(call, requestId, stages);
            stages.run("journal", () -> {
                journal.record(decision(call, requestId, Optional.of(evaluated), stages, 200, false));
                return evaluated;
            });
            LOG.infof(
                    "%s answered with %d cards",
                    call.service().id(), evaluated.cards().size());
            return evaluated.cards();
        } finally {
            MDC.remove("requestId");
            MDC.remove("hookInstance");
        }
    }

    /**
     * What became of a call, beside the answer that it would get. The decision is kept as one that nobody saw.
     *
     * @throws JournalUnavailable where the decision could not be made durable
     */
    Explained explain(HookCall call, String requestId) {
        var stages = new Stages(tracer);
        var chart = evaluation.chart(call, stages);
        try {
            var evaluated = evaluation.decide(call, chart, stages);
            journal.record(decision(call, requestId, Optional.of(evaluated), stages, 200, true));
            var answer = JsonNodeFactory.instance.objectNode();
            answer.putArray("cards").addAll(evaluated.cards());
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
     * @param body {@code cards} or, where the call is refused, {@code outcome}; and {@code explanation}
     */
    record Explained(int status, ObjectNode body) {}

    private Evaluation.Evaluated evaluate(HookCall call, String requestId, Stages stages) {
        try {
            var evaluated = evaluation.evaluate(call, stages);
            return muting.isOff()
                    ? evaluated
                    : evaluated.showing(muting.leave(
                            evaluated.cards(),
                            asked(call, requestId),
                            call,
                            evaluated.policy().hash()));
        } catch (Refusal refusal) {
            throw refusal;
        } catch (RuntimeException fault) {
            keepFault(call, requestId, stages);
            throw fault;
        }
    }

    private void keepFault(HookCall call, String requestId, Stages stages) {
        try {
            journal.record(decision(call, requestId, Optional.empty(), stages, 500, false));
        } catch (JournalUnavailable too) {
            LOG.errorf("the fault of request %s could not be recorded", requestId);
        }
    }

    private Decision decision(
            HookCall call,
            String requestId,
            Optional<Evaluation.Evaluated> evaluated,
            Stages stages,
            int status,
            boolean silent) {
        return new Decision(
                asked(call, requestId),
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

    private static Decision.Call asked(HookCall call, String requestId) {
        return new Decision.Call(LOCAL, call.service().id(), call.service().hook(), call.hookInstance(), requestId);
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
