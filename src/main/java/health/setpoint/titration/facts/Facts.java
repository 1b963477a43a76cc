package health.setpoint.titration.facts;

import health.setpoint.titration.labs.LabRequest;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.person.Condition;
import health.setpoint.titration.person.Hypersensitivity;
import health.setpoint.titration.person.Person;
import health.setpoint.titration.person.SymptomReport;
import health.setpoint.titration.person.UnreadForm;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Injection;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/**
 * All that the rules may know of one patient, and the moment at which they are asked. The order of entries carries no
 * meaning.
 *
 * @param hook the moment in the clinician's work
 * @param now evaluation time in the site's time zone
 * @param person sex, birth date, pregnancy
 * @param labs results of every analyte, results that do not exist (cancelled, entered in error) left out
 * @param courses every record of a drug that a rule asks for, draft orders included
 * @param injections testosterone injections given
 * @param conditions diagnoses
 * @param symptoms symptoms present
 * @param hypersensitivities allergies to anastrozole or an excipient
 * @param labRequests requests that stand or are drafted
 * @param gaps data that could not be had
 * @param unreadForms questionnaires whose answers could not be read
 */
public record Facts(
        Hook hook,
        LocalDateTime now,
        Person person,
        List<LabResult> labs,
        List<Course> courses,
        List<Injection> injections,
        List<Condition> conditions,
        List<SymptomReport> symptoms,
        List<Hypersensitivity> hypersensitivities,
        List<LabRequest> labRequests,
        List<Gap> gaps,
        List<UnreadForm> unreadForms) {

    public Facts {
        labs = List.copyOf(labs);
        courses = List.copyOf(courses);
        injections = List.copyOf(injections);
        conditions = List.copyOf(conditions);
        symptoms = List.copyOf(symptoms);
        hypersensitivities = List.copyOf(hypersensitivities);
        labRequests = List.copyOf(labRequests);
        gaps = List.copyOf(gaps);
        unreadForms = List.copyOf(unreadForms);
    }

    /** Where every questionnaire could be read. */
    public Facts(
            Hook hook,
            LocalDateTime now,
            Person person,
            List<LabResult> labs,
            List<Course> courses,
            List<Injection> injections,
            List<Condition> conditions,
            List<SymptomReport> symptoms,
            List<Hypersensitivity> hypersensitivities,
            List<LabRequest> labRequests,
            List<Gap> gaps) {
        this(
                hook,
                now,
                person,
                labs,
                courses,
                injections,
                conditions,
                symptoms,
                hypersensitivities,
                labRequests,
                gaps,
                List.of());
    }

    /** The evaluation date. */
    public LocalDate today() {
        return now.toLocalDate();
    }
}
