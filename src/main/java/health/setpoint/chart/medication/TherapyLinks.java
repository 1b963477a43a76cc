package health.setpoint.chart.medication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.ChartEntry;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.fhir.References;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Which records a medication record names as the same therapy: what it renews, takes the place of, fulfils or reports on. */
public final class TherapyLinks {

    private static final String PRIOR = "priorPrescription";
    private static final List<String> FULFILLED =
            List.of("replaces", "basedOn", "authorizingPrescription", "derivedFrom", "request", "prescription");
    private static final String REPLACES_EXTENSION = "http://hl7.org/fhir/StructureDefinition/request-replaces";
    private static final Set<String> WITHDRAWN = Set.of("stopped", "cancelled", "entered-in-error");
    private static final int DEEPEST = 4;

    private final List<ChartEntry> entries;
    /** Filled when the first link is followed. */
    private final Map<String, ChartEntry> byAddress = new HashMap<>();

    public TherapyLinks(List<ChartEntry> entries) {
        this.entries = entries;
    }

    /** The order that a record names as the one before it. */
    Optional<String> prior(ObjectNode record) {
        return FhirJson.object(record, PRIOR)
                .flatMap(prior -> targets(prior, record, 0).stream().findFirst());
    }

    /** Every other record that it names. */
    List<String> others(ObjectNode record) {
        var found = new LinkedHashSet<String>();
        others(record, record, 0, found);
        return List.copyOf(found);
    }

    /** An order that a dispense supplies was taken back. */
    boolean isWithdrawn(ObjectNode dispense) {
        return FhirJson.objects(dispense, "authorizingPrescription").stream()
                .flatMap(order -> targets(order, dispense, 0).stream())
                .flatMap(reference -> Optional.ofNullable(known().get(reference)).stream())
                .anyMatch(order -> !order.isDraft()
                        && FhirJson.text(order.resource(), "status")
                                .filter(WITHDRAWN::contains)
                                .isPresent());
    }

    private void others(ObjectNode record, ObjectNode holder, int depth, Set<String> found) {
        for (var member : FULFILLED) {
            for (var reference : FhirJson.objects(record, member)) {
                found.addAll(targets(reference, holder, depth));
            }
        }
        for (var extension : FhirJson.objects(record, "extension")) {
            if (FhirJson.text(extension, "url").equals(Optional.of(REPLACES_EXTENSION))) {
                FhirJson.object(extension, "valueReference")
                        .ifPresent(reference -> found.addAll(targets(reference, holder, depth)));
            }
        }
    }

    /** The record behind a reference; behind one to a contained order, that of which it is a copy, and what it names. */
    private List<String> targets(JsonNode reference, ObjectNode holder, int depth) {
        var address = References.address(reference);
        if (address.isPresent() && address.get().startsWith("#")) {
            return depth < DEEPEST ? contained(address.get().substring(1), holder, depth + 1) : List.of();
        }
        return address.map(TherapyLinks::plain)
                .map(plain -> Optional.ofNullable(known().get(address.get()))
                        .map(ChartEntry::reference)
                        .orElse(plain))
                .or(() -> FhirJson.object(reference, "identifier").flatMap(this::identified))
                .map(List::of)
                .orElse(List.of());
    }

    private static String plain(String address) {
        return References.local(address).orElse("MedicationRequest/" + address);
    }

    private Optional<String> identified(JsonNode identifier) {
        return key(identifier).map(known()::get).map(ChartEntry::reference);
    }

    private List<String> contained(String id, ObjectNode holder, int depth) {
        var found = new LinkedHashSet<String>();
        for (var inside : FhirJson.objects(holder, "contained")) {
            if (FhirJson.text(inside, "id")
                    .filter(own -> own.equals(id) || own.equals("#" + id))
                    .isPresent()) {
                var copied = copied(inside, id);
                copied.ifPresent(found::add);
                FhirJson.object(inside, PRIOR).ifPresent(prior -> found.addAll(targets(prior, holder, depth)));
                others(inside, holder, depth, found);
            }
        }
        return List.copyOf(found);
    }

    /** The record of the chart of which a contained one is a copy: by its identifier, its id, or its drug and day. */
    private Optional<String> copied(ObjectNode inside, String id) {
        return FhirJson.objects(inside, "identifier").stream()
                .flatMap(identifier -> key(identifier).stream())
                .map(known()::get)
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> Optional.ofNullable(known().get(plain(id))))
                .or(() -> content(inside).map(known()::get))
                .map(ChartEntry::reference);
    }

    private Map<String, ChartEntry> known() {
        if (byAddress.isEmpty()) {
            for (var entry : entries) {
                byAddress.putIfAbsent(entry.reference(), entry);
                entry.fullUrl().ifPresent(url -> byAddress.putIfAbsent(url, entry));
                FhirJson.objects(entry.resource(), "identifier").stream()
                        .flatMap(identifier -> key(identifier).stream())
                        .forEach(key -> byAddress.putIfAbsent(key, entry));
                content(entry.resource()).ifPresent(key -> byAddress.putIfAbsent(key, entry));
            }
        }
        return byAddress;
    }

    /** System and value of an identifier, which no address looks like. */
    private static Optional<String> key(JsonNode identifier) {
        return FhirJson.text(identifier, "value")
                .map(value -> FhirJson.text(identifier, "system").orElse("") + " | " + value);
    }

    /** Day and drug of an order. */
    private static Optional<String> content(ObjectNode order) {
        return FhirJson.text(order, "authoredOn")
                .filter(day -> FhirJson.has(order, "medicationCodeableConcept"))
                .map(day -> day + " | " + order.path("medicationCodeableConcept"));
    }
}
