package health.setpoint.sandbox.fhir;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.hook.Calls;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each invented patient goes through the hooks as an EHR would send him, and his rule stands on a card. */
@QuarkusTest
class StoriesTest {

    private static final String ODD_JSON = "application/json+fhir";
    private static final String SPACE = "/sandbox/fhir/space/of-the-stories-test";

    @TestFactory
    Stream<DynamicTest> prefetchedFromTheSandboxAPatientShowsHisRule() {
        return patients()
                .map(patient -> DynamicTest.dynamicTest(
                        patient.path("id").asText(), () -> assertShows(patient, prefetched(patient))));
    }

    @TestFactory
    Stream<DynamicTest> fetchedByTheServiceAPatientShowsHisRule() {
        return patients()
                .map(patient -> DynamicTest.dynamicTest(patient.path("id").asText(), () -> {
                    var call = call(patient);
                    call.put("fhirServer", "http://localhost:" + RestAssured.port + SPACE);
                    assertShows(patient, call);
                }));
    }

    static Stream<JsonNode> patients() {
        var list = Calls.json(get("/sandbox/patients.json").asString());
        return StreamSupport.stream(list.spliterator(), false);
    }

    static void assertShows(JsonNode patient, ObjectNode call) {
        var answer = Calls.send(patient.path("hook").asText(), call);
        assertEquals(200, answer.statusCode(), answer::asString);
        List<String> rules = new ArrayList<>();
        Calls.json(answer.asString()).path("cards").forEach(card -> card.at("/extension/health.setpoint.advice/rules")
                .forEach(rule -> rules.add(rule.asText())));
        assertTrue(
                rules.contains(patient.path("rule").asText()),
                () -> "of " + patient.path("rule") + " only " + rules + " in " + answer.asString());
    }

    /** The call that an EHR makes for a patient, without prefetch. */
    static ObjectNode call(JsonNode patient) {
        var call = JsonNodeFactory.instance.objectNode();
        call.put("hook", patient.path("hook").asText())
                .put("hookInstance", UUID.randomUUID().toString());
        var context = call.putObject("context")
                .put("userId", "Practitioner/setpoint-demo")
                .put("patientId", patient.path("id").asText());
        if (patient.has("draft")) {
            var drafts = context.putObject("draftOrders")
                    .put("resourceType", "Bundle")
                    .put("type", "collection")
                    .putArray("entry");
            drafts.addObject().set("resource", patient.path("draft"));
            var medication = patient.path("draft").path("medicationReference").path("reference");
            if (medication.isTextual()) {
                drafts.addObject()
                        .set(
                                "resource",
                                Calls.json(
                                        get(SPACE + "/" + medication.asText()).asString()));
            }
        }
        return call;
    }

    private static ObjectNode prefetched(JsonNode patient) {
        var call = call(patient);
        var prefetch = call.putObject("prefetch");
        var service = "titration-" + patient.path("hook").asText();
        Calls.json(get("/cds-services").asString()).path("services").forEach(offered -> {
            if (offered.path("id").asText().equals(service)) {
                offered.path("prefetch").properties().forEach(template -> {
                    var query = template.getValue()
                            .asText()
                            .replace("{{context.patientId}}", patient.path("id").asText());
                    var answer = ask(query);
                    assertEquals(200, answer.statusCode(), () -> query + ": " + answer.asString());
                    prefetch.set(template.getKey(), Calls.json(answer.asString()));
                });
            }
        });
        return call;
    }

    /** As the public sandbox client does it: searches as forms. */
    private static Response ask(String query) {
        var question = query.indexOf('?');
        if (question < 0) {
            return given().accept(ODD_JSON).get(SPACE + "/" + query);
        }
        var form = given().accept(ODD_JSON).contentType("application/x-www-form-urlencoded");
        for (var parameter : query.substring(question + 1).split("&")) {
            var name = parameter.substring(0, parameter.indexOf('='));
            form.formParam(name, parameter.substring(name.length() + 1));
        }
        return form.post(SPACE + "/" + query.substring(0, question) + "/_search");
    }
}
