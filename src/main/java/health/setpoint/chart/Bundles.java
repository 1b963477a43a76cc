package health.setpoint.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The resources of a Bundle, those of Bundles inside it included. */
final class Bundles {

    private Bundles() {}

    /** Entries without a resource or a resourceType become notes. */
    static List<Entry> entries(ObjectNode bundle, String place, Optional<String> key, List<ReadNote> notes) {
        var found = new ArrayList<Entry>();
        var open = new ArrayDeque<Open>();
        open.add(new Open(bundle, place));
        while (!open.isEmpty()) {
            var here = open.poll();
            var entries = here.bundle().path("entry");
            if (entries.isObject()) {
                entry(entries, here.place() + ".entry", key, notes, found, open);
            }
            for (int i = 0; entries.isArray() && i < entries.size(); i++) {
                entry(entries.get(i), here.place() + ".entry[" + i + "]", key, notes, found, open);
            }
        }
        return found;
    }

    private record Open(ObjectNode bundle, String place) {}

    private static void entry(
            JsonNode entry,
            String place,
            Optional<String> key,
            List<ReadNote> notes,
            List<Entry> found,
            ArrayDeque<Open> open) {
        if (!(entry.path("resource") instanceof ObjectNode resource)) {
            notes.add(ReadNote.ignored(place, "an entry without a resource"));
            return;
        }
        var type = Json.text(resource, "resourceType");
        if (type.isEmpty()) {
            notes.add(ReadNote.ignored(place, "a resource without resourceType"));
        } else if (type.get().equals("Bundle")) {
            open.add(new Open(resource, place + ".resource"));
        } else {
            found.add(Entry.of(resource, type.get(), Json.text(entry, "fullUrl"), place + ".resource", key));
        }
    }
}
