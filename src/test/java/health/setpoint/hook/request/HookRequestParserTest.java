package health.setpoint.hook.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.hook.Calls;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RequestException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("The envelope of a call")
class HookRequestParserTest {

    private static final String SERVER = "https://ehr.example/fhir";

    private static HookRequest read(Consumer<ObjectNode> change) {
        return read(change, Optional.empty());
    }

    private static HookRequest read(Consumer<ObjectNode> change, Optional<String> ownId) {
        return HookRequestParser.read(Calls.with(Calls.sandbox("order-sign"), change), CdsService.ORDER_SIGN, ownId);
    }

    private static List<String> refused(Consumer<ObjectNode> change, Optional<String> ownId) {
        return places(
                assertThrows(RequestException.class, () -> read(change, ownId)).issues());
    }

    private static List<String> places(List<Issue> issues) {
        return issues.stream().map(issue -> issue.where().orElseThrow()).toList();
    }

    private static ObjectNode context(ObjectNode call) {
        return (ObjectNode) call.path("context");
    }

    private static Consumer<ObjectNode> patient(String id, String server) {
        return call -> {
            context(call).put("patientId", id);
            call.put("fhirServer", server);
        };
    }

    @TestFactory
    @DisplayName("names the patient by his id, as a reference or by an address on the EHR's own server")
    Stream<DynamicTest> patient() {
        return Stream.concat(
                Stream.of(
                                "p-1",
                                "Patient/p-1",
                                " p-1 ",
                                SERVER + "/Patient/p-1",
                                "HTTPS://EHR.example/fhir/Patient/p-1",
                                "Patient/p-1/_history/3")
                        .map(id -> dynamicTest(
                                id,
                                () -> assertEquals(
                                        "p-1", read(patient(id, SERVER)).patientId()))),
                Stream.of(
                                "https://other.example/fhir/Patient/p-1",
                                SERVER + "/r2/Patient/p-1",
                                SERVER + "/Practitioner/p-1",
                                SERVER + "/Patient/",
                                "Practitioner/p-1",
                                "Patient/p-1/p-2",
                                "Patient/Patient/p-1",
                                "Patient//p-1",
                                "/p-1",
                                "Patient/",
                                "p 1",
                                "p-1\n",
                                "")
                        .filter(id -> !id.strip().equals("p-1"))
                        .map(id -> dynamicTest(
                                "but not as '" + id + "'",
                                () -> assertEquals(
                                        List.of("context.patientId"),
                                        refused(patient(id, SERVER), Optional.empty())))));
    }

    @Test
    @DisplayName("may give the patient's address where it names no server")
    void addressWithoutServer() {
        assertEquals(
                "p-1",
                read(call -> {
                            call.remove("fhirServer");
                            context(call).put("patientId", SERVER + "/Patient/p-1");
                        })
                        .patientId());
    }

    @Test
    @DisplayName("names the user as a reference or by his address")
    void user() {
        for (var user : List.of("Practitioner/d", SERVER + "/Practitioner/d", " Practitioner/d")) {
            assertEquals(
                    "Practitioner/d",
                    read(call -> context(call).put("userId", user)).userId());
        }
    }

    @Test
    @DisplayName("is refused without context.userId, whatever stands elsewhere")
    void userElsewhere() {
        assertEquals(
                List.of("context.userId"),
                refused(
                        call -> {
                            context(call).remove("userId");
                            call.put("user", "Practitioner/d").put("userId", "Practitioner/d");
                        },
                        Optional.empty()));
    }

    @Test
    @DisplayName("on order-select asks about all drafts where it does not say which were chosen, and is told so")
    void selections() {
        Consumer<ObjectNode> absent = call -> context(call).remove("selections");
        Consumer<ObjectNode> text = call -> context(call).put("selections", "MedicationRequest/1");
        for (var change : List.of(absent, text)) {
            var call = HookRequestParser.read(
                    Calls.with(Calls.sandbox("order-select-02-medication-chosen"), change), CdsService.ORDER_SELECT);
            assertEquals(List.of(), call.selections());
            assertEquals(List.of("context.selections"), places(call.remarks()));
        }
    }

