package health.setpoint.chart.medication.product;

import health.setpoint.knowledge.terminology.DoseUnit;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * How much a product holds, as its code or its ingredient says, never as its name says.
 *
 * @param mg in one unit
 * @param per tablet, millilitre, actuation or packet
 */
public record ProductStrength(BigDecimal mg, DoseUnit per) {

    /** mg in an amount; empty where only another kind of unit is known. */
    public static Optional<BigDecimal> mg(BigDecimal amount, DoseUnit unit, Optional<ProductStrength> product) {
        return unit.mg()
                .or(() -> product.filter(strength -> strength.per() == unit).map(ProductStrength::mg))
                .map(amount::multiply);
    }

    boolean isSameAs(ProductStrength other) {
        return per == other.per && mg.compareTo(other.mg) == 0;
    }
}
