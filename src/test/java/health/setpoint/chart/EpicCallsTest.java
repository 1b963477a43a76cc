package health.setpoint.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.person.SymptomReport;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Route;
import health.setpoint.titration.therapy.WeeklyDose;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A call in the shape that Epic's public tutorial describes: Medications as sibling entries, RxNorm among codes of its
 * own, three doses for one intake, an OperationOutcome where a search found nothing. Patient and values are made up.
 */
@DisplayName("A call in Epic's shape")
class EpicCallsTest {

    private static final ChartOutcome.Read READ = (ChartOutcome.Read)
            Chart.READER.read(Chart.request(Chart.call("epic/order-sign"), LocalDateTime.of(2026, 11, 24, 9, 0)));

    private static Course course(Drug drug) {
        return READ.facts().courses().stream()
                .filter(course -> course.drug() == drug)
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("has its draft of anastrozole with the ordered dose, from the sibling Medication")
    void draft() {
        var draft = course(Drug.ANASTROZOLE);
        assertTrue(draft.isDraft() && draft.selected());
        assertFalse(draft.matchedByText());
        assertEquals(Route.ORAL, draft.route());
        assertEquals(new Dosage.Weekly(WeeklyDose.of("1"), BigDecimal.valueOf(2)), draft.dosage());
        assertEquals(Optional.of(LocalDate.of(2026, 11, 24)), draft.boundsStart());
        assertEquals("MedicationRequest/eD1", draft.reference());
    }

    @Test
    @DisplayName("has its testosterone order, from the included Medication")
    void testosterone() {
        var order = course(Drug.TESTOSTERONE);
        assertTrue(order.isActive());
        assertEquals(Route.INTRAMUSCULAR, order.route());
        assertEquals(new Dosage.Weekly(WeeklyDose.of("100"), BigDecimal.ONE), order.dosage());
    }

    @Test
    @DisplayName("has its results at the hour of the draw, with the method that the local name states")
    void results() {
        var estradiol = READ.facts().labs().stream()
                .filter(lab -> lab.analyte() == Analyte.ESTRADIOL)
                .findFirst()
                .orElseThrow();
        assertEquals(Assay.MASS_SPECTROMETRY, estradiol.assay());
        assertEquals(new ClinicalTime.At(LocalDateTime.of(2026, 11, 14, 8, 5)), estradiol.drawn());
        assertEquals(3, READ.facts().labs().size());
    }

    @Test
    @DisplayName("has a symptom that two codes of one Condition name once")
    void symptom() {
        assertEquals(
                List.of(new SymptomReport(
                        Symptom.GYNECOMASTIA,
                        SymptomReport.Origin.CONDITION,
                        Optional.of(LocalDate.of(2026, 9, 1)),
                        "Condition/c1")),
                READ.facts().symptoms());
    }

    @Test
    @DisplayName("misses nothing: a search that found nothing is no gap")
    void noGaps() {
        assertEquals(List.of(), READ.facts().gaps());
    }
}
