package health.setpoint.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.knowledge.Code;
import health.setpoint.knowledge.DrugCode;
import health.setpoint.knowledge.Per;
import health.setpoint.knowledge.Terminology;
import health.setpoint.titration.advice.OrderAction;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.therapy.Regimen;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The FHIR R4 resources of suggestions. What changes an order starts from the whole resource as it came, unknown
 * extensions included, and repairs what EHRs are known to send in an invalid shape, so that the result validates.
 */
final class OrderResources {

    private static final String UCUM = "http://unitsofmeasure.org";
    private static final Pattern PRACTITIONER = Pattern.compile("Practitioner(Role)?/[A-Za-z0-9.-]{1,64}");
    private static final Pattern STRENGTH =
            Pattern.compile("(?<![\\d.,])(\\d{0,6}\\.?\\d{1,6}) ?mg\\b", Pattern.CASE_INSENSITIVE);
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

    private final CardCodes codes;
    private final Terminology terminology;
    private final Wording wording;
    private final CardContext context;

    OrderResources(CardCodes codes, Terminology terminology, Wording wording, CardContext context) {
        this.codes = codes;
        this.terminology = terminology;
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
        ObjectNode dosage = dosage(regimen, isGivenByTablet(order));
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

    /** A new draft of anastrozole. */
    ObjectNode created(OrderAction.CreateOrder create) {
        return created(create, codes.orderable());
    }

    /** A new draft of anastrozole by the entry of a list. */
    ObjectNode created(OrderAction.CreateOrder create, CardCodes.Coding orderable) {
        ObjectNode order = JsonNodes.object();
        order.put("resourceType", "MedicationRequest").put("status", "draft").put("intent", "order");
        order.set("medicationCodeableConcept", concept(orderable.json(), orderable.display()));
        order.set("subject", patient());
        order.put("authoredOn", context.today().toString());
        requester().ifPresent(requester -> order.set("requester", requester));
        note(order, wording.words("resource_off_label"));
        create.replacesStatement()
                .ifPresent(statement ->
                        note(order, wording.texts().plain("resource_replaces", Map.of("statement", statement))));
        order.set("dosageInstruction", JsonNodes.array().add(dosage(create.regimen(), true)));
        return order;
    }

    /** A draft request for one test. */
    ObjectNode request(LabTest test, Recheck recheck) {
        Code code = isByMassSpectrometry(test, recheck)
                ? terminology.orderCode(test, Assay.MASS_SPECTROMETRY)
                : terminology.orderCode(test);
        return request(test, recheck, new CardCodes.Coding(code.system(), code.code(), code.display()));
    }

    private static boolean isByMassSpectrometry(LabTest test, Recheck recheck) {
        return test == LabTest.ESTRADIOL && recheck.massSpectrometry();
    }

    /** A draft request for one test by the entry of a list. */
    ObjectNode request(LabTest test, Recheck recheck, CardCodes.Coding orderable) {
        boolean imaging = test == LabTest.DXA;
        boolean massSpectrometry = isByMassSpectrometry(test, recheck);
        ObjectNode request = JsonNodes.object();
        request.put("resourceType", "ServiceRequest").put("status", "draft").put("intent", "order");
        ObjectNode category = (imaging ? codes.imaging() : codes.laboratory()).json();
        request.set(
                "category",
                JsonNodes.array().add(concept(category, category.path("display").asText())));
        request.set("code", concept(orderable.json(), wording.lab(test, massSpectrometry)));
        request.set("subject", patient());
        request.set(
                "occurrencePeriod",
                JsonNodes.object()
                        .put("start", recheck.window().from().toString())
                        .put("end", recheck.window().to().toString()));
        request.put("authoredOn", context.today().toString());
        requester().ifPresent(requester -> request.set("requester", requester));
        if (Wording.asksForHormones(List.of(test))) {
            note(request, wording.texts().plain("resource_draw", Map.of("draw", wording.draw(recheck))));
        }
        if (massSpectrometry) {
            note(request, wording.words("resource_mass_spectrometry"));
        }
        return request;
    }

    private ObjectNode dosage(Regimen regimen, boolean byTablet) {
        ObjectNode repeat = JsonNodes.object();
        repeat.set(
                "boundsPeriod", JsonNodes.object().put("start", context.today().toString()));
        repeat.put("frequency", regimen.timesPerWeek()).put("period", 1).put("periodUnit", "wk");
        ObjectNode quantity = JsonNodes.object();
        quantity.set("value", JsonNodes.number(regimen.mgPerIntake().stripTrailingZeros()));
        quantity.put("unit", "mg").put("system", UCUM).put("code", "mg");
        ObjectNode dosage = JsonNodes.object().put("text", wording.dosing(regimen, byTablet));
        dosage.set("timing", JsonNodes.object().set("repeat", repeat));
        dosage.set("doseAndRate", JsonNodes.array().add(JsonNodes.object().set("doseQuantity", quantity)));
        return dosage;
    }

    /** False where the order's product is known to be another one than the 1 mg tablet, by its codes or its name. */
    boolean isGivenByTablet(String reference) {
        return find(reference).map(this::isGivenByTablet).orElse(true);
    }

    private boolean isGivenByTablet(ObjectNode order) {
        List<JsonNode> concepts = new ArrayList<>(List.of(order.path("medicationCodeableConcept")));
        concepts.add(order.path("medication").path("concept"));
        List<String> names = new ArrayList<>();
        names.add(order.path("medicationReference").path("display").asText());
        order.path("contained").forEach(inside -> {
            concepts.add(inside.path("code"));
            concepts.add(inside.path("form"));
            concepts.add(inside.path("doseForm"));
        });
        List<JsonNode> codings = new ArrayList<>();
        for (JsonNode concept : concepts) {
            names.add(concept.path("text").asText());
            concept.path("coding").forEach(coding -> {
                codings.add(coding);
                names.add(coding.path("display").asText());
            });
        }
        return codings.stream().allMatch(this::mayBeTheTablet)
                && names.stream().noneMatch(name -> terminology.namesNoTablet(name) || namesAnotherStrength(name));
    }

    private boolean mayBeTheTablet(JsonNode coding) {
        return terminology
                .drug(coding.path("system").asText(), coding.path("code").asText())
                .flatMap(DrugCode::strength)
                .map(strength -> strength.per() == Per.TABLET && strength.mg().compareTo(BigDecimal.ONE) == 0)
                .orElse(true);
    }

    private static boolean namesAnotherStrength(String name) {
        return STRENGTH.matcher(name)
                .results()
                .anyMatch(strength -> new BigDecimal(strength.group(1)).compareTo(BigDecimal.ONE) != 0);
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

    private static ObjectNode concept(ObjectNode coding, String text) {
        ObjectNode concept = JsonNodes.object();
        concept.set("coding", JsonNodes.array().add(coding));
        return concept.put("text", text);
    }

    private ObjectNode patient() {
        return JsonNodes.object().put("reference", "Patient/" + context.patientId());
    }

    private Optional<ObjectNode> requester() {
        return PRACTITIONER.matcher(context.userId()).matches()
                ? Optional.of(JsonNodes.object().put("reference", context.userId()))
                : Optional.empty();
    }
}
