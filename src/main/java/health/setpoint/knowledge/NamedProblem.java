package health.setpoint.knowledge;

import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.person.Symptom;
import java.util.Optional;

/**
 * A problem that a text names: a diagnosis or a symptom.
 *
 * @param his the text says that the patient has or had it; else it is the family's, looked for, suspected or ruled out
 */
public record NamedProblem(Optional<Diagnosis> diagnosis, Optional<Symptom> symptom, boolean his) {

    boolean isSame(NamedProblem other) {
        return diagnosis.equals(other.diagnosis) && symptom.equals(other.symptom);
    }
}
