package health.setpoint.chart.observation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Coding;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.DisplayText;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.terminology.Terminology;
import health.setpoint.knowledge.terminology.UnitTable;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Comparator;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.labs.Unit;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the value of a result: a number with a known unit of the right kind, or the reason why it is none. */
final class QuantityReader {

    private static final int LONGEST_SHOWN = 40;
    private static final int LONGEST_TEXT = 200;

    private static final Pattern WRITTEN = Pattern.compile(
            "\\s*(<=|>=|=<|=>|<|>|≤|≥|=)?\\s*(-?\\d{1,9}(?:\\.\\d{1,9})?|\\.\\d{1,9})\\s*([^\\s\\d,.;:-].*?)?\\s*");
    private static final Map<String, Comparator> SIGNS = Map.of(
            "=", Comparator.NONE,
            "<", Comparator.BELOW,
            "<=", Comparator.AT_MOST,
            "=<", Comparator.AT_MOST,
            "≤", Comparator.AT_MOST,
            ">", Comparator.ABOVE,
            ">=", Comparator.AT_LEAST,
            "=>", Comparator.AT_LEAST,
            "≥", Comparator.AT_LEAST);

    private final UnitTable units;
    private final Terminology terminology;
    private final PlausibleValues values;
    private final ValuesInWords valuesInWords;

    QuantityReader(Knowledge knowledge, LocalDate today) {
        this.units = knowledge.units();
        this.terminology = knowledge.terminology();
        this.values = new PlausibleValues(units, knowledge.readingLimits(today));
        this.valuesInWords = new ValuesInWords(units, terminology, values);
    }

    /** The value of an Observation or a component; empty where it has neither a value nor a reason for having none. */
    Optional<Reading> read(Analyte analyte, ObjectNode node) {
        var value = value(analyte, node);
        if (!FhirJson.has(node, "dataAbsentReason")) {
            return value;
        }
        var reason = Concept.of(node, "dataAbsentReason", CodeMap.NONE);
        var words = reason.texts().stream()
                .findFirst()
                .or(() -> reason.codings().stream().findFirst().map(Coding::code))
                .orElse("");
        return Optional.of(new Reading.Unreadable(
                Reading.Why.ABSENT,
                DisplayText.plain(words, LONGEST_SHOWN),
                Optional.empty(),
                value.map(QuantityReader::possible).orElse(List.of())));
    }

    private Optional<Reading> value(Analyte analyte, ObjectNode node) {
        var quantity = FhirJson.object(node, "valueQuantity");
        if (quantity.isPresent()) {
            return Optional.of(quantity(analyte, quantity.get()));
        }
        if (FhirJson.has(node, "valueInteger")) {
            return Optional.of(FhirJson.number(node, "valueInteger")
                    .map(number -> measured(
                            analyte, Comparator.NONE, number, units.unit(analyte, "", number), false, () -> ""))
                    .orElseGet(() -> noNumber("")));
        }
        if (FhirJson.has(node, "valueString")) {
            return Optional.of(FhirJson.text(node, "valueString")
                    .map(text -> text(analyte, text))
                    .orElseGet(() -> noNumber("")));
        }
        if (FhirJson.has(node, "valueCodeableConcept")) {
            return Optional.of(concept(analyte, Concept.of(node, "valueCodeableConcept", CodeMap.NONE)));
        }
        var range = FhirJson.object(node, "valueRange");
        if (range.isPresent()) {
            return Optional.of(range(analyte, range.get()));
        }
        return valueMembers(node).findFirst().map(member -> noNumber(""));
    }

    private static Stream<String> valueMembers(ObjectNode node) {
        return node.properties().stream()
                .filter(each ->
                        each.getKey().startsWith("value") && !each.getValue().isNull())
                .map(Map.Entry::getKey);
    }

    /** A concept's words are a value as a string is; one that can be read comes before one that cannot. */
    private Reading concept(Analyte analyte, Concept concept) {
        var readings = concept.texts().stream().map(text -> text(analyte, text)).toList();
        return readings.stream()
                .filter(Reading.Measured.class::isInstance)
                .findFirst()
                .or(() -> readings.stream().findFirst())
                .orElseGet(() -> noNumber(""));
    }

    private Reading range(Analyte analyte, ObjectNode range) {
        var ends = Stream.of("low", "high")
                .flatMap(end -> FhirJson.object(range, end).stream())
                .toList();
        var shown = ends.stream().map(end -> FhirQuantity.of(end).shown()).collect(Collectors.joining(" - "));
        var possible = analyte == Analyte.ESTRADIOL
                ? FhirJson.object(range, "high").map(high -> quantity(analyte, high)).stream()
                        .flatMap(high -> possible(high).stream())
                        .map(high -> new Reading.Measured(Comparator.AT_MOST, high.amount(), high.unit()))
                        .toList()
                : ends.stream()
                        .flatMap(end -> possible(quantity(analyte, end)).stream())
                        .toList();
        return noPlainNumber(shown, possible);
    }

