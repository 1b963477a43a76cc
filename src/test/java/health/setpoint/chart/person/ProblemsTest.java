package health.setpoint.chart.person;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import health.setpoint.chart.Chart;
import health.setpoint.titration.person.Condition;
import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.person.Hypersensitivity;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.person.SymptomReport;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("A problem on record")
class ProblemsTest {

    private static String condition(String code, String more) {
        return "{resourceType: 'Condition', id: 'c', onsetDateTime: '2025-10-10', " + more + " code: {" + code + "}}";
    }

    private static String coded(String system, String code) {
        return "coding: [{system: '" + system + "', code: '" + code + "'}]";
    }

    private static List<Condition> diagnoses(String resource) {
        return Chart.of().with("conditions", resource).facts().conditions();
    }

    private static List<Diagnosis> kinds(String resource) {
        return diagnoses(resource).stream().map(Condition::diagnosis).toList();
    }

    @TestFactory
    @DisplayName("is known by its code in the ICD of any country")
    Stream<DynamicTest> icd() {
        return Stream.of(
                        "http://hl7.org/fhir/sid/icd-10-cm C61 PROSTATE_CANCER",
                        "http://hl7.org/fhir/sid/icd-10 C61 PROSTATE_CANCER",
                        "http://hl7.org/fhir/sid/icd-10-de C61 PROSTATE_CANCER",
                        "http://hl7.org/fhir/sid/icd-10-ca C61 PROSTATE_CANCER",
                        "http://hl7.org/fhir/sid/icd-10-am C61 PROSTATE_CANCER",
                        "http://fhir.de/CodeSystem/bfarm/icd-10-gm C61 PROSTATE_CANCER",
                        "http://fhir.de/CodeSystem/dimdi/icd-10-gm C61 PROSTATE_CANCER",
                        "https://fhir.de/CodeSystem/bfarm/icd-10-gm/ C61 PROSTATE_CANCER",
                        "urn:oid:2.16.840.1.113883.6.90 C61 PROSTATE_CANCER",
                        "urn:oid:2.16.840.1.113883.6.3 C61 PROSTATE_CANCER",
                        "urn:oid:2.16.840.1.113883.6.135 C61 PROSTATE_CANCER",
                        "ICD-10 C61 PROSTATE_CANCER",
                        "ICD10CM C61 PROSTATE_CANCER",
                        "https://smt.esante.gouv.fr/terminologie-cim-10 C61 PROSTATE_CANCER",
                        "http://example.es/CIE10ES C61 PROSTATE_CANCER",
                        "http://fhir.de/CodeSystem/bfarm/icd-10-gm C61.- PROSTATE_CANCER",
                        "http://fhir.de/CodeSystem/bfarm/icd-10-gm C61_V PROSTATE_CANCER",
                        "http://fhir.de/CodeSystem/bfarm/icd-10-gm C61G PROSTATE_CANCER",
                        "http://hl7.org/fhir/sid/icd-10 c61 PROSTATE_CANCER",
                        "http://hl7.org/fhir/sid/icd-10 C50.4 BREAST_CANCER",
                        "http://hl7.org/fhir/sid/icd-10 C504 BREAST_CANCER",
                        "http://hl7.org/fhir/sid/icd-10 M81.9 OSTEOPOROSIS",
                        "http://hl7.org/fhir/sid/icd-10 M82.0* OSTEOPOROSIS",
                        "http://hl7.org/fhir/sid/icd-10 I25.11 ISCHEMIC_HEART_DISEASE",
                        "http://hl7.org/fhir/sid/icd-9-cm 185 PROSTATE_CANCER",
                        "http://hl7.org/fhir/sid/icd-9-cm/diagnosis 185 PROSTATE_CANCER",
                        "urn:oid:2.16.840.1.113883.6.103 185 PROSTATE_CANCER",
                        "urn:oid:2.16.840.1.113883.6.103 V10.46 PROSTATE_CANCER",
                        "http://hl7.org/fhir/sid/icd-9-cm 174.9 BREAST_CANCER",
                        "http://hl7.org/fhir/sid/icd-9-cm 175.0 BREAST_CANCER",
                        "http://hl7.org/fhir/sid/icd-9-cm 733.01 OSTEOPOROSIS",
                        "http://hl7.org/fhir/sid/icd-9-cm 73300 OSTEOPOROSIS",
                        "http://hl7.org/fhir/sid/icd-9-cm 410.71 ISCHEMIC_HEART_DISEASE",
                        "http://hl7.org/fhir/sid/icd-9-cm 414.01 ISCHEMIC_HEART_DISEASE",
                        "http://snomed.info/sct 254900004 PROSTATE_CANCER",
                        "http://snomed.info/sct 399490008 PROSTATE_CANCER",
                        "http://snomed.info/sct/731000124108/version/20250901 428262008 PROSTATE_CANCER",
                        "http://snomed.info/sct 254838004 BREAST_CANCER")
                .map(row -> dynamicTest(row, () -> {
                    var words = row.split(" ");
                    var found = diagnoses(condition(coded(words[0], words[1].replace('_', ' ')), ""));
                    assertEquals(
                            List.of(Diagnosis.valueOf(words[2])),
                            found.stream().map(Condition::diagnosis).toList());
                    assertTrue(found.stream().noneMatch(Condition::byWords));
                }));
    }

