package health.setpoint.journal;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class JournalInTheServiceTest {

    @Inject
    Journal journal;

    @Inject
    JournalReader kept;

    @Test
    void theServiceIsReadyOnceItsJournalCanBeWritten() throws InterruptedException {
        for (int i = 0; i < 100 && !journal.accepts(); i++) {
            Thread.sleep(100);
        }
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'journal' }.data.store", equalTo("works"));
    }

    @Test
    void aDecisionAndItsFeedbackAreTaken() {
        journal.record(Decisions.withCards("in-the-service"));
        journal.feedback(List.of(Decisions.overridden("in-the-service")));
        assertTrue(journal.accepts());
    }

    /** The tests keep entries for 30 years and delete every second. */
    @Test
    void whatIsOlderThanTheSiteKeepsGoesByItself() throws InterruptedException {
        var longAgo = Instant.parse("1990-01-01T00:00:00Z");
        journal.record(Decisions.at(longAgo, "of-long-ago"));
        for (int i = 0; i < 200 && isKept(longAgo); i++) {
            Thread.sleep(100);
        }
        assertFalse(isKept(longAgo));
    }

    private boolean isKept(Instant at) {
        List<StoredDecision> found = new ArrayList<>();
        kept.decisions(at, at.plusSeconds(1), found::add);
        return !found.isEmpty();
    }

    @Test
    void metricsAreOnOffer() {
        given().get("/q/metrics").then().statusCode(200).body(containsString("jvm_memory_used_bytes"));
    }
}