    private Reading text(Analyte analyte, String text) {
        var written = text.length() > LONGEST_TEXT ? null : WRITTEN.matcher(text);
        if (written == null || !written.matches()) {
            return notANumber(analyte, text);
        }
        var comparator = written.group(1) == null ? Comparator.NONE : SIGNS.get(written.group(1));
        var amount = new BigDecimal(written.group(2));
        var unit = written.group(3) == null ? "" : written.group(3);
        var known = units.unit(analyte, unit, amount);
        if (known.isEmpty() && analyte == Analyte.ESTRADIOL) {
            var values = valuesInWords.estradiol(text);
            if (!values.isEmpty()) {
                return noPlainNumber(text, values);
            }
        }
        return measured(analyte, comparator, amount, known, !unit.isEmpty(), () -> text);
    }

    private Reading notANumber(Analyte analyte, String text) {
        return terminology.saysThatNothingWasMeasured(text)
                ? new Reading.Unreadable(Reading.Why.ABSENT, DisplayText.plain(text, LONGEST_SHOWN))
                : noPlainNumber(text, valuesInWords.of(analyte, text));
    }

    private static Reading noPlainNumber(String text, List<Reading.Measured> possible) {
        return new Reading.Unreadable(
                Reading.Why.NO_NUMBER, DisplayText.plain(text, LONGEST_SHOWN), Optional.empty(), possible);
    }

    private Reading quantity(Analyte analyte, ObjectNode quantity) {
        var read = FhirQuantity.of(quantity);
        var amount = read.amount();
        if (amount.isEmpty()) {
            return FhirJson.text(quantity, "value")
                    .filter(text -> !FhirJson.has(quantity, "comparator"))
                    .map(text -> text(
                            analyte,
                            text + read.writtenUnit().map(unit -> " " + unit).orElse("")))
                    .orElseGet(() -> noNumber(read.shown()));
        }
        var comparator = comparator(quantity);
        if (comparator.isEmpty()) {
            return new Reading.Unreadable(
                    Reading.Why.NO_NUMBER,
                    DisplayText.plain(
                            read.shown() + ", comparator "
                                    + FhirJson.text(quantity, "comparator").orElse("?"),
                            LONGEST_SHOWN),
                    Optional.empty(),
                    analyte == Analyte.ESTRADIOL
                            ? read.unit(units, analyte, amount.get()).stream()
                                    .map(unit -> new Reading.Measured(Comparator.NONE, amount.get(), unit))
                                    .toList()
                            : values.guesses(analyte, Comparator.NONE, amount.get()));
        }
        return measured(
                analyte,
                comparator.get(),
                amount.get(),
                read.unit(units, analyte, amount.get()),
                read.hasUnit(),
                () -> read.shown());
    }

    /** Empty where it is none that can be read. */
    private static Optional<Comparator> comparator(ObjectNode quantity) {
        return FhirJson.has(quantity, "comparator")
                ? FhirJson.text(quantity, "comparator").map(SIGNS::get)
                : Optional.of(Comparator.NONE);
    }

    private Reading measured(
            Analyte analyte,
            Comparator comparator,
            BigDecimal amount,
            Optional<Unit> unit,
            boolean hasUnit,
            Supplier<String> shown) {
        if (unit.isPresent() && values.isPlausible(analyte, amount, unit.get())) {
            return new Reading.Measured(comparator, amount, unit.get());
        }
        var written = shown.get();
        return new Reading.Unreadable(
                unit.isPresent() ? Reading.Why.IMPLAUSIBLE : hasUnit ? Reading.Why.UNKNOWN_UNIT : Reading.Why.NO_UNIT,
                DisplayText.plain(written.isEmpty() ? amount.toPlainString() : written, LONGEST_SHOWN),
                Optional.empty(),
                values.guesses(analyte, comparator, amount));
    }

    static Reading noNumber(String shown) {
        return new Reading.Unreadable(Reading.Why.NO_NUMBER, DisplayText.plain(shown, LONGEST_SHOWN));
    }

    /** What a reading may mean: a number that was read is the one value. */
    static List<Reading.Measured> possible(Reading reading) {
        if (reading instanceof Reading.Measured measured) {
            return List.of(measured);
        }
        if (reading instanceof Reading.Unreadable unreadable) {
            return unreadable.possible();
        }
        throw new IllegalStateException("a reading of no kind that is known: " + reading);
    }
}