    @TestFactory
    @DisplayName("is not known by a code of another kind")
    Stream<DynamicTest> otherCodes() {
        return Stream.of(
                        "http://hl7.org/fhir/sid/icd-10-cm Z80.42",
                        "http://hl7.org/fhir/sid/icd-10-cm Z12.5",
                        "http://hl7.org/fhir/sid/icd-10-cm N40.1",
                        "http://hl7.org/fhir/sid/icd-10-cm R97.20",
                        "http://hl7.org/fhir/sid/icd-10-cm C6",
                        "http://hl7.org/fhir/sid/icd-10-pcs C61",
                        "http://hl7.org/fhir/sid/icd-9-cm C61",
                        "http://hl7.org/fhir/sid/icd-9-cm 733.1",
                        "http://hl7.org/fhir/sid/icd-9-cm 415.0",
                        "http://hl7.org/fhir/sid/icd-9-cm V16.42",
                        "http://hl7.org/fhir/sid/icd-10 185",
                        "urn:oid:2.16.840.1.113883.6.104 185",
                        "urn:lab C61",
                        "http://snomed.info/sct 266569009")
                .map(row -> dynamicTest(
                        row,
                        () -> assertEquals(
                                List.of(), kinds(condition(coded(row.split(" ")[0], row.split(" ")[1]), "")))));
    }

    @Test
    @DisplayName("that German records rule out does not count, and a suspected one does")
    void certainty() {
        var code = "coding: [{system: 'http://fhir.de/CodeSystem/bfarm/icd-10-gm', code: 'C61', extension: [{url:"
                + " 'http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit', valueCoding: {code: '%s'}}]}]";
        assertEquals(List.of(), kinds(condition(code.formatted("A"), "")));
        for (var certainty : List.of("G", "V", "Z")) {
            assertEquals(List.of(Diagnosis.PROSTATE_CANCER), kinds(condition(code.formatted(certainty), "")));
        }
    }

    @Test
    @DisplayName("is known by its words where no code says it, and marked so")
    void words() {
        var expected = List.of(new Condition(
                Diagnosis.PROSTATE_CANCER, true, Optional.of(LocalDate.of(2025, 10, 10)), "Condition/c", true));
        assertEquals(expected, diagnoses(condition("text: 'Prostate cancer'", "")));
        assertEquals(
                expected,
                diagnoses(condition("coding: [{system: 'urn:site', code: '77', display: 'CA of prostate'}]", "")));
        assertEquals(expected, diagnoses(condition("text: 'Adenocarcinoma'", "bodySite: [{text: 'Prostate'}],")));
    }

    @Test
    @DisplayName("counts by its code where a code says the same as its words")
    void codeBeforeWords() {
        var both = coded("http://hl7.org/fhir/sid/icd-10", "C61") + ", text: 'Prostate cancer'";
        assertEquals(
                List.of(false),
                diagnoses(condition(both, "")).stream().map(Condition::byWords).toList());
        var screening = coded("http://hl7.org/fhir/sid/icd-10-cm", "Z12.5")
                + ", text: 'Encounter for screening for malignant neoplasm of prostate'";
        assertEquals(List.of(), kinds(condition(screening, "")));
    }

    @Test
    @DisplayName("in words that is refuted does not count")
    void refuted() {
        assertEquals(
                List.of(),
                kinds(condition("text: 'Prostate cancer'", "verificationStatus: {coding: [{code: 'refuted'}]},")));
    }

