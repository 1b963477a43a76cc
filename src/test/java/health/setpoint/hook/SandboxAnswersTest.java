package health.setpoint.hook;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The calls captured from the public sandbox client and what becomes of them when a client is a little different.
 * Estradiol 72 pg/mL, testosterone 1050 ng/dL (upper limit 916), hematocrit 49.8 %.
 */
@QuarkusTest
class SandboxAnswersTest {

    private static final String ADVICE = "extension.'health.setpoint.advice'";

    @Test
    void signingTwoTabletsTwiceDailyIsCritical() {
        Calls.send("order-sign", Calls.sandbox("order-sign"))
                .then()
                .statusCode(200)
                .body("cards[0].indicator", equalTo("critical"))
                .body("cards." + ADVICE + ".rules.flatten()", hasItem("R-15"))
                .body("cards." + ADVICE + ".rules.flatten()", hasItem("R-60"));
    }

    @Test
    void choosingOneTabletDailyIsCriticalWhileItIsBeingChosen() {
        Calls.send("order-select", Calls.sandbox("order-select-02-medication-chosen"))
                .then()
                .statusCode(200)
                .body("cards[0].indicator", equalTo("critical"))
                .body("cards." + ADVICE + ".rules.flatten()", hasItem("R-15"));
    }

    @Test
    void openingTheChartShowsWhatTheResultsMeanWithoutSuggestions() {
        var answer = Calls.send("patient-view", Calls.sandbox("patient-view"));
        answer.then().statusCode(200).body("cards." + ADVICE + ".rules.flatten()", hasItem("R-60"));
        Calls.json(answer.asString())
                .path("cards")
                .forEach(card -> assertEquals(true, card.path("suggestions").isMissingNode()));
    }

    @Test
    void aTabThatIsClickedAgainSendsNoDraftsAndIsToldSo() {
        for (var hook : new String[] {"order-select", "order-sign"}) {
            Calls.send(hook, Calls.sandbox(hook + "-active-tab-again"))
                    .then()
                    .statusCode(400)
                    .body("issue.expression.flatten()", hasItem("context.draftOrders"));
        }
    }

    @TestFactory
    Stream<DynamicTest> oddCallsGetAnAnswer() {
        return Stream.of(
                        "order-select-01-on-entering-view-no-medication",
                        "order-select-03-condition-dose2-bid",
                        "order-select-invalid-date",
                        "order-select-half-typed-year",
                        "order-select-pama",
                        "order-sign-no-medication")
                .map(name -> DynamicTest.dynamicTest(name, () -> Calls.send(
                                name.startsWith("order-sign") ? "order-sign" : "order-select", Calls.sandbox(name))
                        .then()
                        .statusCode(200)
                        .body("cards", notNullValue())));
    }

    @Test
    void nothingPrefetchedAndNothingToFetchIsA412ThatNamesEachRequiredKey() {
        Calls.send("order-sign", Calls.sandbox("order-sign-nothing-prefetched"))
                .then()
                .statusCode(412)
                .body("issue.expression.flatten()", hasItem("prefetch.patient"))
                .body("issue.expression.flatten()", hasItem("prefetch.labs"))
                .body("issue.expression.flatten()", hasItem("prefetch.medicationRequests"));
    }

