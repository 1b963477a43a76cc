package health.setpoint.hook.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.CardWriter;
import health.setpoint.chart.ChartReader;
import health.setpoint.chart.fetch.FetchMemory;
import health.setpoint.chart.fetch.FhirServers;
import health.setpoint.client.Client;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.hook.Calls;
import health.setpoint.hook.FixedClock;
import health.setpoint.hook.request.CdsService;
import health.setpoint.hook.request.HookRequestParser;
import health.setpoint.http.body.RequestJson;
import health.setpoint.knowledge.Knowledge;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
class DeadlineTest {

    private final Deadline deadline = new Deadline(Duration.ofMillis(50));

    @AfterEach
    void stop() {
        deadline.stop();
    }

    @Test
    void whatIsInTimeIsLeftAlone() {
        assertEquals("done", deadline.within(Duration.ofMinutes(1), () -> "done"));
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void whatTakesTooLongIsEndedAndItsThreadIsFree() {
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            assertThrows(Deadline.Exceeded.class, () -> deadline.within(Duration.ZERO, DeadlineTest::forever));
            assertFalse(Thread.currentThread().isInterrupted());
            Thread.sleep(200);
        });
    }

    @Test
    void whoFinishesLateInSpiteOfItLeavesNoInterruptionBehind() {
        for (int i = 0; i < 20; i++) {
            var end = System.nanoTime() + Duration.ofMillis(40 + i).toNanos();
            deadline.within(Duration.ZERO, () -> {
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                return "late";
            });
            assertFalse(Thread.currentThread().isInterrupted());
        }
    }

    /** The reading of a chart heeds it: that is where a call's length costs time. */
    @Test
    void theReadingOfAChartIsEnded() {
        var knowledge = Knowledge.load();
        var evaluation = new Evaluation(
                new ChartReader(knowledge),
                new FhirServers(RequestJson.exact()),
                new CardWriter(knowledge, URI.create("http://localhost:8080")),
                Clock.fixed(FixedClock.NOW, ZoneOffset.UTC));
        var local = Client.local(new ServiceCatalog(knowledge, CdsService.hooksById(), 0), ZoneOffset.UTC);
        ObjectNode body = Calls.sandbox("order-sign");
        var call = HookRequestParser.read(body, CdsService.ORDER_SIGN);
        assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () -> assertThrows(
                        Deadline.Exceeded.class,
                        () -> deadline.within(Duration.ZERO, () -> {
                            while (true) {
                                evaluation.chart(local, call, FetchMemory.UNBOUNDED, Stages.untraced());
                            }
                        })));
    }

    private static String forever() {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        throw new CancellationException();
    }
}
