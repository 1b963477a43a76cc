package health.setpoint.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.Drug;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A chart in the shapes of another FHIR version")
class VersionsTest {

    private static final String ANASTROZOLE =
            "{coding: [{system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '199224'}]}";
    private static final String CYPIONATE =
            "{coding: [{system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '835840'}]}";
    private static final String WEEKLY = "timing: {repeat: {frequency: 1, period: 1, periodUnit: 'wk'}}";

    /** The same chart, as each version writes it. */
    private enum Version {
        R4 {
            @Override
            Chart chart() {
                return common().with(
                                "medicationRequests",
                                order("medicationCodeableConcept: " + ANASTROZOLE, dose("doseAndRate")))
                        .with("medicationStatements", statement("status: 'active'", "medicationCodeableConcept"))
                        .with(
                                "medicationAdministrations",
                                given("medicationCodeableConcept: " + CYPIONATE, "effectiveDateTime"))
                        .with("conditions", problem("clinicalStatus: {coding: [{code: 'resolved'}]}"));
            }
        },
        R4B {
            @Override
            Chart chart() {
                return R4.chart();
            }
        },
        STU3 {
            @Override
            Chart chart() {
                return common().with(
                                "medicationRequests",
                                order("medicationCodeableConcept: " + ANASTROZOLE, "doseQuantity: " + MG))
                        .with(
                                "medicationStatements",
                                statement("status: 'active', taken: 'y'", "medicationCodeableConcept"))
                        .with(
                                "medicationAdministrations",
                                given("medicationCodeableConcept: " + CYPIONATE, "effectiveDateTime"))
                        .with("conditions", problem("clinicalStatus: 'resolved'"));
            }
        },
        R5 {
            @Override
            Chart chart() {
                return common().with(
                                "medicationRequests",
                                order(
                                        "medication: {reference: {reference: '#m'}}, contained:"
                                                + " [{resourceType: 'Medication', id: 'm', code: " + ANASTROZOLE + "}]",
                                        dose("doseAndRate")))
                        .with(
                                "medicationStatements",
                                statement(
                                        "status: 'recorded', adherence: {code: {coding:" + " [{code: 'taking'}]}}",
                                        "medication: {concept"))
                        .with(
                                "medicationAdministrations",
                                given("medication: {concept: " + CYPIONATE + "}", "occurenceDateTime"))
                        .with("conditions", problem("clinicalStatus: {coding: [{code: 'resolved'}]}"));
            }
        };

        static final String MG = "{value: 0.5, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg'}";

        abstract Chart chart();

        private static String dose(String member) {
            return member + ": [{doseQuantity: " + MG + "}]";
        }

        private static Chart common() {
            return Chart.of()
                    .lab("{resourceType: 'Observation', id: 'e2', status: 'final', code: {coding: [{system:"
                            + " 'http://loinc.org', code: '2243-4'}]}, effectiveDateTime: '2026-02-27', valueQuantity:"
                            + " {value: 62, unit: 'pg/mL'}}");
        }

        private static String order(String medication, String dose) {
            return "{resourceType: 'MedicationRequest', id: 'o', status: 'active', intent: 'order', authoredOn:"
                    + " '2026-01-01', " + medication + ", dosageInstruction: [{" + WEEKLY + ", " + dose + "}]}";
        }

        private static String statement(String status, String medication) {
            var isNested = medication.contains("{");
            return "{resourceType: 'MedicationStatement', id: 's', " + status + ", " + medication + ": " + CYPIONATE
                    + (isNested ? "}" : "") + ", effectivePeriod: {start: '2025-06-01'}}";
        }

        private static String given(String medication, String time) {
            return "{resourceType: 'MedicationAdministration', id: 'a', status: 'completed', " + medication + ", "
                    + time + ": '2026-02-20'}";
        }

