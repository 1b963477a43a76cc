package health.setpoint.knowledge.terminology;

import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.person.Symptom;
import java.util.Optional;

/**
 * A problem that a text names: a diagnosis or a symptom.
 *
 * @param his the text says that the patient has or had it; else it is the family's, looked for, suspected or ruled out
 * @param over the text says that he had it and has it no more: resolved, operated on, of his youth
 */
public record NamedProblem(Optional<Diagnosis> diagnosis, Optional<Symptom> symptom, boolean his, boolean over) {

    boolean isSame(NamedProblem other) {
        return diagnosis.equals(other.diagnosis) && symptom.equals(other.symptom);
    }

    /** It says no less of the same problem: that of the family does not count beside his own, what is over not beside what is there. */
    boolean outweighs(NamedProblem other) {
        return isSame(other) && his && (!other.his || other.over && !over);
    }
}
