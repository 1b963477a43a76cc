package health.setpoint.hook.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.hook.Calls;
import health.setpoint.hook.request.CdsService;
import health.setpoint.hook.request.HookRequestParser;
import health.setpoint.http.error.RequestException;
import health.setpoint.sandbox.fhir.DemoPatients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is kept of a call by default tells an engineer what the EHR sends, and nobody who the patient is. */
class RedactedCallTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final KnownWords WORDS = new KnownWords();

    private static ObjectNode redacted(JsonNode call) {
        return new RedactedCall(WORDS, TODAY, 0.5).of((ObjectNode) call);
    }

    /** A call in which everything that may tell who it is about says Canary, 4711999 or 1961-03-12. */
    private static final String CANARY = """
            {"hook": "patient-view", "hookInstance": "4711999-canary", "fhirServer": "https://canary.example/fhir",
             "fhirAuthorization": {"access_token": "canary-token", "token_type": "Bearer"},
             "secret": "canary",
             "context": {"userId": "Practitioner/canary", "patientId": "4711999", "department": "canary"},
             "prefetch": {
              "patient": {"resourceType": "Patient", "id": "4711999", "gender": "male", "birthDate": "1961-03-12",
               "text": {"status": "generated", "div": "<div>Canary</div>"},
               "identifier": [{"system": "urn:mrn", "value": "4711999"}], "name": [{"family": "Canary", "given": ["Carl"]}],
               "telecom": [{"system": "phone", "value": "4711999"}], "address": [{"line": ["Canary 4711999"], "city": "Canary"}],
               "maritalStatus": {"text": "canary"}, "multipleBirthInteger": 4711999,
               "contact": [{"name": {"family": "Canary"}}], "generalPractitioner": [{"display": "Dr Canary"}],
               "extension": [{"url": "https://hl7.example/ext", "valueString": "Canary 4711999"}]},
              "labs": {"resourceType": "Bundle", "type": "searchset", "total": 1,
               "link": [{"relation": "next", "url": "https://canary.example/fhir?patient=4711999"}],
               "entry": [{"fullUrl": "https://canary.example/fhir/Observation/4711999",
                "resource": {"resourceType": "Observation", "id": "4711999", "status": "final",
                 "code": {"coding": [{"system": "urn:local", "code": "E2-SENS", "display": "Estradiol Sens LCMSMS"}],
                          "text": "Estradiol of Carl Canary 4711999"},
                 "subject": {"reference": "Patient/4711999", "display": "Canary, Carl"},
                 "performer": [{"display": "Canary"}], "note": [{"text": "Canary"}],
                 "effectiveDateTime": "1999-03-12T08:30:11-06:00",
                 "valueQuantity": {"value": 4711999.25, "unit": "pg/mL", "system": "http://unitsofmeasure.org", "code": "pg/mL"}}}]},
              "medicationRequests": {"resourceType": "Bundle", "type": "searchset", "entry": [
               {"resource": {"resourceType": "MedicationRequest", "id": "canary", "status": "active", "intent": "order",
                "medicationCodeableConcept": {"text": "anastrozole 1 mg tablet (Canary)"},
                "subject": {"reference": "https://canary.example/fhir/Patient/4711999"}, "authoredOn": "1999-02-12",
                "dosageInstruction": [{"text": "Take 1 mg twice weekly, says Canary, call 555 4711999, 12/03/1961",
                 "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "wk"}},
                 "doseAndRate": [{"doseQuantity": {"value": 0.5, "unit": "mg"}}]}]}}]},
              "canary 4711999": null}}
            """;

    @Test
    void nothingThatTellsWhoTheyAreIsLeft() {
        var kept = redacted(Calls.json(CANARY)).toString();
        for (var told : List.of("anary", "Carl", "4711", "555", "1961", "1999", "12/03", "hl7.example/other")) {
            assertFalse(kept.contains(told), () -> told + " in " + kept);
        }
    }

    @Test
    void whatAnEngineerNeedsIsLeft() {
        var kept = redacted(Calls.json(CANARY));
        assertEquals("male", kept.at("/prefetch/patient/gender").asText());
        assertEquals("1970-01-01", kept.at("/prefetch/patient/birthDate").asText());
        assertEquals(
                "E2-SENS",
                kept.at("/prefetch/labs/entry/0/resource/code/coding/0/code").asText());
        assertEquals(
                "Estradiol Sens LCMSMS",
                kept.at("/prefetch/labs/entry/0/resource/code/coding/0/display").asText());
        assertEquals(
                "Estradiol of xxxx xxxxxx 1111111",
                kept.at("/prefetch/labs/entry/0/resource/code/text").asText());
        assertEquals(
                "1111111.11",
                kept.at("/prefetch/labs/entry/0/resource/valueQuantity/value").asText());
        assertEquals(
                "pg/mL",
                kept.at("/prefetch/labs/entry/0/resource/valueQuantity/unit").asText());
        assertEquals("next", kept.at("/prefetch/labs/link/0/relation").asText());
        assertEquals(1, kept.at("/prefetch/labs/total").asInt());
        var request = kept.at("/prefetch/medicationRequests/entry/0/resource");
        assertEquals(
                "anastrozole 1 mg tablet (xxxxxx)",
                request.at("/medicationCodeableConcept/text").asText());
        assertTrue(request.at("/dosageInstruction/0/text").asText().startsWith("Take 1 mg twice weekly, "));
        assertEquals(
                0.5,
                request.at("/dosageInstruction/0/doseAndRate/0/doseQuantity/value")
                        .asDouble());
        assertEquals(
                "wk",
                request.at("/dosageInstruction/0/timing/repeat/periodUnit").asText());
    }

    @Test
    void thePatientOfEachResourceIsStillTheSameOne() {
        var kept = redacted(Calls.json(CANARY));
        var patient = kept.at("/context/patientId").asText();
        assertEquals(patient, kept.at("/prefetch/patient/id").asText());
        assertEquals(
                "Patient/" + patient,
                kept.at("/prefetch/labs/entry/0/resource/subject/reference").asText());
        assertEquals(
                kept.path("fhirServer").asText() + "/Patient/" + patient,
                kept.at("/prefetch/medicationRequests/entry/0/resource/subject/reference")
                        .asText());
    }

    @Test
    void datesKeepTheirDistancesAndTheNewestIsRecent() {
        var kept = redacted(Calls.json(CANARY));
        var drawn = kept.at("/prefetch/labs/entry/0/resource/effectiveDateTime").asText();
        var ordered = kept.at("/prefetch/medicationRequests/entry/0/resource/authoredOn")
                .asText();
        assertEquals("2026-11-09T12:00:00-06:00", drawn);
        assertEquals("2026-10-12", ordered, "28 days before");
        assertNotEquals(
                drawn,
                new RedactedCall(WORDS, TODAY, 0.9)
                        .of((ObjectNode) Calls.json(CANARY))
                        .at("/prefetch/labs/entry/0/resource/effectiveDateTime")
                        .asText());
    }

    private static Stream<ObjectNode> calls() {
        var kept = Stream.of("epic", "sandbox")
                .map(folder -> Path.of("src/test/resources/calls", folder))
                .flatMap(folder -> files(folder).stream())
                .map(RedactedCallTest::read);
        var invented = DemoPatients.on(TODAY).stream().map(patient -> {
            var call = (ObjectNode) Calls.json("""
                    {"hook": "patient-view", "hookInstance": "1", "context": {"userId": "Practitioner/1"}}""");
            call.withObject("/context").put("patientId", patient.id());
            call.withObject("/prefetch").set("labs", patient.chart());
            return call;
        });
        return Stream.concat(kept, invented);
    }

    private static List<Path> files(Path folder) {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static ObjectNode read(Path file) {
        try {
            return (ObjectNode) Calls.json(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static final Set<String> TELLING =
            Set.of("id", "family", "given", "line", "city", "postalCode", "birthDate", "div");

    @Test
    void noCallThatWasSeenLeavesANameAnIdOrADayOfBirth() {
        var tried = new LinkedHashSet<String>();
        calls().forEach(call -> {
            var kept = redacted(call).toString();
            List<String> telling = new ArrayList<>();
            collect(call, telling);
            for (var told : telling) {
                tried.add(told);
                assertFalse(
                        Pattern.compile("\"" + Pattern.quote(told) + "\"")
                                .matcher(kept)
                                .find(),
                        () -> told + " in " + kept);
            }
        });
        assertTrue(tried.size() > 150, () -> "enough was looked for: " + tried.size());
    }

    private static void collect(JsonNode value, List<String> found) {
        if (value.isObject()) {
            value.properties().forEach(member -> {
                if (TELLING.contains(member.getKey())) {
                    texts(member.getValue(), found);
                }
                collect(member.getValue(), found);
            });
        } else if (value.isArray()) {
            value.forEach(item -> collect(item, found));
        }
    }

    private static void texts(JsonNode value, List<String> found) {
        if (value.isTextual() && value.textValue().length() > 3) {
            found.add(value.textValue());
        } else if (value.isArray()) {
            value.forEach(item -> texts(item, found));
        }
    }

    @Test
    void aKeptCallIsReadAsTheOneThatCame() {
        for (var file : files(Path.of("src/test/resources/calls/sandbox"))) {
            var call = read(file);
            var service = Stream.of(CdsService.values())
                    .filter(each -> each.hook().word().equals(call.path("hook").asText()))
                    .findFirst()
                    .orElseThrow();
            assertEquals(outcome(call, service), outcome(redacted(call), service), file::toString);
        }
    }

    private static String outcome(ObjectNode call, CdsService service) {
        try {
            var read = HookRequestParser.read(call, service);
            return "read, " + read.selections().size() + " selections, "
                    + read.remarks().size() + " remarks, " + read.prefetch().size() + " keys, "
                    + read.draftOrders().path("entry").size() + " drafts";
        } catch (RequestException refusal) {
            return "refused, " + refusal.issues();
        }
    }
}
