package health.setpoint.population.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.knowledge.terminology.Code;
import health.setpoint.knowledge.terminology.Terminology;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The unmapped codes of an export as the ConceptMap that a client's file takes as {@code code-map}. Whose name surely names one
 * test gets that test's code as a comment: whoever runs the laboratory says whether it is so.
 */
public final class CodeMapDraft {

    private static final String LOINC = "http://loinc.org";

    private CodeMapDraft() {}

    /** A map without targets, which as it stands maps nothing. */
    public static ObjectNode of(ArrayNode unmapped, Terminology terminology) {
        var map = JsonNodeFactory.instance
                .objectNode()
                .put("resourceType", "ConceptMap")
                .put("status", "draft");
        Map<String, ArrayNode> groups = new LinkedHashMap<>();
        for (var code : unmapped) {
            groups.computeIfAbsent(code.path("system").asText(), system -> JsonNodeFactory.instance.arrayNode())
                    .add(element(code, terminology));
        }
        var written = map.putArray("group");
        groups.forEach((system, elements) -> {
            var group = written.addObject();
            if (!system.isEmpty()) {
                group.put("source", system);
            }
            group.put("target", LOINC).set("element", elements);
        });
        return map;
    }

    private static ObjectNode element(JsonNode code, Terminology terminology) {
        var element = JsonNodeFactory.instance
                .objectNode()
                .put("code", code.path("code").asText());
        if (!code.path("name").asText().isEmpty()) {
            element.put("display", code.path("name").asText());
        }
        element.putArray("target")
                .addObject()
                .put("equivalence", "unmatched")
                .put("comment", comment(code, terminology));
        return element;
    }

    private static String comment(JsonNode code, Terminology terminology) {
        var seen =
                code.path("lines").asLong() + " lines of " + code.path("type").asText();
        return suggestion(code.path("name").asText(), terminology)
                .map(loinc -> seen + "; by its name it may be " + loinc.code() + " " + loinc.display()
                        + ": if the laboratory says so, put in that code with equivalence equivalent")
                .orElse(seen + "; if any rule asks for it, put in its LOINC code with equivalence equivalent");
    }

    private static Optional<Code> suggestion(String name, Terminology terminology) {
        var sure = terminology.namedTests(name).sure();
        return sure.size() == 1
                ? terminology.codes(sure.iterator().next()).stream()
                        .filter(code -> code.system().equals(LOINC))
                        .findFirst()
                : Optional.empty();
    }
}
