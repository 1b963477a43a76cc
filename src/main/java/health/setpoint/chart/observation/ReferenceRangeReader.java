package health.setpoint.chart.observation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.terminology.Terminology;
import health.setpoint.knowledge.terminology.UnitTable;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Unit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the ranges that a laboratory gives for its own results. */
final class ReferenceRangeReader {

    private static final int LONGEST_TEXT = 200;
    private static final Pattern RANGE_TEXT = Pattern.compile(
            "\\s*\\(?\\s*\\d{1,9}(?:\\.\\d{1,9})?\\s*[-–]\\s*(\\d{1,9}(?:\\.\\d{1,9})?)\\s*\\)?\\s*(\\S.*?)?\\s*");

    private final UnitTable units;
    private final Terminology terminology;

    ReferenceRangeReader(Knowledge knowledge) {
        this.units = knowledge.units();
        this.terminology = knowledge.terminology();
    }

    /**
     * The upper limit of the laboratory's own range in the analyte's base unit; empty where there is none, or several
     * that differ.
     *
     * @param ofValue the unit of the value, which a range without unit shares
     */
    Optional<BigDecimal> upperLimit(Analyte analyte, ObjectNode node, Optional<Unit> ofValue) {
        var limit = Optional.<BigDecimal>empty();
        for (var range : FhirJson.objects(node, "referenceRange")) {
            var high = isNormal(range) ? high(analyte, range, ofValue) : Optional.<BigDecimal>empty();
            if (high.isPresent() && limit.isPresent() && high.get().compareTo(limit.get()) != 0) {
                return Optional.empty();
            }
            if (limit.isEmpty()) {
                limit = high.map(BigDecimal::stripTrailingZeros);
            }
        }
        return limit;
    }

    /** A range of normal by code or by words, and not one of women. */
    private boolean isNormal(ObjectNode range) {
        if (FhirJson.text(range, "text").filter(terminology::isOtherRange).isPresent()) {
            return false;
        }
        if (!FhirJson.has(range, "type") && !FhirJson.has(range, "appliesTo")) {
            return true;
        }
        var type = Concept.of(range, "type", CodeMap.NONE);
        var who = Concept.of(range, "appliesTo", CodeMap.NONE);
        var normal = type.isEmpty()
                || type.hasCode("normal")
                || type.texts().stream().anyMatch(terminology::isRangeOfNormal);
        return normal
                && !who.hasAnyCode(List.of("female", "248152002", "F", "446141000124107"))
                && who.texts().stream().noneMatch(terminology::isRangeOfWomen);
    }

    private Optional<BigDecimal> high(Analyte analyte, ObjectNode range, Optional<Unit> ofValue) {
        var high = FhirJson.object(range, "high");
        if (high.isPresent()) {
            var quantity = FhirQuantity.of(high.get());
            return quantity.amount().flatMap(amount -> {
                var own = quantity.hasUnit() ? quantity.unit(units, analyte, amount) : ofValue;
                return own.map(unit -> unit.toBase(amount));
            });
        }
        return FhirJson.text(range, "text")
                .filter(text -> text.length() <= LONGEST_TEXT)
                .map(RANGE_TEXT::matcher)
                .filter(Matcher::matches)
                .flatMap(text -> {
                    var amount = new BigDecimal(text.group(1));
                    var own = text.group(2) == null ? ofValue : units.unit(analyte, text.group(2), amount);
                    return own.map(unit -> unit.toBase(amount));
                });
    }
}
