package health.setpoint.population.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;

/**
 * What every output says of itself.
 *
 * @param asOf when it was decided
 * @param data of when the export is
 * @param policy whose choices hold
 * @param signature who stands behind the knowledge
 * @param complete the server exported all that it was asked for
 * @param smallestCell smaller counts of patients are not published
 */
public record About(
        LocalDateTime asOf,
        String data,
        String policy,
        String version,
        String hash,
        String signature,
        boolean complete,
        int smallestCell) {

    /** What it is, and what it is not. */
    public static final String NOTICE =
            "A work list for a clinician, who looks at the chart before anything is done. It is"
                    + " neither a diagnosis nor an order, and nobody has reviewed a line of it.";

    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("notice", NOTICE).put("asOf", asOf.toString()).put("data", data);
        json.putObject("knowledge").put("version", version).put("hash", hash);
        return json.put("policy", policy)
                .put("signature", signature)
                .put("complete", complete)
                .put("smallestCell", smallestCell);
    }
}
