package health.setpoint.population.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What became of the lines of an export, each counted once. */
public final class IntakeCounts {

    private static final int MOST_TYPES = 200;

    /** What became of a line. */
    public enum Fate {
        /** Told apart by patient, to be read. */
        KEPT,
        /** No rule can ask for it, by its type or its code. */
        UNASKED,
        /** A Medication, to which others refer. */
        MEDICATION,
        /** It says what was deleted. */
        DELETION,
        /** It says what the server could not export. */
        OUTCOME,
        /** Of a group, a device or the like. */
        OF_NO_PATIENT,
        REJECTED
    }

    private final Map<Fate, LongAdder> fates = new EnumMap<>(Fate.class);
    private final Map<String, LongAdder> types = new ConcurrentHashMap<>();
    private final LongAdder errors = new LongAdder();

    public IntakeCounts() {
        for (var fate : Fate.values()) {
            fates.put(fate, new LongAdder());
        }
    }

    void count(Fate fate) {
        fates.get(fate).increment();
    }

    void countType(String type) {
        var counter = types.get(type);
        if (counter == null && types.size() < MOST_TYPES) {
            counter = types.computeIfAbsent(type, none -> new LongAdder());
        }
        if (counter != null) {
            counter.increment();
        }
    }

    /** The server says that it could not export something. */
    void countError() {
        errors.increment();
    }

    /** How many lines fared so. */
    public long of(Fate fate) {
        return fates.get(fate).sum();
    }

    public long errors() {
        return errors.sum();
    }

    /** Lines by type. */
    public Map<String, Long> types() {
        var sorted = new TreeMap<String, Long>();
        types.forEach((type, lines) -> sorted.put(type, lines.sum()));
        return sorted;
    }

    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        fates.forEach((fate, lines) -> json.put(fate.name(), lines.sum()));
        json.put("errors", errors.sum());
        var byType = json.putObject("types");
        types().forEach(byType::put);
        return json;
    }

    void addAll(JsonNode written) {
        fates.forEach((fate, lines) -> lines.add(written.path(fate.name()).asLong()));
        errors.add(written.path("errors").asLong());
        written.path("types").properties().forEach(type -> types.computeIfAbsent(type.getKey(), none -> new LongAdder())
                .add(type.getValue().asLong()));
    }
}
