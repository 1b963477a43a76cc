package health.setpoint.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.chart.PrefetchKeys;
import health.setpoint.client.Client;
import health.setpoint.client.Offer;
import health.setpoint.journal.Decision;
import health.setpoint.journal.Feedback;
import health.setpoint.journal.Journal;
import health.setpoint.journal.JournalUnavailable;
import health.setpoint.knowledge.Knowledge;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsultationTest {

    private static final Clock CLOCK = Clock.fixed(FixedClock.NOW, ZoneOffset.UTC);

    private static final Client LOCAL =
            Client.local(new Offer(Knowledge.load(), Service.hooksById(), 0), ZoneOffset.UTC);

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

    private Consultation failing() {
        var broken = new Evaluation(null, null, null, null) {
            @Override
            Evaluated evaluate(Client client, HookCall call, Stages stages) {
                return stages.run("chart", () -> {
                    throw FAULT;
                });
            }
        };
        var knowledge = Knowledge.load();
        return new Consultation(
                broken,
                new Muting(null, CLOCK),
                new Explanation(knowledge),
                new PrefetchKeys(knowledge.terminology()),
                journal,
                new Tracing(Tracing.none(), true),
                CLOCK);
    }

    private static HookCall call() {
        var sample = Samples.on("order-sign", LocalDate.of(2026, 11, 23)).orElseThrow();
        return Envelope.read(Json.object(sample.getBytes(StandardCharsets.UTF_8)), Service.ORDER_SIGN);
    }

    @Test
    void anEvaluationThatFailsIsKeptAndStaysAnError() {
        assertSame(
                FAULT, assertThrows(IllegalStateException.class, () -> failing().cards(LOCAL, call(), "request-1")));
        assertEquals(1, kept.size());
        assertEquals(500, kept.get(0).status());
        assertTrue(kept.get(0).advice().isEmpty());
        assertEquals("bundle", kept.get(0).prefetch().get("labs"));
        assertTrue(kept.get(0).timings().containsKey("chart"));
    }

    @Test
    void anEvaluationThatFailsWhileTheJournalIsDownStaysThatError() {
        down = true;
        assertSame(
                FAULT, assertThrows(IllegalStateException.class, () -> failing().cards(LOCAL, call(), "request-1")));
    }
}
