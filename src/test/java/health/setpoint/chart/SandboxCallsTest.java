package health.setpoint.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.titration.facts.Gap;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.person.Sex;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Formulation;
import health.setpoint.titration.therapy.Route;
import health.setpoint.titration.therapy.WeeklyDose;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Calls that the public sandbox client really sent, read under the keys of our own discovery. */
@DisplayName("A call of the public sandbox client")
class SandboxCallsTest {

    private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 24, 9, 0);

    private static ChartOutcome.Read read(String name) {
        return (ChartOutcome.Read) Chart.READER.read(Chart.request(Chart.call("sandbox/" + name), NOW));
    }

    private static Course draft(ChartOutcome.Read read) {
        return read.facts().courses().stream()
                .filter(Course::isDraft)
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("at patient-view gives the man, his three results and his testosterone as order and statement")
    void patientView() {
        var facts = read("patient-view").facts();
        assertEquals(Sex.MALE, facts.person().sex());
        assertEquals(LocalDate.of(1974, 2, 11), facts.person().birthDate().orElseThrow());
        assertEquals(3, facts.labs().size());
        var estradiol = facts.labs().stream()
                .filter(lab -> lab.analyte() == Analyte.ESTRADIOL)
                .findFirst()
                .orElseThrow();
        var value = (Reading.Measured) estradiol.reading();
        assertEquals(new BigDecimal("72"), value.amount());
        assertEquals(new ClinicalTime.OnDay(LocalDate.of(2026, 11, 14)), estradiol.drawn());
        assertEquals(new BigDecimal("35"), estradiol.upperLimit().orElseThrow());
        assertEquals(2, facts.courses().size());
        for (var course : facts.courses()) {
            assertEquals(Drug.TESTOSTERONE, course.drug());
            assertEquals(Formulation.CYPIONATE, course.formulation());
            assertEquals(Route.INTRAMUSCULAR, course.route());
            assertTrue(course.isActive());
            assertEquals(new Dosage.Weekly(WeeklyDose.of("200"), BigDecimal.ONE), course.dosage());
        }
    }

    @Test
    @DisplayName("names the optional data that it did not send")
    void gaps() {
        var gaps = read("patient-view").facts().gaps();
        assertTrue(gaps.contains(new Gap(Gap.Part.CONDITIONS, Gap.Why.NOT_SENT)));
        assertTrue(gaps.stream().noneMatch(gap -> gap.data() == Gap.Part.MEDICATION_STATEMENTS));
    }

    @Test
    @DisplayName("before a medication is chosen has no draft that a rule could judge, and says so")
    void noMedicationYet() {
        var read = read("order-select-01-on-entering-view-no-medication");
        assertTrue(read.facts().courses().stream().noneMatch(Course::isDraft));
        assertTrue(read.notes().stream().anyMatch(note -> note.text().equals("no medication is chosen yet")));
    }

    @Test
    @DisplayName("counts pills of the one product that the code names")
    void pills() {
        var draft = draft(read("order-select-02-medication-chosen"));
        assertEquals(Drug.ANASTROZOLE, draft.drug());
        assertTrue(draft.selected());
        assertEquals(new Dosage.Weekly(WeeklyDose.of("7"), BigDecimal.valueOf(7)), draft.dosage());
        assertTrue(read("order-select-02-medication-chosen").orders().containsKey("MedicationRequest/request-123"));
        assertEquals(false, draft.forCancer());
    }

    @Test
    @DisplayName("at order-sign counts two pills twice daily")
    void twoPillsTwiceDaily() {
        assertEquals(
                new Dosage.Weekly(WeeklyDose.of("28"), BigDecimal.valueOf(14)),
                draft(read("order-sign")).dosage());
    }
}
