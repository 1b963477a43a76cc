package health.setpoint.hook.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.WrittenCard;
import health.setpoint.card.suggestion.CardLinks;
import health.setpoint.chart.ChartOutcome;
import health.setpoint.chart.fetch.FetchMemory;
import health.setpoint.chart.prefetch.PrefetchKey;
import health.setpoint.chart.prefetch.PrefetchKeys;
import health.setpoint.client.Client;
import health.setpoint.client.Mode;
import health.setpoint.client.Permission;
import health.setpoint.hook.request.HookRequest;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.OperationOutcomes;
import health.setpoint.http.error.RequestException;
import health.setpoint.journal.AnsweredCard;
import health.setpoint.journal.Decision;
import health.setpoint.journal.Journal;
import health.setpoint.journal.JournalUnavailable;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** One call from the EHR to its cards: evaluated, kept in the journal, and only then answered. */
@Singleton
public class HookHandler {

    private static final Logger LOG = Logger.getLogger("health.setpoint.calls");
    private static final Pattern LOGGABLE = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final Evaluation evaluation;
    private final PrefetchKeys keys;
    private final Journal journal;
    private final Tracing tracing;
    private final Clock clock;
    private final OverrideSuppression suppression;
    private final Explanation explanation;
    private final Deadline deadline;
    private final DecisionUrls links;

    HookHandler(
            Evaluation evaluation,
            OverrideSuppression suppression,
            Explanation explanation,
            PrefetchKeys keys,
            Journal journal,
            Tracing tracing,
            Clock clock,
            Deadline deadline,
            DecisionUrls links) {
        this.links = links;
        this.evaluation = evaluation;
        this.deadline = deadline;
        this.suppression = suppression;
        this.explanation = explanation;
        this.keys = keys;
        this.journal = journal;
        this.tracing = tracing;
        this.clock = clock;
    }

    /**
     * An answer.
     *
     * @param status of the answer
     * @param body cards as the client's dialect has them; with an explanation, that too, and {@code outcome} in place of
     *     the cards where the call is refused
     * @param refusedFor why; empty where it is not
     */
    public record Answer(int status, ObjectNode body, List<Issue> refusedFor) {}

    /**
     * The answer for a client, once its decision is durable; without cards where the client runs in the shadow. With an
     * explanation, what became of the call stands beside it, and the decision is kept as one that nobody saw.
     *
     * @param memory to which what is fetched is charged
     * @throws RequestException 403 where the client may not ask for explanations, 404 where it is switched off, and, without an
     *     explanation, where the call must not be evaluated
     * @throws JournalUnavailable where the decision could not be made durable
     */
    public Answer answer(Client client, HookRequest call, String requestId, boolean explained, FetchMemory memory) {
        if (explained && !client.may(Permission.EXPLAIN)) {
            throw new RequestException(
                    403,
                    Issue.of(Issue.Kind.FORBIDDEN, "This client may not ask for explanations: its file says who may."));
        }
        MDC.put("client", client.name());
        MDC.put("requestId", requestId);
        MDC.put("hookInstance", loggable(call.hookInstance()));
        try {
            var stages = tracing.begin();
            turnAwayWhereOff(client, call, requestId, stages);
            return kept(client, call, requestId, explained, memory, stages);
        } finally {
            MDC.remove("client");
            MDC.remove("requestId");
            MDC.remove("hookInstance");
        }
    }

    /** What was made of a call: its cards, or why it is refused. */
    private record Made(
            ChartOutcome chart, Optional<Evaluation.Evaluated> evaluated, Optional<RequestException> refusal) {}

    private Answer kept(
            Client client, HookRequest call, String requestId, boolean explained, FetchMemory memory, Stages stages) {
        var unseen = explained || client.mode() == Mode.SHADOW;
        var id = Decision.newId(Instant.now(clock));
        Made made;
        Answer answer;
        try {
            made = made(client, call, requestId, memory, stages, links.of(client, call, id, Instant.now(clock)));
            answer = explained ? explained(client, call, requestId, made) : plain(client, call, made);
        } catch (RequestException refusal) {
            throw refusal;
        } catch (Deadline.Exceeded late) {
            keepFault(id, client, call, requestId, stages, 503, unseen);
            throw RequestException.forNow(
                    503,
                    Issue.of(
                            Issue.Kind.TRANSIENT,
                            "The evaluation took too long and was ended: there is no advice. Try again shortly."),
                    Duration.ofSeconds(5));
        } catch (RuntimeException | StackOverflowError fault) {
            keepFault(id, client, call, requestId, stages, 500, unseen);
            throw fault;
        }
        if (made.evaluated().isPresent()) {
            stages.run("journal", () -> {
                journal.record(
                        decision(id, client, call, requestId, made.evaluated(), stages, answer.status(), unseen));
                return answer;
            });
            LOG.infof(
                    "%s %s %d cards%s",
                    call.service().id(),
                    client.mode() == Mode.SHADOW ? "kept from showing" : "answered with",
                    made.evaluated().get().cards().size(),
                    explained ? ", explained" : "");
        }
        return answer;
    }

