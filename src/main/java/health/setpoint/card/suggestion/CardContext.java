package health.setpoint.card.suggestion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.titration.facts.Hook;
import health.setpoint.titration.therapy.Course;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What a card needs to know of the call that it answers.
 *
 * @param hook the moment in the clinician's work
 * @param client whose call it is; its name is in the ids of cards and suggestions
 * @param hookInstance id of the call, from which the ids of cards and suggestions follow
 * @param patientId plain id of the patient, for the resources of suggestions; never in a text
 * @param userId {@code Type/id} of the user; the requester of what is drafted where it is a practitioner
 * @param today the evaluation date in the site's time zone
 * @param orders whole JSON of each draft and each active or held order, by {@code MedicationRequest/id}
 * @param courses the drugs as they were read, by which an EHR's own ways are kept from leaving two inhibitors
 * @param style how this client wants its cards
 * @param links where the cards lead
 */
public record CardContext(
        Hook hook,
        String client,
        String hookInstance,
        String patientId,
        String userId,
        LocalDate today,
        Map<String, ObjectNode> orders,
        List<Course> courses,
        CardStyle style,
        CardLinks links) {

    public CardContext {
        orders = Map.copyOf(orders);
        courses = List.copyOf(courses);
    }

    /** A call whose cards lead nowhere. */
    public CardContext(
            Hook hook,
            String client,
            String hookInstance,
            String patientId,
            String userId,
            LocalDate today,
            Map<String, ObjectNode> orders,
            List<Course> courses,
            CardStyle style) {
        this(hook, client, hookInstance, patientId, userId, today, orders, courses, style, CardLinks.NONE);
    }

    /** A call of a client that takes CDS Hooks as it is written. */
    public CardContext(
            Hook hook,
            String client,
            String hookInstance,
            String patientId,
            String userId,
            LocalDate today,
            Map<String, ObjectNode> orders) {
        this(hook, client, hookInstance, patientId, userId, today, orders, List.of(), CardStyle.STANDARD);
    }
}
