package health.setpoint.operator.reports;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import health.setpoint.conformance.R4Validation;
import health.setpoint.hook.Calls;
import health.setpoint.hook.Samples;
import io.quarkus.test.junit.QuarkusTest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class JournalResourceTest {

    private static final Pattern COUNTED =
            Pattern.compile("^setpoint_cards_total\\{[^}]*} ([0-9.E+]+)", Pattern.MULTILINE);

    @Test
    void theReportCountsWhatWasShownAndWhatBecameOfIt() {
        var cards = answer(UUID.randomUUID().toString());
        override(cards.get(0));
        given().get("/journal/report")
                .then()
                .statusCode(200)
                .body("rules.find { it.rule == 'R-55' }.month", equalTo("2026-11"))
                .body("rules.find { it.rule == 'R-55' }.client", equalTo("local"))
                .body("rules.find { it.rule == 'R-55' }.shown", greaterThan(0))
                .body("rules.find { it.rule == 'R-55' }.overridden", greaterThan(0))
                .body("overrideReasons.code", hasItem("patient-declined"));
        given().header("Accept", "text/html")
                .get("/journal/report")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/html"))
                .body(containsString("<a href=\"/dsi/source-attributes#R-55\">R-55</a>"))
                .body(containsString("patient-declined"));
    }

    @Test
    void aReportOfDaysWithoutCardsSaysSo() {
        given().header("Accept", "text/html")
                .get("/journal/report?to=2020-06-30")
                .then()
                .statusCode(200)
                .body(containsString("2019-06-30 to 2020-06-30"))
                .body(containsString("No card was shown in these days."))
                .body(containsString("No card was overridden in these days."));
        given().get("/journal/report?to=0001-01-01").then().statusCode(200);
    }

    @Test
    void aFirstDayAfterTheLastIsRefused() {
        for (var path : List.of("report", "decisions.ndjson", "feedback.ndjson", "audit-events.ndjson")) {
            given().get("/journal/" + path + "?from=2026-11-23&to=2026-11-22")
                    .then()
                    .statusCode(400)
                    .body("issue[0].details.text", equalTo("from (2026-11-23) is after to (2026-11-22)."));
        }
    }

    @Test
    void everyDecisionAndEventIsExportedOnALineOfItsOwnWithoutComments() {
        var instance = UUID.randomUUID().toString();
        var card = answer(instance).get(0);
        override(card);
        var decision = line("/journal/decisions.ndjson", "hookInstance", instance);
        assertEquals("2026.2", decision.path("knowledgeVersion").textValue());
        assertEquals(card, decision.at("/cards/0/uuid").textValue());
        assertTrue(decision.at("/facts/labs").size() > 0);
        assertTrue(decision.at("/advice/trace").size() > 0);
        assertTrue(decision.at("/microseconds/chart").isNumber());
        assertEquals("bundle", decision.at("/prefetch/labs").textValue());
        var event = line("/journal/feedback.ndjson", "card", card);
        assertEquals(decision.path("id"), event.path("decision"));
        assertEquals("local", event.path("client").textValue());
        assertFalse(event.toString().contains("Testman"));
    }

    @Test
    void decisionsAreExportedAsAuditEvents() {
        var instance = UUID.randomUUID().toString();
        var card = answer(instance).get(0);
        var decision = line("/journal/decisions.ndjson", "hookInstance", instance);
        var event =
                line("/journal/audit-events.ndjson", "id", decision.path("id").textValue());
        assertEquals("AuditEvent", event.path("resourceType").textValue());
        assertEquals("0", event.path("outcome").textValue());
        assertEquals(card, event.at("/entity/1/what/identifier/value").textValue());
        assertEquals(List.of(), R4Validation.errorsOf(event));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "+999999999-12-31",
                "-999999999-01-01",
                "0000-01-01",
                "10000-01-01",
                "2026-02-30",
                " "
            })
    void anUnreadableDayIsA400(String day) {
        for (var page : List.of("report", "decisions.ndjson", "feedback.ndjson", "audit-events.ndjson")) {
            for (var name : List.of("from", "to")) {
                Calls.request()
                        .queryParam(name, day)
                        .get("/journal/" + page)
                        .then()
                        .statusCode(400);
            }
        }
    }

    @Test
    void metricsCountTheCardsThatWereSent() {
        var before = cardsCounted();
        var sent = answer(UUID.randomUUID().toString()).size();
        assertEquals(before + sent, cardsCounted());
    }

    /** A line ends with its value, or with a sample trace after it. */
    private static long cardsCounted() {
        return COUNTED.matcher(given().get("/q/metrics").asString())
                .results()
                .mapToLong(line -> Math.round(Double.parseDouble(line.group(1))))
                .sum();
    }

    private static List<String> answer(String instance) {
        var sample = (com.fasterxml.jackson.databind.node.ObjectNode)
                Calls.json(Samples.on("order-sign", LocalDate.of(2026, 11, 23)).orElseThrow());
        return Calls.send("order-sign", sample.put("hookInstance", instance))
                .then()
                .statusCode(200)
                .extract()
                .path("cards.uuid");
    }

    private static void override(String card) {
        Calls.request()
                .contentType("application/json")
                .body("""
                        {"feedback":[{"card":"%s","outcome":"overridden","outcomeTimestamp":"2026-11-23T15:01:00Z",
                         "overrideReason":{"reason":{"code":"patient-declined"},"userComment":"Testman declined"}}]}""".formatted(card))
                .post("/cds-services/titration-order-sign/feedback")
                .then()
                .statusCode(200);
    }

    private static JsonNode line(String path, String name, String value) {
        List<JsonNode> found = new ArrayList<>();
        given().get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .map(Calls::json)
                .forEach(line -> {
                    if (line.path(name).asText().equals(value)) {
                        found.add(line);
                    }
                });
        assertEquals(1, found.size());
        return found.get(0);
    }
}