    @Test
    @DisplayName("may say of the encounter what it likes: no rule asks for it")
    void encounter() {
        for (var encounter : List.of("Encounter/1", "1", "", SERVER + "/Encounter/1")) {
            assertEquals(
                    List.of(),
                    read(call -> context(call).put("encounterId", encounter)).remarks());
        }
        read(call -> context(call).put("encounterId", 7));
        read(call -> context(call).putObject("encounterId"));
    }

    private static ObjectNode authorize(ObjectNode call) {
        call.put("fhirServer", SERVER);
        return call.putObject("fhirAuthorization")
                .put("access_token", "token")
                .put("token_type", "Bearer")
                .put("expires_in", 300)
                .put("scope", "patient/*.rs")
                .put("subject", "setpoint");
    }

    private static DynamicTest access(
            String name, boolean usable, String remarked, Consumer<ObjectNode> change, Optional<String> ownId) {
        return dynamicTest(name, () -> {
            var call = read(change, ownId);
            assertEquals(usable, call.access().isPresent());
            assertEquals(remarked.isEmpty() ? List.of() : List.of(remarked.split(" ")), places(call.remarks()));
        });
    }

    @TestFactory
    @DisplayName("carries an access token")
    Stream<DynamicTest> access() {
        var none = Optional.<String>empty();
        var own = Optional.of("setpoint");
        return Stream.of(
                access("that can be used", true, "", HookRequestParserTest::authorize, none),
                access("given to this service", true, "", HookRequestParserTest::authorize, own),
                access(
                        "that is empty and so none",
                        false,
                        "fhirAuthorization.access_token",
                        call -> authorize(call).put("access_token", ""),
                        own),
                access(
                        "that is missing",
                        false,
                        "fhirAuthorization.access_token",
                        call -> authorize(call).remove("access_token"),
                        none),
                access(
                        "of another type",
                        false,
                        "fhirAuthorization.token_type",
                        call -> authorize(call).put("token_type", "MAC"),
                        none),
                access(
                        "of a type that it does not name",
                        true,
                        "fhirAuthorization.token_type",
                        call -> authorize(call).remove("token_type"),
                        none),
                access(
                        "without scope and with odd seconds",
                        true,
                        "fhirAuthorization.expires_in fhirAuthorization.scope",
                        call -> {
                            authorize(call).put("expires_in", "300").remove("scope");
                        },
                        none),
                access(
                        "that names nobody to whom it was given",
                        true,
                        "fhirAuthorization.subject",
                        call -> authorize(call).remove("subject"),
                        none),
                access(
                        "that names nobody, where its client tells our id",
                        false,
                        "fhirAuthorization.subject",
                        call -> authorize(call).remove("subject"),
                        own),
                access(
                        "without a server",
                        true,
                        "fhirServer",
                        call -> {
                            authorize(call);
                            call.remove("fhirServer");
                        },
                        none),
                access("that is no object", false, "fhirAuthorization", call -> call.put("fhirAuthorization", 7), none),
                access(
                        "for a server that is none",
                        true,
                        "fhirServer",
                        call -> {
                            authorize(call);
                            call.put("fhirServer", "file:///etc/passwd");
                        },
                        none));
    }

    @Test
    @DisplayName("is refused where the authorization is of another patient or for another service")
    void anotherPatient() {
        assertEquals(
                List.of("fhirAuthorization.patient"),
                refused(call -> authorize(call).put("access_token", "").put("patient", "x"), Optional.empty()));
        assertEquals(List.of("fhirAuthorization.subject"), refused(call -> authorize(call), Optional.of("another-id")));
        var patient = Calls.sandbox("order-sign").at("/context/patientId").textValue();
        for (var same : List.of(patient, "Patient/" + patient, SERVER + "/Patient/" + patient)) {
            assertTrue(
                    read(call -> authorize(call).put("patient", same)).access().isPresent());
        }
    }
}
