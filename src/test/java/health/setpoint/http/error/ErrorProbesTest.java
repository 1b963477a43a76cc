package health.setpoint.http.error;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.hook.Calls;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is wrong with a request is said with the right status, at the right place, and without repeating the request. */
@QuarkusTest
@Tag("attack")
class ErrorProbesTest {

    private static final String SECRET = "Testman-secret-0815";

    @TestHTTPResource
    URI url;

    private record Probe(String name, String hook, Consumer<ObjectNode> change, String where) {}

    private static final List<Probe> FAULTS = List.of(
            probe("hook is missing", call -> call.remove("hook"), "hook"),
            probe("hook is null", call -> call.putNull("hook"), "hook"),
            probe("hook is a number", call -> call.put("hook", 7), "hook"),
            probe("hook belongs to another service", call -> call.put("hook", "patient-view"), "hook"),
            probe("hook is unknown", call -> call.put("hook", SECRET), "hook"),
            probe("hookInstance is missing", call -> call.remove("hookInstance"), "hookInstance"),
            probe("hookInstance is empty", call -> call.put("hookInstance", ""), "hookInstance"),
            probe("hookInstance is a number", call -> call.put("hookInstance", 12), "hookInstance"),
            probe("hookInstance is endless", call -> call.put("hookInstance", "x".repeat(5000)), "hookInstance"),
            probe("context is missing", call -> call.remove("context"), "context"),
            probe("context is null", call -> call.putNull("context"), "context"),
            probe("context is an array", call -> call.putArray("context"), "context"),
            probe("context is a string", call -> call.put("context", SECRET), "context"),
            probe("patientId is missing", call -> context(call).remove("patientId"), "context.patientId"),
            probe("patientId is empty", call -> context(call).put("patientId", ""), "context.patientId"),
            probe("patientId is a number", call -> context(call).put("patientId", 52), "context.patientId"),
            probe(
                    "patientId is a reference to a practitioner",
                    call -> context(call).put("patientId", "Practitioner/" + SECRET),
                    "context.patientId"),
            probe("userId is missing", call -> context(call).remove("userId"), "context.userId"),
            probe("userId is a plain id", call -> context(call).put("userId", SECRET), "context.userId"),
            probe("userId is an object", call -> context(call).putObject("userId"), "context.userId"),
            probe("draftOrders is missing", call -> context(call).remove("draftOrders"), "context.draftOrders"),
            probe("draftOrders is null", call -> context(call).putNull("draftOrders"), "context.draftOrders"),
            probe("draftOrders is an array", call -> context(call).putArray("draftOrders"), "context.draftOrders"),
            probe(
                    "draftOrders is no Bundle",
                    call -> context(call).putObject("draftOrders").put("resourceType", "MedicationRequest"),
                    "context.draftOrders"),
            probe("prefetch is an array", call -> call.putArray("prefetch"), "prefetch"),
            probe("prefetch is a string", call -> call.put("prefetch", SECRET), "prefetch"),
            probe(
                    "the token is for another patient",
                    call -> authorize(call).put("patient", SECRET),
                    "fhirAuthorization.patient"),
            new Probe(
                    "a selection is an object",
                    "order-select",
                    call -> ((ArrayNode) context(call).path("selections")).addObject(),
                    "context.selections[1]"),
            new Probe(
                    "order-select lacks draftOrders",
                    "order-select",
                    call -> context(call).remove("draftOrders"),
                    "context.draftOrders"),
            new Probe(
                    "patient-view lacks the patient",
                    "patient-view",
                    call -> context(call).remove("patientId"),
                    "context.patientId"));

    @TestFactory
    Stream<DynamicTest> aFaultyEnvelopeIsA400ThatNamesThePlace() {
        return FAULTS.stream()
                .map(fault -> DynamicTest.dynamicTest(
                        fault.name(), () -> Calls.send(fault.hook(), Calls.with(sound(fault.hook()), fault.change()))
                                .then()
                                .statusCode(400)
                                .body("issue.expression.flatten()", hasItem(fault.where()))
                                .body(not(containsString(SECRET)))));
    }

