package health.setpoint.chart.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.Bundles;
import health.setpoint.chart.fhir.ChartEntry;
import health.setpoint.chart.fhir.FhirJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every resource that a call brings, read or not. */
public final class SentResources {

    private SentResources() {}

    /** Drafts first, then what was prefetched, each as it was sent. */
    public static List<ChartEntry> of(JsonNode draftOrders, JsonNode prefetch) {
        var sent = new ArrayList<>(at(draftOrders, "context.draftOrders", Optional.empty()));
        prefetch.properties()
                .forEach(key -> sent.addAll(at(key.getValue(), "prefetch." + key.getKey(), Optional.of(key.getKey()))));
        return sent;
    }

    private static List<ChartEntry> at(JsonNode value, String place, Optional<String> key) {
        if (!(value instanceof ObjectNode resource)) {
            return List.of();
        }
        return FhirJson.text(resource, "resourceType")
                .map(type -> type.equals("Bundle")
                        ? Bundles.entries(resource, place, key, (where, why) -> {})
                        : List.of(ChartEntry.of(resource, type, Optional.empty(), place, key)))
                .orElseGet(() -> at(value.path("resource"), place + ".resource", key));
    }
}
