package health.setpoint.chart.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the resource behind a reference among all that the request brought, contained ones included. */
public final class References {

    private final List<ChartEntry> entries;
    /** Filled when the first reference is followed: most requests have none that must be. */
    private final Map<String, ObjectNode> byAddress = new HashMap<>();
    /** By the resource itself: two that are equal may hold as much as they like. */
    private final Map<ObjectNode, Map<String, ObjectNode>> containedIn = new IdentityHashMap<>(4);

    public References(List<ChartEntry> entries) {
        this.entries = entries;
    }

    private void add(ChartEntry entry) {
        entry.fullUrl().ifPresent(url -> byAddress.putIfAbsent(url, entry.resource()));
        if (entry.id().isPresent()) {
            byAddress.putIfAbsent(entry.reference(), entry.resource());
        }
    }

    /** The resource that a Reference names, from the point of view of the resource that holds it. */
    public Optional<ObjectNode> resolve(JsonNode reference, ObjectNode holder) {
        return address(reference).flatMap(address -> resolve(address, holder));
    }

    private Optional<ObjectNode> resolve(String address, ObjectNode holder) {
        if (address.startsWith("#")) {
            return Optional.ofNullable(
                    containedIn.computeIfAbsent(holder, References::contained).get(address));
        }
        if (byAddress.isEmpty()) {
            entries.forEach(this::add);
        }
        var exact = byAddress.get(address);
        return exact != null ? Optional.of(exact) : local(address).map(byAddress::get);
    }

    /** The resources inside another by the address under which it refers to them. */
    private static Map<String, ObjectNode> contained(ObjectNode holder) {
        var contained = new HashMap<String, ObjectNode>();
        for (var each : FhirJson.objects(holder, "contained")) {
            FhirJson.text(each, "id").ifPresent(id -> contained.putIfAbsent(id.startsWith("#") ? id : "#" + id, each));
        }
        return contained;
    }

    /** The {@code reference} string of a Reference; a plain string is taken as one. */
    public static Optional<String> address(JsonNode reference) {
        return reference.isTextual() ? FhirJson.textOf(reference) : FhirJson.text(reference, "reference");
    }

    /** {@code Type/id} out of {@code Type/id}, an absolute address or a version of either. */
    public static Optional<String> local(String address) {
        var plain = address;
        var history = plain.indexOf("/_history/");
        if (history > 0) {
            plain = plain.substring(0, history);
        }
        var slash = plain.lastIndexOf('/');
        if (slash <= 0 || slash == plain.length() - 1) {
            return Optional.empty();
        }
        var before = plain.lastIndexOf('/', slash - 1);
        var type = plain.substring(before + 1, slash);
        return type.isEmpty() || !Character.isUpperCase(type.charAt(0))
                ? Optional.empty()
                : Optional.of(type + plain.substring(slash));
    }
}
