package health.setpoint.titration.person;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A diagnosis on record, neither refuted nor entered in error, the patient's own.
 *
 * @param diagnosis what it is
 * @param active clinical status active, recurrence, relapse or absent
 * @param since onset, else the day it was recorded
 * @param reference the FHIR resource
 * @param byWords no code says so, only its words
 */
public record Condition(
        Diagnosis diagnosis, boolean active, Optional<LocalDate> since, String reference, boolean byWords) {

    /** One that a code says. */
    public Condition(Diagnosis diagnosis, boolean active, Optional<LocalDate> since, String reference) {
        this(diagnosis, active, since, reference, false);
    }
}