    @Test
    @DisplayName("of the family is no problem of the patient, and the explanation says so")
    void family() {
        var read = Chart.of()
                .with("conditions", condition("text: 'Family history of prostate cancer'", ""))
                .with(
                        "conditions",
                        "{resourceType: 'FamilyMemberHistory', id: 'f', condition: [{code: {text: 'Prostate cancer'}}]}")
                .read();
        assertEquals(List.of(), read.facts().conditions());
        assertTrue(read.notes().stream()
                .anyMatch(note -> note.reference().equals("Condition/c")
                        && note.text()
                                .startsWith("its words name prostate cancer, but do not say that the patient has it")));
    }

    @Test
    @DisplayName("for which a procedure was done counts as one of the past")
    void procedures() {
        var procedure = "{resourceType: 'Procedure', id: 'p', status: '%s', performedDateTime: '2024-05-06', %s}";
        var done = Chart.of()
                .key(
                        "procedures",
                        procedure.formatted(
                                "completed", "code: {text: 'Prostatectomy'}, reasonCode: [{text: 'Prostate cancer'}]"))
                .facts()
                .conditions();
        assertEquals(
                List.of(new Condition(
                        Diagnosis.PROSTATE_CANCER, false, Optional.of(LocalDate.of(2024, 5, 6)), "Procedure/p", true)),
                done);
        for (var other : List.of(
                procedure.formatted("not-done", "code: {text: 'Prostatectomy for prostate cancer'}"),
                procedure.formatted("completed", "code: {text: 'Prostate cancer screening'}"),
                procedure.formatted("completed", "code: {text: 'Appendectomy'}"))) {
            assertEquals(List.of(), Chart.of().key("procedures", other).facts().conditions(), other);
        }
    }

    @Test
    @DisplayName("gynecomastia in words is a symptom that says so")
    void gynecomastia() {
        var report = new SymptomReport(
                Symptom.GYNECOMASTIA,
                SymptomReport.Origin.CONDITION,
                Optional.of(LocalDate.of(2025, 10, 10)),
                "Condition/c",
                true);
        assertEquals(
                List.of(report),
                Chart.of()
                        .with("conditions", condition("text: 'Gynaecomastia'", ""))
                        .facts()
                        .symptoms());
        assertEquals(
                List.of(),
                Chart.of()
                        .with("conditions", condition("text: 'Concern for gynecomastia'", ""))
                        .facts()
                        .symptoms());
        assertEquals(
                List.of(false),
                Chart.of()
                        .with("conditions", condition(coded("http://hl7.org/fhir/sid/icd-9-cm", "611.1"), ""))
                        .facts()
                        .symptoms()
                        .stream()
                        .map(SymptomReport::byWords)
                        .toList());
    }

    @TestFactory
    @DisplayName("that is a symptom and over by its own words is shown and does not count, by code or without")
    Stream<DynamicTest> symptomsOfThePast() {
        var snomed = "coding: [{system: 'http://snomed.info/sct', code: '4754008', display: 'Gynecomastia'}], ";
        return Stream.of("", snomed)
                .flatMap(code -> Stream.concat(
                        Stream.of(
                                        "Gynecomastia, resolved",
                                        "History of gynecomastia surgery",
                                        "Adolescent gynecomastia")
                                .map(text -> dynamicTest(code + text, () -> {
                                    var facts = Chart.of()
                                            .with(
                                                    "conditions",
                                                    condition(
                                                            code + "text: '" + text + "'",
                                                            "clinicalStatus: {coding: [{code: 'active'}]},"))
                                            .facts();
                                    assertEquals(List.of(), facts.symptoms());
                                })),
                        Stream.of("recurrence", "relapse")
                                .map(status -> dynamicTest(code + status, () -> {
                                    var facts = Chart.of()
                                            .with(
                                                    "conditions",
                                                    condition(
                                                            code + "text: 'History of gynecomastia'",
                                                            "clinicalStatus: {coding: [{code: '" + status + "'}]},"))
                                            .facts();
                                    assertEquals(1, facts.symptoms().size());
                                }))));
    }

