package health.setpoint.chart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A resource of the request.
 *
 * @param resource its JSON
 * @param type its resourceType
 * @param fullUrl of its Bundle entry
 * @param place where it stands in the request
 * @param key the prefetch key under which it came; empty for a draft order
 */
record Entry(ObjectNode resource, String type, Optional<String> fullUrl, String place, Optional<String> key) {

    Optional<String> id() {
        return Json.text(resource, "id");
    }

    boolean isDraft() {
        return key.isEmpty();
    }

    /** {@code Type/id}, or the place where there is no id. */
    String reference() {
        return id().map(id -> type + "/" + id).orElse(place);
    }
}
