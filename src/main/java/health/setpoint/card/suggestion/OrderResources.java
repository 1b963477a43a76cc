package health.setpoint.card.suggestion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.json.JsonNodes;
import health.setpoint.card.text.Wording;
import health.setpoint.titration.therapy.Regimen;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The EHR's own orders as suggestions change them: from the whole resource as it came, unknown extensions included, with
 * what EHRs are known to send in an invalid shape repaired, so that the result validates.
 */
public final class OrderResources {

    private static final Pattern NAMED = Pattern.compile("MedicationRequest/[^/\\s]+");
    private static final Pattern DATE = Pattern.compile("\\d{4}(-\\d{2}(-\\d{2}(T.*)?)?)?");

    /** Elements of a MedicationRequest that repeat; some EHRs send one of them as an object. */
    private static final Set<String> REPEATING = Set.of(
            "contained",
            "extension",
            "modifierExtension",
            "identifier",
            "category",
            "supportingInformation",
            "reasonCode",
            "reasonReference",
            "instantiatesCanonical",
            "instantiatesUri",
            "basedOn",
            "insurance",
            "note",
            "dosageInstruction",
            "detectedIssue",
            "eventHistory");

    private final DraftedRequests drafted;
    private final OrderedProduct product;
    private final Wording wording;
    private final CardContext context;
    /** Asked for each action and each way of writing it. */
    private final Map<String, Boolean> byTablet = new HashMap<>();

    public OrderResources(DraftedRequests drafted, OrderedProduct product, Wording wording, CardContext context) {
        this.drafted = drafted;
        this.product = product;
        this.wording = wording;
        this.context = context;
    }

    /** True for {@code MedicationRequest/id}; an order without id is known by its place in the request only. */
    static boolean isNamed(String reference) {
        return NAMED.matcher(reference).matches();
    }

    /**
     * The order as it came.
     *
     * @throws IllegalStateException where the advice names an order that the call did not hold
     */
    ObjectNode order(String reference) {
        return find(reference)
                .orElseThrow(() -> new IllegalStateException("the advice acts on an order that was not read"));
    }

    Optional<ObjectNode> find(String reference) {
        return Optional.ofNullable(context.orders().get(reference));
    }

    /** A draft or order with another dose from today on; a held order becomes active again. */
    ObjectNode revised(String reference, Regimen regimen) {
        ObjectNode order = repaired(reference);
        if (order.path("status").asText().equals("on-hold")) {
            order.put("status", "active");
        }
        order.remove("statusReason");
        JsonNode route = order.path("dosageInstruction").path(0).path("route");
        ObjectNode dosage = drafted.instruction(regimen, product.mayBeTheTablet(order));
        if (route.isObject()) {
            dosage.set("route", route.deepCopy());
        }
        order.set("dosageInstruction", JsonNodes.array().add(dosage));
        note(order, wording.words("resource_off_label"));
        return order;
    }

    /** An order on hold from today on. */
    ObjectNode held(String reference) {
        ObjectNode order = repaired(reference);
        order.put("status", "on-hold");
        order.set("statusReason", JsonNodes.object().put("text", wording.words("resource_held")));
        from(order, context.today(), true);
        return order;
    }

    /** An order that is stopped today; an end that was planned no longer holds. */
    ObjectNode stopped(String reference) {
        ObjectNode order = repaired(reference);
        order.put("status", "stopped");
        order.set("statusReason", JsonNodes.object().put("text", wording.words("resource_stopped")));
        from(order, context.today(), false);
        return order;
    }

    CardContext context() {
        return context;
    }

    /** False where the order's product is known to be another one than the 1 mg tablet, by its codes or its name. */
    boolean isGivenByTablet(String reference) {
        return byTablet.computeIfAbsent(
                reference, named -> find(named).map(product::mayBeTheTablet).orElse(true));
    }

    /** Dates every instruction from a day, so that the change can be dated later; a later end may be kept. */
    private static void from(ObjectNode order, LocalDate day, boolean keepsEnd) {
        for (JsonNode instruction : order.path("dosageInstruction")) {
            if (instruction instanceof ObjectNode dosage) {
                ObjectNode repeat = child(child(dosage, "timing"), "repeat");
                repeat.remove(List.of("boundsDuration", "boundsRange"));
                ObjectNode bounds = child(repeat, "boundsPeriod");
                bounds.put("start", day.toString());
                String end = bounds.path("end").asText();
                if (!keepsEnd || !DATE.matcher(end).matches() || end.compareTo(day.toString()) < 0) {
                    bounds.remove("end");
                }
            }
        }
    }

    private static ObjectNode child(ObjectNode parent, String name) {
        if (parent.get(name) instanceof ObjectNode present) {
            return present;
        }
        ObjectNode added = JsonNodes.object();
        parent.set(name, added);
        return added;
    }

    private ObjectNode repaired(String reference) {
        ObjectNode order = order(reference).deepCopy();
        for (String element : REPEATING) {
            if (order.get(element) instanceof ObjectNode single) {
                order.set(element, JsonNodes.array().add(single));
            }
        }
        prune(order);
        if (!order.path("intent").isTextual()) {
            order.put("intent", "order");
        }
        if (!order.path("status").isTextual()) {
            order.put("status", "draft");
        }
        if (!order.path("subject").isObject()) {
            order.set("subject", patient());
        }
        return order;
    }

    /** Takes out members without content, which FHIR forbids; null in an array may pair a primitive with its extension. */
    private static void prune(JsonNode node) {
        node.forEach(OrderResources::prune);
        if (node instanceof ArrayNode elements) {
            List<JsonNode> kept = elements.valueStream()
                    .filter(element -> !isWithoutContent(element))
                    .toList();
            // At once: each that is taken out of a list moves all that follow it.
            if (kept.size() < elements.size()) {
                elements.removeAll();
                elements.addAll(kept);
            }
        } else if (node instanceof ObjectNode members) {
            members.removeIf(member -> member.isNull() || isWithoutContent(member));
        }
    }

    private static boolean isWithoutContent(JsonNode node) {
        return node.isContainerNode()
                ? node.isEmpty()
                : node.isTextual() && node.asText().isEmpty();
    }

    private static void note(ObjectNode resource, String text) {
        ArrayNode notes = resource.get("note") instanceof ArrayNode present ? present : JsonNodes.array();
        for (JsonNode note : notes) {
            if (note.path("text").asText().equals(text)) {
                return;
            }
        }
        notes.add(JsonNodes.object().put("text", text));
        resource.set("note", notes);
    }

    private ObjectNode patient() {
        return JsonNodes.object().put("reference", "Patient/" + context.patientId());
    }
}
