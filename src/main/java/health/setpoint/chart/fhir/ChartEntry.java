package health.setpoint.chart.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A resource of the request.
 *
 * @param resource its JSON
 * @param typeName its resourceType as it is written
 * @param type the same, where reading a chart knows it
 * @param id its id
 * @param fullUrl of its Bundle entry
 * @param place where it stands in the request
 * @param key the prefetch key under which it came; empty for a draft order
 * @param reference {@code Type/id}, or the place where there is no id
 */
public record ChartEntry(
        ObjectNode resource,
        String typeName,
        ResourceType type,
        Optional<String> id,
        Optional<String> fullUrl,
        String place,
        Optional<String> key,
        String reference) {

    public static ChartEntry of(
            ObjectNode resource, String typeName, Optional<String> fullUrl, String place, Optional<String> key) {
        var id = FhirJson.text(resource, "id");
        return new ChartEntry(
                resource,
                typeName,
                ResourceType.of(typeName),
                id,
                fullUrl,
                place,
                key,
                id.isPresent() ? typeName + "/" + id.get() : place);
    }

    public boolean isDraft() {
        return key.isEmpty();
    }
}
