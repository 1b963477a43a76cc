package health.setpoint.chart.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The resources of a Bundle, those of Bundles inside it included. */
public final class Bundles {

    private Bundles() {}

    /**
     * Every resource of a Bundle.
     *
     * @param skipped is told the place of an entry without a resource or a resourceType, and what it lacks
     */
    public static List<ChartEntry> entries(
            ObjectNode bundle, String place, Optional<String> key, BiConsumer<String, String> skipped) {
        var found = new ArrayList<ChartEntry>();
        var open = new ArrayDeque<Open>();
        open.add(new Open(bundle, place));
        while (!open.isEmpty()) {
            var here = open.poll();
            forEach(here.bundle(), here.place(), (entry, where) -> resource(entry, where, key, skipped)
                    .ifPresent(each -> {
                        if (each.typeName().equals("Bundle")) {
                            open.add(new Open(each.resource(), each.place()));
                        } else {
                            found.add(each);
                        }
                    }));
        }
        return found;
    }

    private record Open(ObjectNode bundle, String place) {}

    /** Each entry with its place, whether {@code entry} is an array, as it should be, or a single object. */
    public static void forEach(ObjectNode bundle, String place, BiConsumer<JsonNode, String> each) {
        var entries = bundle.path("entry");
        if (entries.isObject()) {
            each.accept(entries, place + ".entry");
        }
        for (int i = 0; entries.isArray() && i < entries.size(); i++) {
            each.accept(entries.get(i), place + ".entry[" + i + "]");
        }
    }

    /** The resource of an entry. */
    public static Optional<ChartEntry> resource(
            JsonNode entry, String place, Optional<String> key, BiConsumer<String, String> skipped) {
        if (!(entry.path("resource") instanceof ObjectNode resource)) {
            skipped.accept(place, "an entry without a resource");
            return Optional.empty();
        }
        var type = FhirJson.text(resource, "resourceType");
        if (type.isEmpty()) {
            skipped.accept(place, "a resource without resourceType");
        }
        return type.map(
                name -> ChartEntry.of(resource, name, FhirJson.text(entry, "fullUrl"), place + ".resource", key));
    }
}
