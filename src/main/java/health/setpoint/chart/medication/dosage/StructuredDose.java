package health.setpoint.chart.medication.dosage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.medication.product.DoseQuantity;
import health.setpoint.chart.medication.product.ProductStrength;
import health.setpoint.knowledge.terminology.DoseUnits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Reads the dose of one intake out of the structured elements, in mg. */
final class StructuredDose {

    /** There is no structured dose. */
    static final StructuredAmount NONE = new StructuredAmount.Missing("The dose is not structured.");

    private final DoseUnits units;

    StructuredDose(DoseUnits units) {
        this.units = units;
    }

    /** The dose of an instruction in mg. */
    StructuredAmount read(ObjectNode instruction, Optional<ProductStrength> strength) {
        var all = FhirJson.objects(instruction, "doseAndRate");
        var candidates = new ArrayList<ObjectNode>();
        for (var each : all) {
            if (hasDose(each)) {
                candidates.add(each);
            }
        }
        if (all.isEmpty() && hasDose(instruction)) {
            candidates.add(instruction);
        }
        if (candidates.isEmpty()) {
            return NONE;
        }
        var ordered = candidates.stream().filter(StructuredDose::isOrdered).toList();
        for (var group : List.of(ordered, candidates)) {
            var known = known(group, strength);
            if (known.size() == 1) {
                return known.get(0);
            }
            if (known.size() > 1) {
                return new StructuredAmount.Unclear("Several different doses are given for one intake.");
            }
        }
        return candidates.stream().allMatch(this::needsStrength)
                ? new StructuredAmount.Missing("The strength of the product is not known.")
                : new StructuredAmount.Unclear("The dose has no unit that can be read as mg.");
    }

    /** The different doses of a group: those in a unit of mass, else those that the product's strength turns into mg. */
    private List<StructuredAmount> known(List<ObjectNode> group, Optional<ProductStrength> strength) {
        var masses = amounts(group, Optional.empty());
        return masses.isEmpty() ? amounts(group, strength) : masses;
    }

    private List<StructuredAmount> amounts(List<ObjectNode> group, Optional<ProductStrength> strength) {
        var different = new LinkedHashSet<StructuredAmount>();
        for (var each : group) {
            amount(each, strength).ifPresent(different::add);
            if (different.size() > 1) {
                break;
            }
        }
        return List.copyOf(different);
    }

    private static boolean hasDose(ObjectNode node) {
        return FhirJson.object(node, "doseQuantity").isPresent()
                || FhirJson.object(node, "doseRange").isPresent();
    }

    private static boolean isOrdered(ObjectNode doseAndRate) {
        var type = Concept.of(doseAndRate, "type", CodeMap.NONE);
        return type.hasCode("ordered") || type.texts().stream().anyMatch(text -> text.equalsIgnoreCase("ordered"));
    }

    private Optional<StructuredAmount> amount(ObjectNode node, Optional<ProductStrength> strength) {
        var quantity = FhirJson.object(node, "doseQuantity");
        if (quantity.isPresent()) {
            return mg(quantity.get(), strength).map(StructuredAmount.Exactly::new);
        }
        return FhirJson.object(node, "doseRange").flatMap(range -> {
            var high = FhirJson.object(range, "high").flatMap(bound -> mg(bound, strength));
            var low = FhirJson.object(range, "low").flatMap(bound -> mg(bound, strength));
            return high.map(mg -> low.isPresent() && low.get().compareTo(mg) == 0
                    ? new StructuredAmount.Exactly(mg)
                    : new StructuredAmount.UpTo(mg));
        });
    }

    private Optional<BigDecimal> mg(ObjectNode quantity, Optional<ProductStrength> strength) {
        return DoseQuantity.of(quantity, units)
                .flatMap(dose -> dose.mg(strength))
                .map(mg -> mg.signum() == 0 ? mg : mg.stripTrailingZeros());
    }

    /** Counted in tablets or the like, so that the strength is all that is missing. */
    private boolean needsStrength(ObjectNode node) {
        return FhirJson.object(node, "doseQuantity")
                .flatMap(quantity -> DoseQuantity.of(quantity, units))
                .map(dose -> dose.unit().mg().isEmpty())
                .orElse(false);
    }
}
