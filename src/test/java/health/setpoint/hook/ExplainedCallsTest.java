package health.setpoint.hook;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.journal.JournalReader;
import health.setpoint.journal.StoredDecision;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** One captured call, sent with {@code explain=true}, shows a site what to fix. */
@QuarkusTest
class ExplainedCallsTest {

    @Inject
    JournalReader journal;

    private static ObjectNode sample(String hook, Consumer<ObjectNode> change) {
        return Calls.with(
                (ObjectNode)
                        Calls.json(Samples.on(hook, LocalDate.of(2026, 11, 23)).orElseThrow()),
                change);
    }

    private static ValidatableResponse explained(String hook, ObjectNode call) {
        return given().contentType("application/json")
                .body(call.toString())
                .post("/cds-services/titration-" + hook + "?explain=true")
                .then();
    }

    private static ArrayNode entries(ObjectNode call, String key) {
        return (ArrayNode) call.at("/prefetch/" + key + "/entry");
    }

    private static String at(String resource) {
        return "explanation.entries.find { it.resource == '" + resource + "' }.";
    }

    @Test
    void aCallMayTryTheDialectOfAnotherEhr() {
        var call = sample("order-sign", same -> {}).toString();
        var path = "/cds-services/titration-order-sign?dialect=";
        given().contentType("application/json")
                .body(call)
                .post(path + "cds-hooks-1.0")
                .then()
                .statusCode(200)
                .body("cards[0].summary", startsWith("E2 72 pg/mL"))
                .body("cards[0].overrideReasons", nullValue());
        given().contentType("application/json")
                .body(call)
                .post(path + "cerner")
                .then()
                .statusCode(400)
                .body("issue[0].details.text", containsString("dialect is one of standard, epic"));
    }

    @Test
    void theCardsAreThoseOfAnOrdinaryCall() {
        var call = sample("order-sign", same -> {});
        assertEquals(
                Calls.send("order-sign", call).jsonPath().getList("cards.uuid"),
                explained("order-sign", call)
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .getList("cards.uuid"));
    }

    @Test
    void everyRuleThatWasTriedIsNamedInOrderWithItsConditionAndWhatItSaw() {
        var trace = explained("order-sign", sample("order-sign", same -> {}))
                .statusCode(200)
                .body("explanation.trace.rule", hasItems("R-08", "R-01", "R-30", "R-53", "R-55"))
                .body("explanation.trace[0].rule", equalTo("R-08"))
                .body("explanation.trace[0].fired", equalTo(false))
                .body("explanation.trace.find { it.rule == 'R-55' }.fired", equalTo(true))
                .body("explanation.trace.find { it.rule == 'R-55' }.then", not(nullValue()))
                .body("explanation.trace.find { it.rule == 'R-55' }.seen.estradiol", not(nullValue()))
                .extract()
                .jsonPath();
        assertTrue(trace.getList("explanation.trace.when").stream()
                .allMatch(when -> !when.toString().isBlank()));
    }

    @Test
    void whatWasReadOfEachEntryIsSaid() {
        var call = sample("order-sign", same -> {});
        explained("order-sign", call)
                .body(at("Observation/estradiol-result") + "outcome", equalTo("read"))
                .body(at("Observation/estradiol-result") + "text", startsWith("estradiol"))
                .body("explanation.prefetch.labs", equalTo("bundle"))
                .body("explanation.prefetch.allergies", not(nullValue()));
    }

    @Test
    void aLocalCodeIsCalledUnmapped() {
        var call = sample("order-sign", changed -> {
            var local = entries(changed, "labs").addObject().putObject("resource");
            local.put("resourceType", "Observation").put("id", "local").put("status", "final");
            local.putObject("subject")
                    .put(
                            "reference",
                            "Patient/" + changed.at("/context/patientId").asText());
            local.putObject("code")
                    .putArray("coding")
                    .addObject()
                    .put("system", "urn:lab")
                    .put("code", "E2X");
        });
        explained("order-sign", call)
                .body(at("Observation/local") + "outcome", equalTo("unmapped"))
                .body(at("Observation/local") + "text", containsString("urn:lab|E2X"));
    }

    @Test
    void aDoseThatCannotBeReadSaysWhy() {
        var call = sample("order-sign", changed -> {
            var draft = (ObjectNode) changed.at("/context/draftOrders/entry/0/resource");
            draft.putArray("dosageInstruction").addObject().put("text", "as discussed");
        });
        var draft = call.at("/context/draftOrders/entry/0/resource/id").asText();
        explained("order-sign", call)
                .statusCode(200)
                .body("explanation.trace.find { it.rule == 'R-16' }.fired", equalTo(true))
                .body(
                        "explanation.entries.findAll { it.resource == 'MedicationRequest/" + draft + "' }.outcome",
                        hasItem("unreadable"));
    }

    @Test
    void aRequiredKeyThatDidNotComeKeepsItsStatusAndIsExplained() {
        var call = sample("order-sign", changed -> ((ObjectNode) changed.get("prefetch")).remove("labs"));
        explained("order-sign", call)
                .statusCode(412)
                .body("outcome.resourceType", equalTo("OperationOutcome"))
                .body("explanation.prefetch.labs", equalTo("missing"))
                .body(at("prefetch.labs") + "outcome", equalTo("unreadable"))
                .body("cards", nullValue());
    }

    @Test
    void silenceIsNotTakenFromAPartOfTheOrders() {
        var call = sample("patient-view", changed -> {
            var prefetch = (ObjectNode) changed.get("prefetch");
            prefetch.remove("medicationStatements");
            prefetch.remove("medicationAdministrations");
            var orders = prefetch.putObject("medicationRequests").put("resourceType", "Bundle");
            orders.putArray("link").addObject().put("relation", "next").put("url", "https://ehr.example/fhir?page=2");
        });
        Calls.send("patient-view", call)
                .then()
                .statusCode(412)
                .body("issue[0].code", equalTo("incomplete"))
                .body("issue[0].details.text", containsString("'medicationRequests'"));
        explained("patient-view", call).statusCode(412).body("outcome.issue[0].code", equalTo("incomplete"));
        ((ObjectNode) call.at("/prefetch/medicationRequests")).remove("link");
        Calls.send("patient-view", call).then().statusCode(200).body("cards", empty());
    }

    @Test
    void aBrokenCallIsRefusedAsWithoutExplanation() {
        given().contentType("application/json")
                .body("{")
                .post("/cds-services/titration-order-sign?explain=true")
                .then()
                .statusCode(400)
                .body("resourceType", equalTo("OperationOutcome"));
    }

    @Test
    void theDecisionIsKeptAsOneThatNobodySaw() {
        var call = sample("order-sign", changed -> changed.put("hookInstance", "explained-" + System.nanoTime()));
        explained("order-sign", call).statusCode(200);
        var kept = new ArrayList<StoredDecision>();
        journal.decisions(Instant.EPOCH, FixedClock.NOW.plusSeconds(3600), decision -> {
            if (decision.hookInstance().equals(call.get("hookInstance").asText())) {
                kept.add(decision);
            }
        });
        assertEquals(1, kept.size());
        assertTrue(kept.get(0).silent());
    }
}
