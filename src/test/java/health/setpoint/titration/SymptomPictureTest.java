package health.setpoint.titration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.parameter.SiteChoices;
import health.setpoint.titration.labs.Band;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.person.SymptomReport;
import health.setpoint.titration.person.SymptomReport.Origin;
import health.setpoint.titration.picture.SymptomPicture;
import health.setpoint.titration.policy.Policy;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SymptomPictureTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 29);
    private static final Knowledge KNOWLEDGE = Knowledge.load();

    @Test
    void libidoCountsWhereASiteHasNotChosenOtherwise() {
        var picture = picture(policy("yes"), Symptom.REDUCED_LIBIDO, Symptom.FLUID_RETENTION);
        assertEquals(true, picture.high());
        assertEquals(true, picture.sexualNeeded());
    }

    @Test
    void libidoDoesNotCountOnTheHighSideWhereASiteChoseSo() {
        var picture = picture(policy("no"), Symptom.REDUCED_LIBIDO, Symptom.FLUID_RETENTION);
        assertEquals(false, picture.high());
        assertEquals(false, picture.sexualNeeded());
        assertEquals(
                true,
                picture(policy("no"), Symptom.MOOD_SWINGS, Symptom.FLUID_RETENTION)
                        .high());
    }

    @Test
    void libidoIsNotNeededBesideWhatIsEnoughAlone() {
        assertEquals(
                false,
                picture(policy("yes"), Symptom.REDUCED_LIBIDO, Symptom.GYNECOMASTIA)
                        .sexualNeeded());
        assertEquals(
                false,
                picture(policy("yes"), Symptom.REDUCED_LIBIDO, Symptom.MOOD_SWINGS, Symptom.BLOATING)
                        .sexualNeeded());
    }

    private static Policy policy(String choice) {
        return KNOWLEDGE
                .calendar(SiteChoices.none().with("symptoms.sexual-counts-for-high", choice))
                .on(TODAY);
    }

    private static SymptomPicture picture(Policy policy, Symptom... symptoms) {
        return SymptomPicture.of(
                Stream.of(symptoms)
                        .map(symptom -> new SymptomReport(
                                symptom, Origin.CONDITION, Optional.of(TODAY.minusDays(30)), "Condition/1"))
                        .toList(),
                Optional.of(Band.BORDERLINE),
                Optional.empty(),
                false,
                TODAY,
                policy);
    }
}
