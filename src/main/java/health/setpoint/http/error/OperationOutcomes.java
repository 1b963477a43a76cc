package health.setpoint.http.error;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** Error answers as FHIR OperationOutcomes. */
public final class OperationOutcomes {

    static final String JSON = "application/json";
    static final String FHIR_JSON = "application/fhir+json";

    /** Whoever has more to fix begins with these. */
    private static final int MOST_ISSUES = 100;

    private OperationOutcomes() {}

    /**
     * One OperationOutcome.
     *
     * @param requestId stands in its id, in the answer's X-Request-Id and in the log
     */
    public static ObjectNode of(String requestId, List<Issue> issues) {
        var outcome = JsonNodeFactory.instance.objectNode();
        outcome.put("resourceType", "OperationOutcome");
        outcome.put("id", requestId);
        var list = outcome.putArray("issue");
        for (var issue : issues.subList(0, Math.min(issues.size(), MOST_ISSUES))) {
            var entry = list.addObject();
            entry.put("severity", "error");
            entry.put("code", issue.kind().code());
            entry.putObject("details").put("text", issue.text());
            entry.put("diagnostics", "Request " + requestId + ". " + issue.text());
            issue.where().ifPresent(where -> entry.putArray("expression").add(where));
        }
        return outcome;
    }

    /** The media type of an error answer: FHIR's own only for a client that asks for it. */
    public static String mediaType(String accept) {
        return accept != null && accept.toLowerCase(Locale.ROOT).contains(FHIR_JSON) ? FHIR_JSON : JSON;
    }
}
