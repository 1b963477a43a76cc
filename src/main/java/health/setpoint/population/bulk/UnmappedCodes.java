package health.setpoint.population.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.DisplayText;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Local codes that no code map names, and how many lines have each. */
public final class UnmappedCodes {

    /** An export whose texts are codes must not fill the memory. */
    private static final int MOST = 20_000;

    private static final int LONGEST_NAME = 80;

    private final Map<Local, LongAdder> counts = new ConcurrentHashMap<>();

    /**
     * A local code.
     *
     * @param type of the lines that have it
     * @param name how it is called there; empty where it is not
     */
    public record Local(String type, String system, String code, String name) {}

    /** One more line, or several, with a concept that has local codes only. */
    public void count(String type, JsonNode concept, long lines) {
        var read = Concept.of(concept, CodeMap.NONE);
        var name =
                read.name().map(text -> DisplayText.plain(text, LONGEST_NAME)).orElse("");
        read.codings().stream()
                .findFirst()
                .ifPresent(coding -> count(new Local(type, coding.system(), coding.code(), name), lines));
    }

    private void count(Local local, long lines) {
        var counter = counts.get(local);
        if (counter == null && counts.size() < MOST) {
            counter = counts.computeIfAbsent(local, none -> new LongAdder());
        }
        if (counter != null) {
            counter.add(lines);
        }
    }

    /** Adds what {@link #json} wrote. */
    public void addAll(JsonNode written) {
        written.forEach(each -> count(
                new Local(
                        each.path("type").asText(),
                        each.path("system").asText(),
                        each.path("code").asText(),
                        each.path("name").asText()),
                each.path("lines").asLong()));
    }

    /** The most frequent first. */
    public ArrayNode json() {
        var array = JsonNodeFactory.instance.arrayNode();
        sorted().forEach(entry -> array.addObject()
                .put("type", entry.getKey().type())
                .put("system", entry.getKey().system())
                .put("code", entry.getKey().code())
                .put("name", entry.getKey().name())
                .put("lines", entry.getValue().sum()));
        return array;
    }

    private List<Map.Entry<Local, LongAdder>> sorted() {
        return counts.entrySet().stream()
                .sorted(Comparator.<Map.Entry<Local, LongAdder>>comparingLong(
                                entry -> -entry.getValue().sum())
                        .thenComparing(entry -> entry.getKey().toString()))
                .toList();
    }
}
