package health.setpoint.chart.medication.product;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.knowledge.terminology.DoseUnit;
import health.setpoint.knowledge.terminology.DoseUnits;
import java.math.BigDecimal;
import java.util.Optional;

/** A Quantity above zero in a unit of doses. */
public record DoseQuantity(BigDecimal value, DoseUnit unit) {

    /** Empty where its value is no exact number above zero, or where its unit says nothing known. */
    public static Optional<DoseQuantity> of(ObjectNode quantity, DoseUnits units) {
        if (FhirJson.has(quantity, "comparator")) {
            return Optional.empty();
        }
        return FhirJson.number(quantity, "value")
                .filter(value -> value.signum() > 0)
                .flatMap(value -> unit(quantity, units).map(unit -> new DoseQuantity(value, unit)));
    }

    static Optional<DoseUnit> unit(ObjectNode quantity, DoseUnits units) {
        return units.of(
                FhirJson.text(quantity, "system"), FhirJson.text(quantity, "code"), FhirJson.text(quantity, "unit"));
    }

    /** In mg; empty where only a product strength that is unknown would tell. */
    public Optional<BigDecimal> mg(Optional<ProductStrength> strength) {
        return ProductStrength.mg(value, unit, strength);
    }
}
