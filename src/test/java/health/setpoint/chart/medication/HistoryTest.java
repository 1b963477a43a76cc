package health.setpoint.chart.medication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import health.setpoint.chart.Chart;
import health.setpoint.chart.ChartOutcome;
import health.setpoint.titration.labs.LabRequest;
import health.setpoint.titration.labs.LabTest;
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

@DisplayName("The history")
class HistoryTest {

    private static String snomed(String code) {
        return "code: {coding: [{system: 'http://snomed.info/sct', code: '" + code + "'}]}";
    }

    private static String icd(String code) {
        return "code: {coding: [{system: 'http://hl7.org/fhir/sid/icd-10-cm', code: '" + code + "'}]}";
    }

    private static ChartOutcome.Read condition(String members) {
        return Chart.of()
                .with("conditions", "{resourceType: 'Condition', id: 'c', " + members + "}")
                .read();
    }

    private static List<Diagnosis> diagnoses(String members) {
        return condition(members).facts().conditions().stream()
                .map(Condition::diagnosis)
                .toList();
    }

    private static List<Symptom> symptoms(String members) {
        return condition(members).facts().symptoms().stream()
                .map(SymptomReport::symptom)
                .toList();
    }

    private static String status(String clinical) {
        return "clinicalStatus: {coding: [{code: '" + clinical + "'}]}, ";
    }

    @TestFactory
    Stream<DynamicTest> diagnosisCodes() {
        return Stream.of(
                        new Object[] {Diagnosis.OSTEOPOROSIS, snomed("64859006")},
                        new Object[] {Diagnosis.OSTEOPOROSIS, icd("M80.08XA")},
                        new Object[] {Diagnosis.BREAST_CANCER, icd("C50.921")},
                        new Object[] {Diagnosis.PROSTATE_CANCER, icd("C61")},
                        new Object[] {Diagnosis.ISCHEMIC_HEART_DISEASE, icd("I25.10")},
                        new Object[] {Diagnosis.SLEEP_APNEA, snomed("78275009")})
                .map(row -> dynamicTest(
                        "knows " + row[0] + " by " + row[1],
                        () -> assertTrue(diagnoses((String) row[1]).contains(row[0]))));
    }

    @Test
    @DisplayName("counts a cancer in any status, and says whether it is active")
    void pastCancer() {
        var past =
                condition(status("resolved") + icd("C61")).facts().conditions().get(0);
        assertEquals(false, past.active());
        assertEquals(true, condition(icd("C61")).facts().conditions().get(0).active());
    }

    @Test
    @DisplayName("leaves out what was refuted or entered in error, in every shape of the status")
    void refuted() {
        assertTrue(diagnoses("verificationStatus: {coding: [{code: 'refuted'}]}, " + icd("C61"))
                .isEmpty());
        assertTrue(diagnoses("verificationStatus: [{coding: {code: 'entered-in-error'}}], " + icd("C61"))
                .isEmpty());
        assertTrue(diagnoses("verificationStatus: 'refuted', " + icd("C61")).isEmpty());
        assertEquals(
                1,
                diagnoses("verificationStatus: {coding: [{code: 'provisional'}]}, " + icd("C61"))
                        .size());
    }

    @TestFactory
    Stream<DynamicTest> symptomStatuses() {
        return Stream.of(
                        "active true",
                        "recurrence true",
                        "relapse true",
                        "inactive false",
                        "remission false",
                        "resolved false")
                .map(row -> row.split(" "))
                .map(row -> dynamicTest(
                        "counts a symptom that is " + row[0] + ": " + row[1],
                        () -> assertEquals(
                                Boolean.parseBoolean(row[1]),
                                symptoms(status(row[0]) + snomed("4754008")).contains(Symptom.GYNECOMASTIA))));
    }

