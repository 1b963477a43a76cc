package health.setpoint.chart.observation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.knowledge.terminology.CodeSystemUris;
import health.setpoint.knowledge.terminology.UnitTable;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Unit;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A Quantity as it was sent.
 *
 * @param node its JSON
 * @param code its UCUM code
 * @param words its unit in words; a code of another system than UCUM is no more than words
 */
record FhirQuantity(ObjectNode node, Optional<String> code, Optional<String> words) {

    static FhirQuantity of(ObjectNode node) {
        var isUcum = isUcum(node);
        return new FhirQuantity(
                node,
                FhirJson.text(node, "code").filter(text -> isUcum),
                FhirJson.text(node, "unit").or(() -> FhirJson.text(node, "code").filter(text -> !isUcum)));
    }

    private static boolean isUcum(ObjectNode node) {
        var system = FhirJson.text(node, "system").orElse("");
        return CodeSystemUris.canonical(system).equals(CodeSystemUris.UCUM);
    }

    Optional<BigDecimal> amount() {
        return FhirJson.number(node, "value");
    }

    boolean hasUnit() {
        return code.isPresent() || words.isPresent();
    }

    /** The unit as it is shown: in words, else its code. */
    Optional<String> writtenUnit() {
        return words.or(() -> code);
    }

    /** Its unit of an analyte: the UCUM code first; none where code and words are two different known units. */
    Optional<Unit> unit(UnitTable units, Analyte analyte, BigDecimal amount) {
        if (code.isEmpty()) {
            return units.unit(analyte, words.orElse(""), amount);
        }
        var coded = units.unit(analyte, code.get(), amount);
        if (words.isEmpty() || words.equals(code)) {
            return coded;
        }
        var spelled = units.unit(analyte, words.get(), amount);
        var contradicts = coded.isPresent()
                && spelled.isPresent()
                && (coded.get().factor().compareTo(spelled.get().factor()) != 0
                        || coded.get().offset().compareTo(spelled.get().offset()) != 0);
        return contradicts ? Optional.empty() : coded;
    }

    /** Comparator, value and unit as they were sent. */
    String shown() {
        return FhirJson.text(node, "comparator").orElse("")
                + amount().map(BigDecimal::toPlainString)
                        .or(() -> FhirJson.text(node, "value"))
                        .orElse("")
                + writtenUnit().map(unit -> " " + unit).orElse("");
    }
}