    private static final List<Probe> NEEDED_WITH_THE_SERVER_ONLY = List.of(
            probe("fhirServer is no URL", call -> call.put("fhirServer", SECRET), "fhirServer"),
            probe("fhirServer is a file", call -> call.put("fhirServer", "file:///etc/passwd"), "fhirServer"),
            probe("fhirServer is an object", call -> call.putObject("fhirServer"), "fhirServer"),
            probe(
                    "fhirAuthorization comes without fhirServer",
                    call -> {
                        call.remove("fhirServer");
                        authorize(call);
                    },
                    "fhirServer"),
            probe("fhirAuthorization is a string", call -> call.put("fhirAuthorization", SECRET), "fhirAuthorization"),
            probe(
                    "fhirAuthorization has no token",
                    call -> authorize(call).remove("access_token"),
                    "fhirAuthorization.access_token"),
            probe(
                    "the token is empty",
                    call -> authorize(call).put("access_token", ""),
                    "fhirAuthorization.access_token"),
            probe(
                    "the token is no Bearer token",
                    call -> authorize(call).put("token_type", "MAC"),
                    "fhirAuthorization.token_type"),
            probe(
                    "expires_in is a string",
                    call -> authorize(call).put("expires_in", "300"),
                    "fhirAuthorization.expires_in"),
            probe("scope is missing", call -> authorize(call).remove("scope"), "fhirAuthorization.scope"),
            probe("subject is missing", call -> authorize(call).remove("subject"), "fhirAuthorization.subject"));

