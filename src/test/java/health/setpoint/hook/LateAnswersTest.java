package health.setpoint.hook;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.journal.JournalReader;
import health.setpoint.journal.StoredDecision;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A call that takes longer than an evaluation may is ended, says so, and leaves its thread to others. */
@QuarkusTest
@TestProfile(LateAnswersTest.LittleTime.class)
@Tag("attack")
class LateAnswersTest {

    /** No large call is done in a millisecond, on whatever machine; two threads, so that one that is lost is missed. */
    public static class LittleTime implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("setpoint.evaluation-deadline", "1ms", "quarkus.thread-pool.max-threads", "2");
        }
    }

    private static final int CALLS = 6;

    @Inject
    JournalReader journal;

    private static ObjectNode large() {
        var call = Calls.sandbox("order-sign");
        call.remove("fhirServer");
        call.remove("fhirAuthorization");
        call.put("hookInstance", UUID.randomUUID().toString());
        return LargeCall.of(call);
    }

    @Test
    void aCallThatIsTooSlowIsEndedAndKeptAndItsThreadIsFree() {
        for (int i = 0; i < CALLS; i++) {
            var call = large();
            Calls.send("order-sign", call)
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "5")
                    .body("resourceType", equalTo("OperationOutcome"))
                    .body("issue[0].code", equalTo("transient"));
            var kept = kept(call.path("hookInstance").textValue());
            assertEquals(1, kept.size());
            assertEquals(503, kept.get(0).status());
        }
        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("executor-thread"))
                .noneMatch(Thread::isInterrupted));
        Calls.request()
                .contentType("application/json")
                .body("""
                        {"feedback":[{"card":"%s","outcome":"overridden","outcomeTimestamp":"2026-11-23T15:00:00Z"}]}""".formatted(UUID.randomUUID()))
                .post("/cds-services/titration-order-sign/feedback")
                .then()
                .statusCode(200);
        assertFalse(kept().isEmpty());
    }

    private List<StoredDecision> kept() {
        List<StoredDecision> found = new ArrayList<>();
        journal.decisions(FixedClock.NOW, FixedClock.NOW.plusSeconds(1), found::add);
        return found;
    }

    private List<StoredDecision> kept(String hookInstance) {
        return kept().stream()
                .filter(decision -> decision.hookInstance().equals(hookInstance))
                .toList();
    }
}