        private static String problem(String status) {
            return "{resourceType: 'Condition', id: 'c', " + status + ", code: {coding: [{system:"
                    + " 'http://snomed.info/sct', code: '64859006'}]}}";
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @DisplayName("gives the facts that it gives in R4")
    void sameFacts(Version version) {
        var facts = version.chart().facts();
        assertEquals(Version.R4.chart().facts(), facts);
        assertEquals(
                62, ((Reading.Measured) facts.labs().get(0).reading()).amount().intValueExact());
        assertEquals(Analyte.ESTRADIOL, facts.labs().get(0).analyte());
        var order = course(facts, "MedicationRequest/o");
        assertEquals(Drug.ANASTROZOLE, order.drug());
        assertEquals(
                "0.5",
                ((Dosage.Weekly) order.dosage())
                        .dose()
                        .mg()
                        .stripTrailingZeros()
                        .toPlainString());
        assertEquals(Course.State.ACTIVE, course(facts, "MedicationStatement/s").state());
        assertEquals(
                "2026-02-20",
                course(facts, "MedicationAdministration/a")
                        .effectiveStart()
                        .orElseThrow()
                        .toString());
        assertEquals(Diagnosis.OSTEOPOROSIS, facts.conditions().get(0).diagnosis());
        assertTrue(!facts.conditions().get(0).active());
    }

    private static Course course(Facts facts, String reference) {
        return facts.courses().stream()
                .filter(course -> course.reference().equals(reference))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status: 'active', taken: 'n'",
                "status: 'active', wasNotTaken: true",
                "status: 'recorded', adherence: {code: {coding: [{code: 'not-taking'}]}}"
            })
    @DisplayName("knows what is not taken")
    void notTaken(String status) {
        var courses = Chart.of()
                .with(
                        "medicationStatements",
                        "{resourceType: 'MedicationStatement', id: 's', " + status + ", medicationCodeableConcept: "
                                + ANASTROZOLE + "}")
                .facts()
                .courses();
        assertEquals(Course.State.NOT_TAKEN, courses.get(0).state());
    }

    @Test
    @DisplayName("counts nothing as given, dispensed or inserted that STU3 says was not")
    void notDone() {
        var given = "medicationCodeableConcept: " + CYPIONATE + ", effectiveDateTime: '2026-02-20'}";
        var chart = Chart.of();
        Map.of(
                        "medicationAdministrations",
                        List.of(
                                "{resourceType: 'MedicationAdministration', id: 'a', status: 'completed', notGiven: true, "
                                        + given,
                                "{resourceType: 'MedicationAdministration', id: 'b', status: 'completed',"
                                        + " wasNotGiven: true, " + given),
                        "medicationDispenses",
                        List.of("{resourceType: 'MedicationDispense', id: 'd', status: 'completed', whenHandedOver:"
                                + " '2026-02-20', notDoneCodeableConcept: {text: 'refused'}, " + given),
                        "observations",
                        List.of("{resourceType: 'Procedure', id: 'p', status: 'completed', notDone: true,"
                                + " performedDateTime: '2026-02-20', code: {text: 'testosterone pellet insertion'}}"))
                .forEach((key, resources) -> resources.forEach(resource -> chart.with(key, resource)));
        assertEquals(List.of(), chart.facts().courses());
        assertEquals(List.of(), chart.facts().injections());
    }

    @Test
    @DisplayName("counts a pellet procedure by the time of any version")
    void procedures() {
        for (var time : List.of("performedDateTime", "occurrenceDateTime")) {
            var courses = Chart.of()
                    .with(
                            "observations",
                            "{resourceType: 'Procedure', id: 'p', status: 'completed', " + time
                                    + ": '2026-02-20', code: {text: 'testosterone pellet insertion'}}")
                    .facts()
                    .courses();
            assertEquals(
                    "2026-02-20", courses.get(0).effectiveStart().orElseThrow().toString(), time);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"asNeededBoolean: true", "asNeeded: true", "asNeededFor: [{text: 'pain'}]"})
    @DisplayName("computes no weekly dose of what is taken as needed")
    void asNeeded(String member) {
        var order =
                Version.order("medicationCodeableConcept: " + ANASTROZOLE, member + ", doseQuantity: " + Version.MG);
        var dosage = Chart.of()
                .with("medicationRequests", order)
                .facts()
                .courses()
                .get(0)
                .dosage();
        assertTrue(!(dosage instanceof Dosage.Weekly), dosage.toString());
    }

    @Test
    @DisplayName("knows a complaint that is over, which STU3 writes as a plain code")
    void overInStu3() {
        var code = "code: {coding: [{system: 'http://snomed.info/sct', code: '4754008'}]}}";
        var over = Chart.of()
                .with("conditions", "{resourceType: 'Condition', id: 'c', clinicalStatus: 'resolved', " + code);
        assertEquals(List.of(), over.facts().symptoms());
        var stands =
                Chart.of().with("conditions", "{resourceType: 'Condition', id: 'c', clinicalStatus: 'active', " + code);
        assertEquals(Symptom.GYNECOMASTIA, stands.facts().symptoms().get(0).symptom());
    }

    @ParameterizedTest
    @ValueSource(strings = {"MedicationOrder", "DiagnosticOrder", "MedicationPrescription"})
    @DisplayName("is refused by the name of the version where its resources are those of DSTU2")
    void dstu2(String type) {
        var refused = Chart.of()
                .with("medicationRequests", "{resourceType: '" + type + "', id: 'x', status: 'active'}")
                .refused();
        assertEquals(ChartOutcome.Kind.BAD_REQUEST, refused.kind());
        assertTrue(refused.problems().get(0).text().contains("DSTU2"));
    }
}
