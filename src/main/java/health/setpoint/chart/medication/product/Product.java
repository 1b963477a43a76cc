package health.setpoint.chart.medication.product;

import health.setpoint.chart.fhir.Concept;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Formulation;
import java.util.Map;
import java.util.Optional;

/**
 * What a medication record is of.
 *
 * @param code every code and name of it
 * @param drugs every ingredient that a rule asks for, with its ester or form
 * @param strength as the product's code or its ingredient says, and its name does not deny
 * @param contradiction two strengths that its codes, its ingredients and its name give, in a sentence for the reader
 * @param name as the record names it
 * @param byText recognised by its name only
 * @param words all names and forms of the product
 * @param problem why it is not fully known, for an engineer; empty where it is
 */
public record Product(
        Concept code,
        Map<Drug, Formulation> drugs,
        Optional<ProductStrength> strength,
        Optional<String> contradiction,
        String name,
        boolean byText,
        String words,
        String problem) {

    /** Several ingredients share one dose, so that the dose of none of them is known. */
    public boolean isMixed() {
        return drugs.size() > 1;
    }
}