    @TestFactory
    Stream<DynamicTest> onsets() {
        return Stream.of(
                        new String[] {
                            "its onset", "2026-02-01", "onsetDateTime: '2026-02-01', recordedDate: '2026-02-20'"
                        },
                        new String[] {"the start of its onset", "2026-02-01", "onsetPeriod: {start: '2026-02-01'}"},
                        new String[] {
                            "the day it was recorded where there is no onset",
                            "2026-02-20",
                            "recordedDate: '2026-02-20'"
                        },
                        new String[] {"the day it was asserted in STU3", "2026-02-20", "assertedDate: '2026-02-20'"},
                        new String[] {
                            "the first day of a year as its onset",
                            "2019-01-01",
                            "onsetDateTime: '2019', recordedDate: '2026-02-20'"
                        },
                        new String[] {
                            "no day where its onset is an age", "", "onsetAge: {value: 40}, recordedDate: '2026-02-20'"
                        },
                        new String[] {"no day where there is none", "", "note: []"})
                .map(row -> dynamicTest(
                        "dates a symptom by " + row[0],
                        () -> assertEquals(
                                row[1].isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(row[1])),
                                condition(row[2] + ", " + snomed("4754008"))
                                        .facts()
                                        .symptoms()
                                        .get(0)
                                        .since())));
    }

    @Test
    @DisplayName("takes symptoms that no code names by their words, and no others")
    void words() {
        assertEquals(List.of(Symptom.ANORGASMIA), symptoms("code: {text: 'Anorgasmia'}"));
        assertTrue(symptoms("code: {text: 'No gynecomastia'}").isEmpty());
    }

    @Test
    @DisplayName("never counts a family member's")
    void family() {
        var facts = Chart.of()
                .key(
                        "family",
                        "{resourceType: 'FamilyMemberHistory', id: 'f', patient: {reference: 'Patient/p'}, condition: [{"
                                + snomed("254837009") + "}]}")
                .facts();
        assertTrue(facts.conditions().isEmpty());
    }

    // --- symptoms as observations and answers ---

    private static List<SymptomReport> observed(String... observations) {
        var chart = Chart.of();
        for (int i = 0; i < observations.length; i++) {
            chart.with("observations", "{resourceType: 'Observation', id: 'o" + i + "', " + observations[i] + "}");
        }
        return chart.facts().symptoms();
    }

    @TestFactory
    Stream<DynamicTest> observations() {
        var joint = "status: 'final', effectiveDateTime: '2026-02-20', " + snomed("57676002");
        return Stream.of(
                        new Object[] {true, joint},
                        new Object[] {true, joint + ", valueBoolean: true"},
                        new Object[] {true, joint + ", valueCodeableConcept: {coding: [{code: '52101004'}]}"},
                        new Object[] {true, joint + ", valueCodeableConcept: {coding: [{code: 'LA33-6'}]}"},
                        new Object[] {true, joint + ", valueCodeableConcept: {text: 'Yes'}"},
                        new Object[] {true, joint + ", valueString: 'present'"},
                        new Object[] {
                            true,
                            "status: 'final', code: {text: 'Symptom'}, valueCodeableConcept: {coding: [{system: 'http://snomed.info/sct', code: '57676002'}]}"
                        },
                        new Object[] {
                            true,
                            "status: 'final', code: {text: 'Review'}, component: [{" + snomed("57676002")
                                    + ", valueBoolean: true}]"
                        },
                        new Object[] {false, joint + ", valueBoolean: false"},
                        new Object[] {false, joint + ", valueCodeableConcept: {coding: [{code: '2667000'}]}"},
                        new Object[] {false, joint + ", valueCodeableConcept: {text: 'perhaps'}"},
                        new Object[] {false, joint + ", valueInteger: 3"},
                        new Object[] {false, joint + ", dataAbsentReason: {text: 'not asked'}"},
                        new Object[] {false, joint.replace("final", "preliminary")},
                        new Object[] {false, joint.replace("final", "entered-in-error")},
                        new Object[] {
                            false,
                            "status: 'final', code: {text: 'Family history'}, valueCodeableConcept: {coding: [{system: 'http://snomed.info/sct', code: '57676002'}]}"
                        })
                .map(row -> dynamicTest("of the observation " + row[1] + " is a symptom: " + row[0], () -> {
                    var found = observed((String) row[1]);
                    assertEquals(
                            row[0],
                            found.stream()
                                    .anyMatch(report -> report.symptom() == Symptom.JOINT_PAIN
                                            && report.origin() == SymptomReport.Origin.OBSERVATION));
                }));
    }

    @Test
    @DisplayName("believes the newest of several observations of one symptom")
    void newest() {
        var present = "status: 'final', effectiveDateTime: '2026-01-20', valueBoolean: true, " + snomed("57676002");
        var absent = "status: 'final', effectiveDateTime: '2026-02-20', valueBoolean: false, " + snomed("57676002");
        assertTrue(observed(present, absent).isEmpty());
        assertEquals(1, observed(present, absent.replace("2026-02", "2025-12")).size());
    }

    @TestFactory
    Stream<DynamicTest> answers() {
        return Stream.of(
                        new Object[] {
                            true,
                            "item: [{linkId: '1', item: [{linkId: '1.1', answer: [{valueCoding: {system: 'http://snomed.info/sct', code: '8357008'}}]}]}]"
                        },
                        new Object[] {true, "item: [{linkId: '8357008', answer: [{valueBoolean: true}]}]"},
                        new Object[] {
                            true,
                            "item: {linkId: 'x', definition: 'http://snomed.info/sct/8357008', answer: {valueCoding: {code: 'LA33-6'}}}"
                        },
                        new Object[] {
                            true,
                            "item: [{linkId: 'x', code: [{system: 'http://snomed.info/sct', code: '8357008'}], answer: [{valueString: 'yes'}]}]"
                        },
                        new Object[] {false, "item: [{linkId: '8357008', answer: [{valueBoolean: false}]}]"},
                        new Object[] {false, "item: [{linkId: '8357008'}]"},
                        new Object[] {false, "item: [{linkId: '8357008', answer: [{valueInteger: 3}]}]"},
                        new Object[] {false, "item: 7"})
                .map(row -> dynamicTest("of the answers " + row[1] + " has a symptom: " + row[0], () -> {
                    var facts = Chart.of()
                            .with(
                                    "questionnaireResponses",
                                    "{resourceType: 'QuestionnaireResponse', id: 'q', status: 'completed', authored: '2026-02-20T10:00:00Z', "
                                            + row[1] + "}")
                            .facts();
                    assertEquals(
                            row[0].equals(true)
                                    ? List.of(new SymptomReport(
                                            Symptom.REDUCED_LIBIDO,
                                            SymptomReport.Origin.QUESTIONNAIRE,
                                            Optional.of(LocalDate.of(2026, 2, 20)),
                                            "QuestionnaireResponse/q"))
                                    : List.of(),
                            facts.symptoms());
                }));
    }

    @Test
    @DisplayName("leaves out a questionnaire that is not completed")
    void unfinished() {
        var facts = Chart.of()
                .with(
                        "questionnaireResponses",
                        "{resourceType: 'QuestionnaireResponse', id: 'q', status: 'in-progress', item: [{linkId: '8357008', answer: [{valueBoolean: true}]}]}")
                .facts();
        assertTrue(facts.symptoms().isEmpty());
    }

    // --- allergies ---

    @TestFactory
    Stream<DynamicTest> allergies() {
        var rxnorm = "code: {coding: [{system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '84857'}]}";
        return Stream.of(
                        new Object[] {"anastrozole", rxnorm},
                        new Object[] {"anastrozole", "code: {text: 'Arimidex'}"},
                        new Object[] {
                            "anastrozole",
                            "code: {text: 'drug allergy'}, reaction: [{substance: {text: 'anastrozole'}}]"
                        },
                        new Object[] {"titanium dioxide", "code: {text: 'Titanium dioxide'}"},
                        new Object[] {"lactose", "type: 'allergy', code: {text: 'Lactose'}"},
                        new Object[] {"lactose", "code: {text: 'Lactose monohydrate'}"},
                        new Object[] {"", "type: 'intolerance', code: {text: 'Lactose'}"},
                        new Object[] {"", "code: {text: 'Lactose intolerance'}"},
                        new Object[] {"", "code: {text: 'Povidone-iodine'}"},
                        new Object[] {"", "code: {text: 'Penicillin'}"},
                        new Object[] {"", "verificationStatus: {coding: [{code: 'refuted'}]}, " + rxnorm},
                        new Object[] {"", "verificationStatus: {coding: [{code: 'entered-in-error'}]}, " + rxnorm},
                        new Object[] {"", "clinicalStatus: {coding: [{code: 'resolved'}]}, " + rxnorm},
                        new Object[] {"", "code: {text: 'No known allergies'}"})
                .map(row -> dynamicTest("of the allergy " + row[1] + " names [" + row[0] + "]", () -> {
                    var facts = Chart.of()
                            .with("allergies", "{resourceType: 'AllergyIntolerance', id: 'a', " + row[1] + "}")
                            .facts();
                    assertEquals(
                            row[0].equals("")
                                    ? List.of()
                                    : List.of(new Hypersensitivity(
                                            (String) row[0], "AllergyIntolerance/a", row[1] != rxnorm)),
                            facts.hypersensitivities());
                }));
    }

    // --- requests ---

    private static String loinc(String code) {
        return "code: {coding: [{system: 'http://loinc.org', code: '" + code + "'}]}";
    }

    @TestFactory
    Stream<DynamicTest> requests() {
        return Stream.of(
                        new Object[] {"ESTRADIOL", "status: 'active', intent: 'order', " + loinc("2243-4")},
                        new Object[] {"CBC", "status: 'active', intent: 'order', " + loinc("58410-2")},
                        new Object[] {"DXA", "status: 'active', intent: 'order', " + snomed("312681000")},
                        new Object[] {
                            "ESTRADIOL",
                            "status: 'active', code: {concept: {coding: [{system: 'http://loinc.org', code: '2243-4'}]}}"
                        },
                        new Object[] {"ESTRADIOL", "status: 'active', intent: 'order', code: {text: 'Estradiol'}"},
                        new Object[] {
                            "ESTRADIOL",
                            "status: 'active', code: {coding: [{system: 'urn:local', code: '5', display: 'ESTRADIOL SENSITIVE'}]}"
                        },
                        new Object[] {"PSA", "status: 'active', code: {text: 'PSA'}"},
                        new Object[] {"", "status: 'completed', code: {text: 'Estradiol'}"},
                        new Object[] {"", "status: 'active', code: {text: 'Estriol'}"},
                        new Object[] {"", "status: 'completed', " + loinc("2243-4")},
                        new Object[] {"", "status: 'revoked', " + loinc("2243-4")},
                        new Object[] {"", "status: 'active', intent: 'proposal', " + loinc("2243-4")},
                        new Object[] {"", "status: 'active', doNotPerform: true, " + loinc("2243-4")},
                        new Object[] {"", "status: 'active', code: {coding: [{}]}"})
                .map(row -> dynamicTest("of the request " + row[1] + " asks for [" + row[0] + "]", () -> {
                    var facts = Chart.of()
                            .with("serviceRequests", "{resourceType: 'ServiceRequest', id: 'r', " + row[1] + "}")
                            .facts();
                    assertEquals(
                            row[0].equals("")
                                    ? List.of()
                                    : List.of(new LabRequest(
                                            LabTest.valueOf((String) row[0]), false, "ServiceRequest/r")),
                            facts.labRequests());
                }));
    }

    @Test
    @DisplayName("reads drafted requests, and tells an immunoassay")
    void draftedRequest() {
        var facts = Chart.of()
                .draft("{resourceType: 'ServiceRequest', id: 'r', status: 'draft', intent: 'order', " + loinc("83096-8")
                        + "}")
                .facts();
        assertEquals(List.of(new LabRequest(LabTest.ESTRADIOL, true, "ServiceRequest/r")), facts.labRequests());
    }

    @Test
    @DisplayName("reads the sandbox's imaging draft without a code")
    void pama() {
        var read = Chart.of()
                .draft(
                        "{resourceType: 'ServiceRequest', id: 'example-request-id', status: 'draft', intent: 'plan', code: {coding: [{}]}, reasonCode: []}")
                .read();
        assertTrue(read.facts().labRequests().isEmpty());
    }
}
