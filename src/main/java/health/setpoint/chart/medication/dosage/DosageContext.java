package health.setpoint.chart.medication.dosage;

import health.setpoint.chart.medication.product.ProductStrength;
import health.setpoint.titration.therapy.Drug;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a record says beside its instructions.
 *
 * @param strength of the product, where its code or ingredient says it
 * @param drugs of the product, which words may name
 * @param rendered the instructions in words, as the sender put them together
 * @param notes on the record
 */
public record DosageContext(
        Optional<ProductStrength> strength, Set<Drug> drugs, Optional<String> rendered, List<String> notes) {}
