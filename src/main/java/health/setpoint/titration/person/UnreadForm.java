package health.setpoint.titration.person;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A questionnaire that the patient filled in and of whose answers none could be matched to a symptom, or a single answer
 * on a symptom that is neither yes nor no.
 *
 * @param name of the questionnaire or the answer, short and without markup
 * @param day on which it was filled in
 * @param reference the FHIR resource
 */
public record UnreadForm(String name, Optional<LocalDate> day, String reference) {

    /** Its name and day: {@code PHQ-9 [2026-02-01]}, {@code PHQ-9 [-]} where it has none. */
    public String shown() {
        return name + " [" + day.map(LocalDate::toString).orElse("-") + "]";
    }
}
