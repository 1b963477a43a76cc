package health.setpoint.chart.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The local codes of a client and the standard codes that they stand for, as a FHIR ConceptMap says it. */
public final class CodeMap {

    /** No local codes. */
    public static final CodeMap NONE = new CodeMap(Map.of(), List.of());

    /**
     * A local code, as the client writes it.
     *
     * @param system its address unchanged, by which a server finds it; empty where it has none
     */
    public record Local(String system, String code, Coding target) {}

    private final Map<Coding, Coding> targets;
    private final List<Local> written;

    private CodeMap(Map<Coding, Coding> targets, List<Local> written) {
        this.targets = Map.copyOf(targets);
        this.written = List.copyOf(written);
    }

    /**
     * Reads a ConceptMap (R4: {@code equivalence}, R5: {@code relationship}). Only targets that mean the same are
     * taken.
     *
     * @throws IllegalArgumentException where one source code has two different targets, or nothing can be read
     */
    public static CodeMap of(JsonNode conceptMap) {
        if (!FhirJson.text(conceptMap, "resourceType").equals(Optional.of("ConceptMap"))) {
            throw new IllegalArgumentException("a code map is a FHIR ConceptMap");
        }
        var targets = new HashMap<Coding, Coding>();
        var written = new ArrayList<Local>();
        for (var group : FhirJson.allObjects(conceptMap, "group")) {
            var from =
                    FhirJson.text(group, "source").map(CodeMap::withoutVersion).orElse("");
            var to = FhirJson.text(group, "target").map(CodeMap::withoutVersion).orElse("");
            for (var element : FhirJson.allObjects(group, "element")) {
                var source = FhirJson.text(element, "code");
                var target = targets(element);
                if (source.isEmpty() || target.isEmpty()) {
                    continue;
                }
                if (target.size() > 1) {
                    throw new IllegalArgumentException("two targets for the local code " + source.get());
                }
                var key = Coding.of(from, source.get());
                var old = targets.put(key, Coding.of(to, target.get(0)));
                written.add(new Local(from, source.get(), targets.get(key)));
                if (old != null && !old.equals(targets.get(key))) {
                    throw new IllegalArgumentException("two targets for the local code " + source.get());
                }
            }
        }
        return new CodeMap(targets, written);
    }

    private static List<String> targets(JsonNode element) {
        var same = new ArrayList<String>();
        for (var target : FhirJson.allObjects(element, "target")) {
            var relation = FhirJson.text(target, "equivalence")
                    .or(() -> FhirJson.text(target, "relationship"))
                    .orElse("");
            if (relation.equals("equivalent") || relation.equals("equal")) {
                FhirJson.text(target, "code")
                        .filter(code -> !same.contains(code))
                        .ifPresent(same::add);
            }
        }
        return same;
    }

    private static String withoutVersion(String canonical) {
        var bar = canonical.indexOf('|');
        return bar < 0 ? canonical : canonical.substring(0, bar);
    }

    /** The local codes that stand for any of these. */
    public List<Local> localFor(List<Coding> standard) {
        return written.stream()
                .filter(local -> standard.contains(local.target()))
                .toList();
    }

    /** The standard code behind a local one. */
    public Optional<Coding> target(Coding local) {
        return targets.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(targets.get(Coding.of(local.system(), local.code())));
    }
}