    @TestFactory
    Stream<DynamicTest> whatOnlyFetchingNeedsIsNamedWhereSomethingHadToBeFetched() {
        return NEEDED_WITH_THE_SERVER_ONLY.stream()
                .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> {
                    var call = Calls.with(sound("order-sign"), fault.change());
                    Calls.send("order-sign", call).then().statusCode(200);
                    ((ObjectNode) call.path("prefetch")).remove("labs");
                    Calls.send("order-sign", call)
                            .then()
                            .statusCode(412)
                            .body("issue[0].expression", hasItem("prefetch.labs"))
                            .body("issue.expression.flatten()", hasItem(fault.where()))
                            .body(not(containsString(SECRET)));
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoJsonObjectIsA400() {
        var bodies = new ArrayList<>(List.of(
                "",
                "   ",
                "null",
                "true",
                "7",
                "[]",
                "[{}]",
                "\"" + SECRET + "\"",
                "{",
                "{\"hook\":",
                "{\"hook\":\"order-sign\"}}",
                "{\"hook\":\"order-sign\",}",
                "{hook:'order-sign'}",
                SECRET,
                "{\"hook\":\"order-sign\",\"hook\":\"order-sign\"}",
                "{\"prefetch\":{\"x\":1e999999999}}"));
        bodies.add("{\"prefetch\":" + "[".repeat(2_000));
        bodies.add("{\"prefetch\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}");
        return bodies.stream()
                .map(body -> DynamicTest.dynamicTest(
                        body.length() > 60 ? body.substring(0, 60) + "..." : "'" + body + "'",
                        () -> Calls.send("order-sign", body)
                                .then()
                                .statusCode(400)
                                .body(not(containsString(SECRET)))));
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        Calls.send("order-select", "{}")
                .then()
                .statusCode(400)
                .body("issue.expression.flatten()", hasItem("hook"))
                .body("issue.expression.flatten()", hasItem("hookInstance"))
                .body("issue.expression.flatten()", hasItem("context"));
    }

    @Test
    void anUnknownServiceIsA404() {
        Calls.request()
                .contentType("application/json")
                .body("{}")
                .post("/cds-services/anastrozole")
                .then()
                .statusCode(404);
        Calls.request()
                .contentType("application/json")
                .body("{\"feedback\":[]}")
                .post("/cds-services/anastrozole/feedback")
                .then()
                .statusCode(404);
    }

    @Test
    void anUnknownPathIsA404() {
        for (var path :
                List.of("/cds", "/cds-hooks", "/cds-services/titration-order-sign/x/y", "/cds-services/a%20b/c/d")) {
            Calls.request().urlEncodingEnabled(false).get(path).then().statusCode(404);
        }
    }

    @Test
    void aWrongMethodIsA405ThatSaysWhichOnesThereAre() {
        Calls.request()
                .get("/cds-services/titration-order-sign")
                .then()
                .statusCode(405)
                .header("Allow", "POST, OPTIONS");
        Calls.request().put("/cds-services/titration-order-sign").then().statusCode(405);
        Calls.request()
                .delete("/cds-services/titration-order-sign/feedback")
                .then()
                .statusCode(405);
        Calls.request()
                .contentType("application/json")
                .body("{}")
                .post("/cds-services")
                .then()
                .statusCode(405)
                .header("Allow", "GET, HEAD, OPTIONS");
        Calls.request().patch("/cds-services").then().statusCode(405);
    }

    @Test
    void aBodyOfAnotherMediaTypeIsA415() {
        for (var type : List.of("text/plain", "application/xml", "application/fhir+xml", "///", "json")) {
            Calls.request()
                    .contentType(type)
                    .body("{}".getBytes(StandardCharsets.UTF_8))
                    .post("/cds-services/titration-order-sign")
                    .then()
                    .statusCode(415);
        }
    }

    /** Sent with another client, since REST Assured names a media type where none is given. */
    @Test
    void aBodyWithoutAMediaTypeIsA415() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(url.resolve("/cds-services/titration-order-sign"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(415, answer.statusCode());
        assertEquals(
                "OperationOutcome",
                Calls.json(answer.body()).path("resourceType").textValue());
    }

    @Test
    void aBodyOfUnannouncedLengthIsA413WhereItProvesTooLarge() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(url.resolve("/cds-services/titration-order-sign"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(new byte[5 * 1024 * 1024])))
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(413, answer.statusCode());
        assertEquals(
                "OperationOutcome",
                Calls.json(answer.body()).path("resourceType").textValue());
    }

    @Test
    void aFormIsA415() {
        Calls.request()
                .formParam("hook", "order-sign")
                .post("/cds-services/titration-order-sign")
                .then()
                .statusCode(415);
    }

    @Test
    void aMediaTypeWithParametersIsTaken() {
        Calls.request()
                .header("Content-Type", "application/json;charset=utf-8")
                .body(sound("order-sign").toString().getBytes(StandardCharsets.UTF_8))
                .post("/cds-services/titration-order-sign")
                .then()
                .statusCode(200);
    }

    @Test
    void aBodyBeyondTheLimitIsA413WithCorsHeaders() {
        Calls.request()
                .header("Origin", "http://localhost:3000")
                .contentType("application/json")
                .body(new byte[5 * 1024 * 1024])
                .post("/cds-services/titration-order-sign")
                .then()
                .statusCode(413)
                .header("Access-Control-Allow-Origin", "http://localhost:3000");
    }

    @Test
    void aRequestIdThatIsFitForALogIsKeptAndAnotherReplaced() {
        Calls.request()
                .header("X-Request-Id", "ehr-call-0042")
                .get("/nothing")
                .then()
                .header("X-Request-Id", "ehr-call-0042");
        Calls.request()
                .header("X-Request-Id", "<script>" + SECRET)
                .get("/nothing")
                .then()
                .header("X-Request-Id", not(containsString(SECRET)));
    }

    @Test
    void errorsAreFhirJsonForClientsThatAskForItAndJsonForAllOthers() {
        Calls.request()
                .accept("application/fhir+json, application/json;q=0.5")
                .get("/nothing")
                .then()
                .header("Content-Type", equalTo("application/fhir+json"));
        for (var accept : List.of("application/json", "*/*", "text/html", "application/json+fhir", "nonsense")) {
            Calls.request().accept(accept).get("/nothing").then().header("Content-Type", equalTo("application/json"));
        }
    }

    @Test
    void anOddAcceptHeaderDoesNotCostTheAnswer() {
        for (var accept :
                List.of("application/json+fhir", "text/html", "nonsense", "application/fhir+json", "a/b/c;;q")) {
            Calls.request()
                    .accept(accept)
                    .get("/cds-services")
                    .then()
                    .statusCode(200)
                    .header("Content-Type", equalTo("application/json"));
        }
    }

    @Test
    void answersAreNotKeptAndTellNothingOfTheServer() {
        Calls.request()
                .get("/cds-services")
                .then()
                .header("Cache-Control", equalTo("no-store"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("X-Request-Id", notNullValue())
                .header("Server", nullValue())
                .header("X-Powered-By", nullValue());
    }

    private static Probe probe(String name, Consumer<ObjectNode> change, String where) {
        return new Probe(name, "order-sign", change, where);
    }

    private static ObjectNode sound(String hook) {
        return Calls.sandbox(hook.equals("order-select") ? "order-select-02-medication-chosen" : hook);
    }

    private static ObjectNode context(ObjectNode call) {
        return (ObjectNode) call.path("context");
    }

    private static ObjectNode authorize(ObjectNode call) {
        return call.putObject("fhirAuthorization")
                .put("access_token", SECRET)
                .put("token_type", "Bearer")
                .put("expires_in", 300)
                .put("scope", "patient/Observation.rs")
                .put("subject", "setpoint");
    }
}
