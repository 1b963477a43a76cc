package health.setpoint.population.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A row of the work list as FHIR R4 resources, for whoever wants to take them over: nothing writes them to an EHR. */
public final class TaskResources {

    private static final String RULES = "http://setpoint.health/fhir/CodeSystem/rules";

    private TaskResources() {}

    /** A Flag where the first card warns, and a Task for what is due; none for the dead. */
    public static List<ObjectNode> of(JsonNode row) {
        var resources = new ArrayList<ObjectNode>();
        if (row.path("deceased").asBoolean()) {
            return resources;
        }
        if (row.path("indicator").asText().equals("critical")
                || row.path("indicator").asText().equals("warning")) {
            resources.add(flag(row));
        }
        if (row.has("due")) {
            resources.add(task(row));
        }
        return resources;
    }

    private static ObjectNode flag(JsonNode row) {
        var flag = JsonNodeFactory.instance
                .objectNode()
                .put("resourceType", "Flag")
                .put("status", "active");
        code(flag, row);
        flag.putObject("subject")
                .put("reference", "Patient/" + row.path("patient").asText());
        flag.putObject("period").put("start", row.path("on").asText());
        return flag;
    }

    private static void code(ObjectNode resource, JsonNode row) {
        var code = resource.putObject("code");
        code.putArray("coding")
                .addObject()
                .put("system", RULES)
                .put("code", row.path("rule").asText());
        code.put(
                "text",
                row.path("rule").asText() + ", " + row.path("advice").asText()
                        + ": to be looked at by a clinician, not reviewed");
    }

    private static ObjectNode task(JsonNode row) {
        var task = JsonNodeFactory.instance
                .objectNode()
                .put("resourceType", "Task")
                .put("status", "draft")
                .put("intent", "proposal");
        code(task, row);
        task.putObject("for").put("reference", "Patient/" + row.path("patient").asText());
        task.put("authoredOn", row.path("on").asText());
        var words = new ArrayList<String>();
        for (var due : row.path("due")) {
            var labs = new ArrayList<String>();
            due.path("labs").forEach(lab -> labs.add(lab.asText()));
            words.add(String.join(", ", labs) + " since " + due.path("from").asText() + " ("
                    + due.path("rule").asText() + ")");
        }
        return task.put("description", "Due: " + String.join("; ", words));
    }
}
