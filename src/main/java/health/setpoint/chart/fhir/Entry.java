package health.setpoint.chart.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A resource of the request.
 *
 * @param resource its JSON
 * @param type its resourceType
 * @param id its id
 * @param fullUrl of its Bundle entry
 * @param place where it stands in the request
 * @param key the prefetch key under which it came; empty for a draft order
 * @param reference {@code Type/id}, or the place where there is no id
 */
public record Entry(
        ObjectNode resource,
        String type,
        Optional<String> id,
        Optional<String> fullUrl,
        String place,
        Optional<String> key,
        String reference) {

    public static Entry of(
            ObjectNode resource, String type, Optional<String> fullUrl, String place, Optional<String> key) {
        var id = Json.text(resource, "id");
        return new Entry(resource, type, id, fullUrl, place, key, id.isPresent() ? type + "/" + id.get() : place);
    }

    public boolean isDraft() {
        return key.isEmpty();
    }
}
