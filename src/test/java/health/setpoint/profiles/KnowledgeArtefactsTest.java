package health.setpoint.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import health.setpoint.chart.Chart;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Coding;
import health.setpoint.chart.prefetch.LabSearch;
import health.setpoint.chart.prefetch.PrefetchKey;
import health.setpoint.chart.prefetch.PrefetchKeys;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.parameter.Parameter;
import health.setpoint.knowledge.terminology.CodeSystemUris;
import health.setpoint.titration.facts.Hook;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.person.SymptomReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The artefacts that are written by hand say what the knowledge and the code say. */
class KnowledgeArtefactsTest {

    private static final Path ROOT = Path.of("fhir-profiles");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Knowledge KNOWLEDGE = Knowledge.load();

    @Test
    void eachRungIsAnActivityOfItsDose() {
        var rungs = KNOWLEDGE.parameters().stream()
                .filter(parameter -> parameter.id().matches("ladder[.]l\\d.*"))
                .collect(Collectors.toMap(
                        parameter -> "setpoint-rung-" + parameter.id().substring("ladder.".length()),
                        Parameter::toString,
                        (a, b) -> a,
                        TreeMap::new));
        assertEquals(rungs.keySet(), ids("activitydefinitions", "setpoint-rung-"));

        var ladder = KNOWLEDGE.on(KNOWLEDGE.begins()).ladder();
        for (var i = 0; i < ladder.rungs().size(); i++) {
            var regimen = ladder.rungs().get(i);
            var activity = json("activitydefinitions/ActivityDefinition-setpoint-rung-l" + (i + 1));
            assertSame(regimen.weekly().mg(), activity.at("/extension/0/valueQuantity/value"));
            var dose = activity.at("/dosage/0/doseAndRate/0/doseQuantity/value").decimalValue();
            var times = activity.at("/dosage/0/timing/repeat/frequency").decimalValue();
            assertEquals(0, dose.multiply(times).compareTo(regimen.weekly().mg()));
        }
        assertTrue(KNOWLEDGE
                .terminology()
                .drug(
                        activityCoding("setpoint-rung-l1").path("system").asText(),
                        activityCoding("setpoint-rung-l1").path("code").asText())
                .isPresent());
    }

    @Test
    void eachOrderIsAnActivityWithItsCode() {
        var orders = new TreeMap<String, String>();
        for (var test : LabTest.values()) {
            var plain = KNOWLEDGE.terminology().orderCode(test);
            orders.put("setpoint-order-" + test.word(), plain.code());
            var byMassSpectrometry = KNOWLEDGE.terminology().orderCode(test, Assay.MASS_SPECTROMETRY);
            if (!byMassSpectrometry.equals(plain)) {
                orders.put("setpoint-order-" + test.word() + "-by-mass-spectrometry", byMassSpectrometry.code());
            }
        }
        var published = new TreeMap<String, String>();
        ids("activitydefinitions", "setpoint-order-")
                .forEach(id -> published.put(
                        id,
                        json("activitydefinitions/ActivityDefinition-" + id)
                                .at("/code/coding/0/code")
                                .asText()));
        assertEquals(orders, published);
    }

    @Test
    void theCapabilitiesAreWhatThePrefetchTemplatesAsk() {
        var asked = new TreeMap<String, Set<String>>();
        for (var hook : Hook.values()) {
            for (var key : keys(hook)) {
                var query = key.template(KNOWLEDGE.begins());
                var parameters = asked.computeIfAbsent(key.type().code(), fresh -> new TreeSet<>());
                if (query.contains("?")) {
                    parameters.add("search-type");
                    Arrays.stream(query.substring(query.indexOf('?') + 1).split("&"))
                            .map(parameter -> parameter.substring(0, parameter.indexOf('=')))
                            .forEach(parameters::add);
                } else {
                    parameters.add("read");
                }
            }
        }
        // Behind a reference of a medication resource; ChartReader asks for it.
        asked.put("Medication", Set.of("read"));

        var stated = new TreeMap<String, Set<String>>();
        for (var resource : json("capabilitystatements/CapabilityStatement-setpoint-ehr-server")
                .at("/rest/0/resource")) {
            var parameters = new TreeSet<String>();
            resource.path("interaction")
                    .forEach(one -> parameters.add(one.path("code").asText()));
            resource.path("searchParam")
                    .forEach(one -> parameters.add(one.path("name").asText()));
            stated.put(resource.path("type").asText(), parameters);
        }
        assertEquals(asked, stated);
    }

    /** With and without the local codes of a site, by code and by category. */
    private static List<PrefetchKey> keys(Hook hook) {
        var keys = new PrefetchKeys(KNOWLEDGE.terminology());
        var map = CodeMap.of(json("conceptmaps/ConceptMap-setpoint-example-laboratory"));
        return Stream.of(
                        LabSearch.STANDARD,
                        LabSearch.of(map, KNOWLEDGE.terminology(), false),
                        LabSearch.of(map, KNOWLEDGE.terminology(), true))
                .flatMap(search -> keys.forHook(hook, search).stream())
                .toList();
    }

