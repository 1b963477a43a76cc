package health.setpoint.hook;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.hook.request.CdsService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The machine's clock is set while the service runs: by a time server, by hand, or because its battery is empty. */
@QuarkusTest
@Tag("attack")
class ClockSetBackAndForthTest {

    @AfterEach
    void setRight() {
        FixedClock.set(Optional.empty());
    }

    private static Map<String, Response> answers() {
        Map<String, Response> answers = new LinkedHashMap<>();
        for (var path : List.of(
                "/cds-services",
                "/samples/order-sign.json",
                "/journal/report",
                "/journal/decisions.ndjson",
                "/journal/feedback.ndjson",
                "/journal/audit-events.ndjson",
                "/dsi/source-attributes",
                "/q/health/live",
                "/q/health/ready",
                "/q/metrics")) {
            answers.put(path, Calls.request().get(path));
        }
        for (var service : CdsService.values()) {
            var sample = Samples.on(service.hook().word(), LocalDate.of(2026, 11, 23))
                    .orElseThrow();
            var body = Calls.with(
                    (ObjectNode) Calls.json(sample),
                    call -> call.put("hookInstance", UUID.randomUUID().toString()));
            answers.put(service.id(), Calls.send(service.hook().word(), body));
            answers.put(
                    service.id() + " explained",
                    given().contentType("application/json")
                            .body(body.toString())
                            .post("/cds-services/" + service.id() + "?explain=true"));
            answers.put(
                    service.id() + " feedback",
                    Calls.request()
                            .contentType("application/json")
                            .body("""
                            {"feedback":[{"card":"%s","outcome":"overridden","outcomeTimestamp":"2026-11-23T15:00:00Z"}]}""".formatted(UUID.randomUUID()))
                            .post("/cds-services/" + service.id() + "/feedback"));
        }
        return answers;
    }

    @Test
    void noAnswerIsAFailureWhateverTheClockShows() {
        for (var shown : List.of(
                "2026-11-23T15:00:00Z",
                "1970-01-01T00:00:00Z",
                "2026-11-23T15:00:01Z",
                "1969-12-31T23:59:59Z",
                "2025-12-31T23:59:59Z",
                "2026-01-01T00:00:00Z",
                "2038-01-19T03:14:08Z",
                "2026-11-22T15:00:00Z",
                "9999-12-31T23:59:59Z",
                "0001-01-01T00:00:00Z",
                "2026-11-23T15:00:00Z")) {
            var moment = Instant.parse(shown);
            FixedClock.set(Optional.of(moment));
            var isKnown = !moment.isBefore(Instant.parse("2026-01-01T00:00:00Z"));
            answers()
                    .forEach((what, answer) -> assertEquals(
                            isKnown || !what.startsWith("titration-") || what.endsWith("feedback") ? 200 : 503,
                            answer.statusCode(),
                            shown + " " + what + " " + answer.asString()));
        }
    }

    @Test
    void anAnswerBeforeTheKnowledgeBeginsSaysThatTheClockIsWrong() {
        FixedClock.set(Optional.of(Instant.EPOCH));
        var answer = answers().get("titration-order-sign");
        assertEquals(
                "The clock of this service shows 1970-01-01, and its knowledge begins on 2026-01-01: nothing is advised"
                        + " until the clock is set.",
                answer.jsonPath().getString("issue[0].details.text"));
        assertEquals("60", answer.header("Retry-After"));
    }
}
