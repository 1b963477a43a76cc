package health.setpoint.chart.fhir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import health.setpoint.chart.Chart;
import health.setpoint.chart.ChartOutcome;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("Every resource of a request is of one patient")
class PatientMatchTest {

    private static String condition(String owner) {
        return "{resourceType: 'Condition', id: 'c', " + owner
                + " code: {coding: [{system: 'http://snomed.info/sct', code: '64859006'}]}}";
    }

    private static String order(String owner) {
        return "{resourceType: 'MedicationRequest', id: 'd', status: 'draft', intent: 'order', " + owner
                + " medicationCodeableConcept: {coding: [{system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code:"
                + " '199224'}]}}";
    }

    @TestFactory
    Stream<DynamicTest> same() {
        return Stream.of(
                        "subject: {reference: 'Patient/p'},",
                        "subject: {reference: 'Patient/p/_history/3'},",
                        "subject: {reference: 'https://ehr.example/api/FHIR/R4/Patient/p'},",
                        "subject: {reference: 'p'},",
                        "subject: [{reference: 'Patient/p'}],",
                        "patient: {reference: 'Patient/p'},",
                        "subject: {display: 'no reference'},",
                        "subject: {reference: 7},",
                        "subject: 'Patient/p',",
                        "")
                .map(owner -> dynamicTest("where it says " + owner, () -> {
                    assertEquals(
                            1,
                            Chart.of()
                                    .with("conditions", condition(owner))
                                    .facts()
                                    .conditions()
                                    .size());
                    assertEquals(
                            1, Chart.of().draft(order(owner)).facts().courses().size());
                }));
    }

    @TestFactory
    Stream<DynamicTest> other() {
        return Stream.of(
                        "subject: {reference: 'Patient/q'},",
                        "subject: {reference: 'https://ehr.example/Patient/q'},",
                        "patient: {reference: 'Patient/q'},",
                        "subject: {reference: 'Patient/p'}, patient: {reference: 'Patient/q'},",
                        "subject: {reference: 'q'},",
                        "subject: {reference: 'urn:uuid:0d0d0d0d-0000-0000-0000-000000000000'},",
                        "subject: {reference: 'Patient/P'},")
                .map(owner -> dynamicTest("and is refused where it says " + owner, () -> {
                    var refused =
                            Chart.of().with("conditions", condition(owner)).refused();
                    assertEquals(ChartOutcome.Kind.BAD_REQUEST, refused.kind());
                    assertEquals(
                            "prefetch.conditions.entry[0].resource",
                            refused.problems().get(0).location());
                    assertEquals(
                            ChartOutcome.Kind.BAD_REQUEST,
                            Chart.of().draft(order(owner)).refused().kind());
                }));
    }

    @Test
    @DisplayName("the Patient itself included")
    void patient() {
        var refused = Chart.of()
                .key("patient", "{resourceType: 'Patient', id: 'q', gender: 'male'}")
                .refused();
        assertEquals(ChartOutcome.Kind.BAD_REQUEST, refused.kind());
        assertFalse(refused.problems().get(0).text().contains("'q'"));
    }

    @Test
    @DisplayName("which counts before missing data does")
    void beforeMissingData() {
        var chart = Chart.of().without("labs").with("conditions", condition("subject: {reference: 'Patient/q'},"));
        assertEquals(ChartOutcome.Kind.BAD_REQUEST, chart.refused().kind());
    }

    @Test
    @DisplayName("a reference by uuid is followed to the entry that bears it")
    void uuid() {
        var bundle =
                "{resourceType: 'Bundle', entry: [{fullUrl: 'urn:uuid:aaaaaaaa-0000-0000-0000-000000000001', resource:"
                        + " {resourceType: 'Patient', id: '%s', gender: 'male'}}, {resource: "
                        + condition("subject: {reference: 'urn:uuid:aaaaaaaa-0000-0000-0000-000000000001'},") + "}]}";
        assertEquals(
                1,
                Chart.of()
                        .key("own", bundle.formatted("p"))
                        .facts()
                        .conditions()
                        .size());
        assertEquals(
                ChartOutcome.Kind.BAD_REQUEST,
                Chart.of().key("own", bundle.formatted("q")).refused().kind());
    }

    @Test
    @DisplayName("a resource of a group is left out and named, without refusing the call")
    void group() {
        var read = Chart.of()
                .with("conditions", condition("subject: {reference: 'Group/g'},"))
                .read();
        assertTrue(read.facts().conditions().isEmpty());
        assertTrue(read.notes().stream().anyMatch(note -> note.text().equals("its subject is not a patient")));
    }

    @Test
    @DisplayName("a resource of FHIR DSTU2 is refused by the name of its version")
    void dstu2() {
        var refused =
                Chart.of().draft("{resourceType: 'MedicationOrder', id: 'm'}").refused();
        assertEquals(ChartOutcome.Kind.BAD_REQUEST, refused.kind());
        assertTrue(refused.problems().get(0).text().contains("DSTU2"));
    }
}
