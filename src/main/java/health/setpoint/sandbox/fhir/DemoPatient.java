package health.setpoint.sandbox.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * An invented patient whose chart tells one story.
 *
 * @param id of the Patient
 * @param story in one sentence, for a clinician
 * @param rule that the story shows: it stands on a card of the answer
 * @param hook at which it shows
 * @param dialect in which the patient's EHR speaks
 * @param draft the order that is about to be signed, a MedicationRequest; empty where none is
 * @param chart every resource, as a transaction Bundle that writes each under its id
 */
public record DemoPatient(
        String id,
        String name,
        String story,
        String rule,
        String hook,
        String dialect,
        Optional<ObjectNode> draft,
        ObjectNode chart) {

    /** What a list of patients shows of one. */
    public ObjectNode listed() {
        var patient = patient();
        var listed = chart.objectNode()
                .put("id", id)
                .put("name", name)
                .put("story", story)
                .put("rule", rule)
                .put("hook", hook)
                .put("dialect", dialect)
                .put("dob", patient.path("birthDate").asText())
                .put("gender", patient.path("gender").asText());
        draft.ifPresent(order -> listed.set("draft", order));
        return listed;
    }

    private ObjectNode patient() {
        for (var entry : chart.path("entry")) {
            if (entry.path("resource") instanceof ObjectNode resource
                    && resource.path("resourceType").asText().equals("Patient")) {
                return resource;
            }
        }
        throw new IllegalStateException("the chart of " + id + " has no Patient");
    }
}