    private Made made(
            Client client, HookRequest call, String requestId, FetchMemory memory, Stages stages, CardLinks to) {
        // A client that waits longer for its FHIR server gets that time.
        var atLeast = call.fhirServer()
                .map(server -> client.site().limits().deadline().plusSeconds(1))
                .orElse(Duration.ZERO);
        var made = deadline.within(atLeast, () -> evaluated(client, call, memory, stages, to));
        // Muting asks the database, which no deadline may interrupt.
        return new Made(
                made.chart(),
                made.evaluated().map(evaluated -> shown(client, call, requestId, evaluated)),
                made.refusal());
    }

    private Made evaluated(Client client, HookRequest call, FetchMemory memory, Stages stages, CardLinks to) {
        var chart = evaluation.chart(client, call, memory, stages);
        try {
            return new Made(chart, Optional.of(evaluation.decide(client, call, chart, stages, to)), Optional.empty());
        } catch (RequestException refusal) {
            return new Made(chart, Optional.empty(), Optional.of(refusal));
        }
    }

    private static Answer plain(Client client, HookRequest call, Made made) {
        var evaluated = made.evaluated().orElseThrow(() -> made.refusal().orElseThrow());
        return new Answer(200, cards(client, call, evaluated), List.of());
    }

    private Answer explained(Client client, HookRequest call, String requestId, Made made) {
        if (made.evaluated().isEmpty()) {
            var refusal = made.refusal().orElseThrow();
            var body = JsonNodeFactory.instance.objectNode();
            body.set("outcome", OperationOutcomes.of(requestId, refusal.issues()));
            body.set("explanation", explanation.of(call, prefetch(call), made.chart()));
            return new Answer(refusal.status(), body, refusal.issues());
        }
        var evaluated = made.evaluated().get();
        var body = cards(client, call, evaluated);
        body.set(
                "explanation",
                explanation.of(
                        call,
                        prefetch(call),
                        made.chart(),
                        evaluated.advice(),
                        evaluated.facts().today()));
        return new Answer(200, body, List.of());
    }

    private static ObjectNode cards(Client client, HookRequest call, Evaluation.Evaluated evaluated) {
        return client.style()
                .dialect()
                .answer(
                        client.mode() == Mode.SHADOW
                                ? List.of()
                                : evaluated.cards().stream()
                                        .map(WrittenCard::json)
                                        .toList(),
                        call.service().hook());
    }

    private void turnAwayWhereOff(Client client, HookRequest call, String requestId, Stages stages) {
        if (client.mode() == Mode.OFF) {
            journal.record(decision(
                    Decision.newId(Instant.now(clock)), client, call, requestId, Optional.empty(), stages, 404, true));
            throw new RequestException(
                    404, Issue.of(Issue.Kind.NOT_FOUND, "The services are switched off for this client."));
        }
    }

    /** Without the cards that are muted. */
    private Evaluation.Evaluated shown(
            Client client, HookRequest call, String requestId, Evaluation.Evaluated evaluated) {
        return client.muteDays() == 0
                ? evaluated
                : evaluated.showing(suppression.leave(
                        client.muteDays(),
                        evaluated.cards(),
                        asked(client, call, requestId),
                        call,
                        evaluated.policy().hash()));
    }

    private void keepFault(
            UUID id, Client client, HookRequest call, String requestId, Stages stages, int status, boolean unseen) {
        try {
            journal.record(decision(id, client, call, requestId, Optional.empty(), stages, status, unseen));
        } catch (JournalUnavailable too) {
            LOG.errorf("the fault of request %s could not be recorded", requestId);
        }
    }

    private Decision decision(
            UUID id,
            Client client,
            HookRequest call,
            String requestId,
            Optional<Evaluation.Evaluated> evaluated,
            Stages stages,
            int status,
            boolean silent) {
        return new Decision(
                id,
                asked(client, call, requestId),
                call.patientId(),
                call.userId(),
                Instant.now(clock),
                evaluated
                        .map(Evaluation.Evaluated::policy)
                        .map(policy -> new Decision.KnowledgeUsed(policy.version(), policy.hash())),
                evaluated.map(Evaluation.Evaluated::facts),
                evaluated.map(Evaluation.Evaluated::advice),
                evaluated.map(Evaluation.Evaluated::cards).orElse(List.of()).stream()
                        .map(HookHandler::answered)
                        .toList(),
                prefetch(call),
                stages.times(),
                status,
                silent);
    }

    private static AnsweredCard answered(WrittenCard card) {
        var advice = card.advice();
        return new AnsweredCard(card.uuid(), advice.primary().rule(), advice.kind(), advice.indicator(), card.json());
    }

    private static Decision.Call asked(Client client, HookRequest call, String requestId) {
        return new Decision.Call(
                client.name(), call.service().id(), call.service().hook(), call.hookInstance(), requestId);
    }

    private Map<String, String> prefetch(HookRequest call) {
        Map<String, String> states = new TreeMap<>();
        for (PrefetchKey key : keys.forHook(call.service().hook())) {
            states.put(key.name(), Explanation.state(call.prefetch().path(key.name())));
        }
        return states;
    }

    private static String loggable(String hookInstance) {
        return LOGGABLE.matcher(hookInstance).matches() ? hookInstance : "(unloggable id)";
    }
}
