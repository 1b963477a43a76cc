package health.setpoint.knowledge.terminology;

import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Formulation;
import java.util.Optional;

/**
 * What a drug code or a product name means.
 *
 * @param drug the ingredient
 * @param formulation ester or form, OTHER where it is not testosterone or not stated
 * @param strength of the product, empty for ingredients, classes and names; never read from text
 * @param verified false for a code that counts only together with a text that names the drug; true for names
 */
public record DrugCode(Drug drug, Formulation formulation, Optional<Strength> strength, boolean verified) {}