    @Test
    @DisplayName("is dated by the latest day that its date may mean, and a symptom by the earliest")
    void partialOnset() {
        var cancer = "{resourceType: 'Condition', id: 'c', onsetDateTime: '%s', code: {text: 'Prostate cancer'}}";
        assertEquals(
                Optional.of(LocalDate.of(2025, 10, 31)),
                diagnoses(cancer.formatted("2025-10")).get(0).since());
        assertEquals(
                Optional.of(Chart.NOW.toLocalDate()),
                diagnoses(cancer.formatted("2026-03")).get(0).since());
        var symptom = "{resourceType: 'Condition', id: 'c', onsetDateTime: '2025-10', code: {text: 'Gynecomastia'}}";
        assertEquals(
                Optional.of(LocalDate.of(2025, 10, 1)),
                Chart.of().with("conditions", symptom).facts().symptoms().get(0).since());
    }

    @TestFactory
    @DisplayName("is ruled out by the letter A behind a German code, and by no letter of another country")
    Stream<DynamicTest> ruledOutByItsLetter() {
        return Stream.of(
                        "http://fhir.de/CodeSystem/bfarm/icd-10-gm|C61 A|0",
                        "http://fhir.de/CodeSystem/bfarm/icd-10-gm|C61A|0",
                        "http://fhir.de/CodeSystem/bfarm/icd-10-gm|C50.9 A|0",
                        "http://fhir.de/CodeSystem/bfarm/icd-10-gm|C50.9_A|0",
                        "http://hl7.org/fhir/sid/icd-10|C61 A|0",
                        "http://fhir.de/CodeSystem/bfarm/icd-10-gm|C61 V|1",
                        "http://fhir.de/CodeSystem/bfarm/icd-10-gm|C61 G|1",
                        "http://fhir.de/CodeSystem/bfarm/icd-10-gm|C61 Z|1",
                        "http://hl7.org/fhir/sid/icd-10-cm|M80.08XA|1",
                        "http://hl7.org/fhir/sid/icd-10-cm|C50.A0|1")
                .map(row -> row.split("[|]"))
                .map(row -> dynamicTest(
                        row[1] + " of " + row[0],
                        () -> assertEquals(
                                Integer.parseInt(row[2]),
                                diagnoses(condition(coded(row[0], row[1]) + ", text: 'Krebs'", ""))
                                        .size())));
    }

    @TestFactory
    @DisplayName("an allergy that its words deny is none, and one that they do not is")
    Stream<DynamicTest> deniedAllergies() {
        return Stream.concat(
                Stream.of(
                                "No allergy to anastrozole",
                                "No known allergy to anastrozole",
                                "No known drug allergy to Arimidex.",
                                "Not allergic to anastrozole",
                                "Denies allergy to anastrozole",
                                "Tolerates anastrozole well",
                                "Keine Allergie gegen Anastrozol")
                        .map(text -> dynamicTest(text, () -> assertEquals(List.of(), allergic(text)))),
                Stream.of(
                                "Allergy to anastrozole",
                                "Anastrozole not tolerated",
                                "Not tolerated: anastrozole",
                                "No allergies except anastrozole",
                                "No other allergies than anastrozole",
                                "No reaction to letrozole, rash with anastrozole",
                                "No known allergies. Anastrozole: hives",
                                "Anastrozole: no longer tolerated",
                                "Anastrozole")
                        .map(text -> dynamicTest(
                                text, () -> assertEquals(1, allergic(text).size()))));
    }

    private static List<Hypersensitivity> allergic(String text) {
        return Chart.of()
                .with("allergies", "{resourceType: 'AllergyIntolerance', id: 'a', code: {text: '" + text + "'}}")
                .facts()
                .hypersensitivities();
    }

    @Test
    @DisplayName("an allergy in words says so, and one by code does not")
    void allergies() {
        var allergy = "{resourceType: 'AllergyIntolerance', id: 'a', code: {%s}}";
        assertEquals(
                List.of(new Hypersensitivity("anastrozole", "AllergyIntolerance/a", true)),
                Chart.of()
                        .with("allergies", allergy.formatted("text: 'Arimidex'"))
                        .facts()
                        .hypersensitivities());
        assertEquals(
                List.of(new Hypersensitivity("anastrozole", "AllergyIntolerance/a", false)),
                Chart.of()
                        .with(
                                "allergies",
                                allergy.formatted(coded("http://www.nlm.nih.gov/research/umls/rxnorm", "84857")
                                        + ", text: 'anastrozole'"))
                        .facts()
                        .hypersensitivities());
    }
}
