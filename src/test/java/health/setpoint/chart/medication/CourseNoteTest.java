package health.setpoint.chart.medication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.WeeklyDose;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The note of a medication record")
class CourseNoteTest {

    private static final WeeklyDose DOSE = new WeeklyDose(BigDecimal.ONE);

    private static final List<Dosage> ONE_OF_EACH_KIND = List.of(
            new Dosage.Weekly(DOSE, BigDecimal.ONE),
            new Dosage.Range(DOSE),
            new Dosage.Single(),
            new Dosage.Depot(),
            new Dosage.Unreadable("The dose has no unit.", "1"),
            new Dosage.NotTaken(DOSE, Optional.empty()));

    @Test
    @DisplayName("has words of its own for every kind of dosage")
    void everyKindOfDosage() {
        var kinds = ONE_OF_EACH_KIND.stream().map(Object::getClass).collect(Collectors.toSet());
        assertEquals(Set.of(Dosage.class.getPermittedSubclasses()), kinds, "a kind of dosage has no example here");
        var words = ONE_OF_EACH_KIND.stream().map(CourseNote::dose).collect(Collectors.toSet());
        assertEquals(kinds.size(), words.size(), () -> "two kinds are told in the same words: " + words);
        words.forEach(each -> assertFalse(each.isBlank()));
    }
}
