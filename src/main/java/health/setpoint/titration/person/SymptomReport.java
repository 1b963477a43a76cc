package health.setpoint.titration.person;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A symptom on record, present according to that record.
 *
 * @param symptom which
 * @param origin where it was found: it decides how old it may be
 * @param since onset, else recorded (condition), or the day of the observation or answer
 * @param reference the FHIR resource
 * @param byWords no code says so, only its words
 */
public record SymptomReport(
        Symptom symptom, Origin origin, Optional<LocalDate> since, String reference, boolean byWords) {

    /** One that a code or an answer says. */
    public SymptomReport(Symptom symptom, Origin origin, Optional<LocalDate> since, String reference) {
        this(symptom, origin, since, reference, false);
    }

    /** Kind of record. */
    public enum Origin {
        CONDITION,
        OBSERVATION,
        QUESTIONNAIRE
    }
}