    @TestFactory
    Stream<DynamicTest> theSameCallInAnotherDressGetsTheSameAnswer() {
        var answer = advice(Calls.sandbox("order-sign"));
        return Stream.<Variation>of(
                        new Variation("unknown members everywhere", call -> {
                            call.put("futureMember", 7);
                            call.putObject("extension").putObject("com.example").put("x", 1);
                            context(call).put("futureField", "x");
                            prefetch(call).put("user", "123");
                            prefetch(call).putObject("strangeKey").put("resourceType", "Basic");
                        }),
                        new Variation("members in another order", call -> {
                            var prefetch = call.remove("prefetch");
                            var context = call.remove("context");
                            call.set("prefetch", prefetch);
                            call.set("context", context);
                        }),
                        new Variation(
                                "hookInstance with urn:uuid",
                                call -> call.put(
                                        "hookInstance",
                                        "urn:uuid:" + call.path("hookInstance").textValue())),
                        new Variation("null where the EHR found nothing", call -> {
                            prefetch(call).putNull("conditions");
                            prefetch(call).putNull("allergies");
                        }),
                        new Variation("an access token", call -> call.putObject("fhirAuthorization")
                                .put("access_token", "token")
                                .put("token_type", "Bearer")
                                .put("expires_in", 300)
                                .put("scope", "user/*.rs")
                                .put("subject", "setpoint")
                                .put("patient", "trt-52m")),
                        new Variation("optional members null", call -> {
                            call.putNull("fhirAuthorization");
                            call.putNull("extension");
                            context(call).putNull("encounterId");
                        }),
                        new Variation("an encounter", call -> context(call).put("encounterId", "enc-1")),
                        new Variation(
                                "a practitioner role", call -> context(call).put("userId", "PractitionerRole/7")),
                        new Variation("category as an array", call -> {
                            var draft = draft(call);
                            var category = draft.remove("category");
                            draft.putArray("category").add(category);
                        }),
                        new Variation("a Bundle with type and full URLs", call -> {
                            var orders = (ObjectNode) context(call).path("draftOrders");
                            orders.put("type", "collection");
                            ((ObjectNode) orders.path("entry").path(0))
                                    .put("fullUrl", "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0");
                        }),
                        new Variation("results of the newest last", call -> {
                            var entries =
                                    (ArrayNode) prefetch(call).path("labs").path("entry");
                            entries.add(entries.remove(0));
                        }),
                        new Variation(
                                "a searchset with an outcome entry",
                                call -> ((ArrayNode) prefetch(call).path("labs").path("entry")).add(Calls.json("""
                                        {"resource":{"resourceType":"OperationOutcome","issue":[{"severity":"information",
                                        "code":"informational"}]},"search":{"mode":"outcome"}}"""))))
                .map(variation -> DynamicTest.dynamicTest(
                        variation.name(),
                        () -> assertEquals(
                                answer, advice(Calls.with(Calls.sandbox("order-sign"), variation.change())))));
    }

    @Test
    void anotherPatientAnywhereIsA400AndNoCard() {
        for (Consumer<ObjectNode> change : Stream.<Consumer<ObjectNode>>of(
                        call -> ((ObjectNode) prefetch(call).path("patient")).put("id", "someone-else"),
                        call -> ((ObjectNode) draft(call).path("subject")).put("reference", "Patient/someone-else"),
                        call -> ((ObjectNode) prefetch(call)
                                        .path("labs")
                                        .path("entry")
                                        .path(1)
                                        .path("resource")
                                        .path("subject"))
                                .put("reference", "Patient/someone-else"),
                        call -> context(call).put("patientId", "someone-else"))
                .toList()) {
            Calls.send("order-sign", Calls.with(Calls.sandbox("order-sign"), change))
                    .then()
                    .statusCode(400);
        }
    }

    @Test
    void aRetryGetsTheSameCardIdsAndAnotherCallOthers() {
        var first =
                Calls.send("order-sign", Calls.sandbox("order-sign")).jsonPath().getList("cards.uuid");
        var retry =
                Calls.send("order-sign", Calls.sandbox("order-sign")).jsonPath().getList("cards.uuid");
        var other = Calls.send(
                        "order-sign",
                        Calls.with(Calls.sandbox("order-sign"), call -> call.put("hookInstance", "another-call")))
                .jsonPath()
                .getList("cards.uuid");
        assertEquals(first, retry);
        org.junit.jupiter.api.Assertions.assertNotEquals(first, other);
    }

    private record Variation(String name, Consumer<ObjectNode> change) {}

    private static Object advice(ObjectNode call) {
        var answer = Calls.send("order-sign", call);
        assertEquals(200, answer.statusCode(), answer.asString());
        return answer.jsonPath().getList("cards." + ADVICE);
    }

    private static ObjectNode context(ObjectNode call) {
        return (ObjectNode) call.path("context");
    }

    private static ObjectNode prefetch(ObjectNode call) {
        return (ObjectNode) call.path("prefetch");
    }

    private static ObjectNode draft(ObjectNode call) {
        return (ObjectNode)
                context(call).path("draftOrders").path("entry").path(0).path("resource");
    }
}
