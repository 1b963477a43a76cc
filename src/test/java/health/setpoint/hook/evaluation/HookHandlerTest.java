package health.setpoint.hook.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.CardWriter;
import health.setpoint.chart.ChartOutcome;
import health.setpoint.chart.ChartReader;
import health.setpoint.chart.fetch.FetchMemory;
import health.setpoint.chart.fetch.FhirServers;
import health.setpoint.chart.prefetch.PrefetchKeys;
import health.setpoint.client.Client;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.hook.FixedClock;
import health.setpoint.hook.Samples;
import health.setpoint.hook.request.CdsService;
import health.setpoint.hook.request.HookRequest;
import health.setpoint.hook.request.HookRequestParser;
import health.setpoint.http.body.RequestJson;
import health.setpoint.http.error.RequestException;
import health.setpoint.journal.Decision;
import health.setpoint.journal.DecisionLinks;
import health.setpoint.journal.Feedback;
import health.setpoint.journal.Journal;
import health.setpoint.journal.JournalUnavailable;
import health.setpoint.knowledge.Knowledge;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("attack")
class HookHandlerTest {

    private static final Clock CLOCK = Clock.fixed(FixedClock.NOW, ZoneOffset.UTC);

    private static final Client LOCAL =
            Client.local(new ServiceCatalog(Knowledge.load(), CdsService.hooksById(), 0), ZoneOffset.UTC);

    private final List<Decision> kept = new ArrayList<>();
    private boolean down;

    private final Journal journal = new Journal() {
        @Override
        public void record(Decision decision) {
            if (down) {
                throw new JournalUnavailable("down");
            }
            kept.add(decision);
        }

        @Override
        public void feedback(List<Feedback> events) {}

        @Override
        public boolean accepts() {
            return !down;
        }
    };

    private static final IllegalStateException FAULT = new IllegalStateException("inside");

    private static final Knowledge KNOWLEDGE = Knowledge.load();

    private HookHandler failing() {
        return consulting(new Evaluation(null, null, null, null) {
            @Override
            public ChartOutcome chart(Client client, HookRequest call, FetchMemory memory, Stages stages) {
                return stages.run("chart", () -> {
                    throw FAULT;
                });
            }
        });
    }

    private HookHandler consulting(Evaluation evaluation) {
        return consulting(evaluation, Duration.ofMinutes(1));
    }

    private HookHandler consulting(Evaluation evaluation, Duration longest) {
        return new HookHandler(
                evaluation,
                new OverrideSuppression(null, CLOCK),
                new Explanation(KNOWLEDGE) {
                    @Override
                    ObjectNode of(HookRequest call, Map<String, String> prefetch, ChartOutcome chart) {
                        throw FAULT;
                    }
                },
                new PrefetchKeys(KNOWLEDGE.terminology()),
                journal,
                new Tracing(Tracing.none(), true),
                CLOCK,
                new Deadline(longest),
                new DecisionUrls("http://localhost", DecisionLinks.keyed("no link of these tests is ever followed")));
    }

    @Test
    void anEvaluationThatTakesTooLongIsEndedAndKept() {
        var endless = consulting(
                new Evaluation(null, null, null, null) {
                    @Override
                    public ChartOutcome chart(Client client, HookRequest call, FetchMemory memory, Stages stages) {
                        while (!Thread.currentThread().isInterrupted()) {
                            Thread.onSpinWait();
                        }
                        throw new CancellationException();
                    }
                },
                Duration.ofMillis(50));
        for (var explained : List.of(false, true)) {
            kept.clear();
            var refusal = assertThrows(
                    RequestException.class,
                    () -> endless.answer(LOCAL, call(), "request-1", explained, FetchMemory.UNBOUNDED));
            assertEquals(503, refusal.status());
            assertEquals("5", refusal.headers().get("Retry-After"));
            assertEquals(List.of(503), kept.stream().map(Decision::status).toList());
        }
    }

    private static HookRequest call() {
        var sample = Samples.on("order-sign", LocalDate.of(2026, 11, 23)).orElseThrow();
        return HookRequestParser.read(
                RequestJson.object(sample.getBytes(StandardCharsets.UTF_8)), CdsService.ORDER_SIGN);
    }

    private static void assertFails(HookHandler consultation, boolean explained) {
        assertSame(
                FAULT,
                assertThrows(
                        IllegalStateException.class,
                        () -> consultation.answer(LOCAL, call(), "request-1", explained, FetchMemory.UNBOUNDED)));
    }

    @ParameterizedTest(name = "explained {0}")
    @ValueSource(booleans = {false, true})
    void anEvaluationThatFailsIsKeptAndStaysAnError(boolean explained) {
        assertFails(failing(), explained);
        assertEquals(1, kept.size());
        assertEquals(500, kept.get(0).status());
        assertEquals(explained, kept.get(0).silent());
        assertTrue(kept.get(0).advice().isEmpty());
        assertEquals("bundle", kept.get(0).prefetch().get("labs"));
        assertTrue(kept.get(0).timings().containsKey("chart"));
    }

    @ParameterizedTest(name = "explained {0}")
    @ValueSource(booleans = {false, true})
    void anEvaluationThatFailsWhileTheJournalIsDownStaysThatError(boolean explained) {
        down = true;
        assertFails(failing(), explained);
    }

    @Test
    void anExplanationThatFailsIsKeptAsOneFailureAndNoAnswer() {
        assertFails(
                consulting(new Evaluation(
                        new ChartReader(KNOWLEDGE),
                        new FhirServers(RequestJson.exact()),
                        new CardWriter(KNOWLEDGE, URI.create("http://localhost:8080")),
                        CLOCK)),
                true);
        assertEquals(List.of(500), kept.stream().map(Decision::status).toList());
    }
}