    @Test
    void theSymptomsAndTheQuestionnaireAreTheSymptomTable() {
        var table = Arrays.stream(Symptom.values())
                .collect(Collectors.toMap(
                        KnowledgeArtefactsTest::code,
                        symptom -> symptom.side() + " " + symptom.category() + " " + symptom.isSpecific(),
                        (a, b) -> a,
                        TreeMap::new));
        var published = new TreeMap<String, String>();
        for (var concept : json("codesystems/CodeSystem-setpoint-symptoms").path("concept")) {
            published.put(
                    concept.path("code").asText(),
                    (concept.at("/property/0/valueCode").asText() + " "
                                            + concept.at("/property/1/valueCode")
                                                    .asText())
                                    .toUpperCase(Locale.ROOT)
                            + " " + concept.at("/property/2/valueBoolean").asBoolean());
            assertEquals(
                    concept.path("code").asText(),
                    KNOWLEDGE
                            .terminology()
                            .symptom(
                                    CodeSystemUris.SETPOINT_SYMPTOMS,
                                    concept.path("code").asText())
                            .map(KnowledgeArtefactsTest::code)
                            .orElseThrow());
        }
        assertEquals(table, published);

        var asked = new TreeMap<String, String>();
        for (var group : json("questionnaires/Questionnaire-setpoint-symptoms-questionnaire")
                .path("item")) {
            for (var item : group.path("item")) {
                asked.put(item.path("linkId").asText(), group.path("linkId").asText());
                for (var code : item.path("code")) {
                    assertEquals(
                            item.path("linkId").asText(),
                            KNOWLEDGE
                                    .terminology()
                                    .symptom(
                                            code.path("system").asText(),
                                            code.path("code").asText())
                                    .map(KnowledgeArtefactsTest::code)
                                    .orElseThrow());
                }
            }
        }
        assertEquals(
                Arrays.stream(Symptom.values())
                        .collect(Collectors.toMap(
                                KnowledgeArtefactsTest::code,
                                symptom -> symptom.category().name().toLowerCase(Locale.ROOT),
                                (a, b) -> a,
                                TreeMap::new)),
                asked);
    }

    @Test
    void theServiceReadsTheAnswersToItsQuestionnaire() {
        var answers = json("examples/QuestionnaireResponse-a-symptom-answers")
                .toString()
                .replace("Patient/example-on-both", "Patient/p");
        var facts = Chart.of().with("questionnaireResponses", answers).facts();

        assertEquals(
                Set.of(Symptom.BREAST_PAIN, Symptom.BODY_FAT_GAIN, Symptom.HEIGHTENED_SENSITIVITY),
                facts.symptoms().stream().map(SymptomReport::symptom).collect(Collectors.toSet()));
    }

    @Test
    void aLinkIdOfAnotherFormIsNoCodeOfOurs() {
        var answers = json("examples/QuestionnaireResponse-a-symptom-answers")
                .toString()
                .replace("Patient/example-on-both", "Patient/p")
                .replace("http://setpoint.health/fhir/Questionnaire/", "http://other.example/Questionnaire/");

        assertEquals(
                0,
                Chart.of()
                        .with("questionnaireResponses", answers)
                        .facts()
                        .symptoms()
                        .size());
    }

    @Test
    void aClientCanNameTheExampleOfLocalCodes() {
        var map = CodeMap.of(json("conceptmaps/ConceptMap-setpoint-example-laboratory"));

        var estradiol =
                map.target(Coding.of("http://laboratory.example/tests", "E2MS")).orElseThrow();
        var meaning = KNOWLEDGE
                .terminology()
                .lab(estradiol.system(), estradiol.code())
                .orElseThrow();
        assertEquals(Analyte.ESTRADIOL, meaning.analyte());
        assertEquals(Assay.MASS_SPECTROMETRY, meaning.assay());
    }

    private static String code(Symptom symptom) {
        return symptom.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static JsonNode activityCoding(String id) {
        return json("activitydefinitions/ActivityDefinition-" + id).at("/productCodeableConcept/coding/0");
    }

    private static void assertSame(BigDecimal expected, JsonNode value) {
        assertEquals(0, expected.compareTo(value.decimalValue()), value::toString);
    }

    private static Set<String> ids(String folder, String start) {
        try (var files = Files.list(ROOT.resolve(folder))) {
            return files.map(file -> file.getFileName().toString().replaceFirst("^\\w+-(.*)\\.json$", "$1"))
                    .filter(id -> id.startsWith(start))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static JsonNode json(String file) {
        try {
            return JSON.readTree(Files.readString(ROOT.resolve(file + ".json")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
