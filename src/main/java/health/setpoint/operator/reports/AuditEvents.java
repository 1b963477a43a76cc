package health.setpoint.operator.reports;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.journal.StoredDecision;

/** Decisions as FHIR R4 AuditEvents: who asked for whom, by keyed hashes, and which cards were answered. */
final class AuditEvents {

    private static final String SUCCESS = "0";
    private static final String SERIOUS_FAILURE = "8";

    private AuditEvents() {}

    static ObjectNode of(StoredDecision decision) {
        var event = JsonNodeFactory.instance
                .objectNode()
                .put("resourceType", "AuditEvent")
                .put("id", decision.id());
        event.putObject("type")
                .put("system", "http://terminology.hl7.org/CodeSystem/audit-event-type")
                .put("code", "rest")
                .put("display", "RESTful Operation");
        event.putArray("subtype").addObject().put("display", decision.service());
        event.put("action", "E")
                .put("recorded", decision.at().toString())
                .put("outcome", decision.status() < 500 ? SUCCESS : SERIOUS_FAILURE);
        var agents = event.putArray("agent");
        identified(agents, decision.clinician()).put("requestor", true);
        agents.addObject().put("requestor", false).putObject("who").put("display", decision.client());
        event.putObject("source").putObject("observer").put("display", "Setpoint");
        var entities = event.putArray("entity");
        entity(entities, decision.patient())
                .putObject("role")
                .put("system", "http://terminology.hl7.org/CodeSystem/object-role")
                .put("code", "1")
                .put("display", "Patient");
        for (var card : decision.cards()) {
            var summary = KeptJson.tree(card.json()).path("summary").asText();
            entity(entities, card.uuid()).put("name", card.rule()).put("description", summary);
        }
        return event;
    }

    private static ObjectNode identified(ArrayNode array, String value) {
        var object = array.addObject();
        object.putObject("who").putObject("identifier").put("value", value);
        return object;
    }

    private static ObjectNode entity(ArrayNode array, String value) {
        var object = array.addObject();
        object.putObject("what").putObject("identifier").put("value", value);
        return object;
    }
}
