package health.setpoint.chart.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import health.setpoint.chart.Chart;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.labs.Comparator;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.labs.ResultStatus;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("A laboratory result")
class LabsTest {

    private static final String VALUE = "valueQuantity: {value: 72, unit: 'pg/mL'}";

    private static String loinc(String code) {
        return "code: {coding: [{system: 'http://loinc.org', code: '" + code + "'}]}";
    }

    private static String observation(String id, String members) {
        return "{resourceType: 'Observation', id: '" + id + "', " + members + "}";
    }

    private static String estradiol(String members) {
        return observation(
                "e2", "status: 'final', effectiveDateTime: '2026-02-27', " + loinc("2243-4") + ", " + members);
    }

    private static List<LabResult> labs(String... observations) {
        var chart = Chart.of();
        for (var each : observations) {
            chart.lab(each);
        }
        return chart.facts().labs();
    }

    private static LabResult only(String observation) {
        var found = labs(observation);
        assertEquals(1, found.size(), found.toString());
        return found.get(0);
    }

    private static Reading.Measured measured(String observation) {
        return (Reading.Measured) only(observation).reading();
    }

    private static BigDecimal base(String observation) {
        var reading = measured(observation);
        return reading.unit().toBase(reading.amount()).stripTrailingZeros();
    }

    // --- status ---

    @TestFactory
    Stream<DynamicTest> statusesThatExist() {
        return Stream.of(
                        "final FINAL",
                        "amended AMENDED",
                        "corrected CORRECTED",
                        "preliminary PRELIMINARY",
                        "registered REGISTERED",
                        "somethingelse PRELIMINARY")
                .map(row -> row.split(" "))
                .map(row -> dynamicTest(
                        "of status " + row[0] + " is " + row[1],
                        () -> assertEquals(
                                ResultStatus.valueOf(row[1]),
                                only(observation("e2", "status: '" + row[0] + "', " + loinc("2243-4") + ", " + VALUE))
                                        .status())));
    }

    @TestFactory
    Stream<DynamicTest> statusesThatDoNot() {
        return Stream.of("entered-in-error", "cancelled", "unknown")
                .map(status -> dynamicTest("of status " + status + " does not exist", () -> {
                    var read = Chart.of()
                            .lab(observation("e2", "status: '" + status + "', " + loinc("2243-4") + ", " + VALUE))
                            .read();
                    assertTrue(read.facts().labs().isEmpty());
                    assertTrue(read.notes().stream()
                            .anyMatch(note -> note.reference().equals("Observation/e2")
                                    && note.outcome() == ReadNote.Outcome.IGNORED));
                }));
    }

    @Test
    @DisplayName("without a status is not final, so that no older one decides in its place")
    void noStatus() {
        assertEquals(
                ResultStatus.PRELIMINARY,
                only(observation("e2", loinc("2243-4") + ", " + VALUE)).status());
    }

    @Test
    @DisplayName("that was corrected is replaced by the version issued last")
    void corrected() {
        var identifier =
                "identifier: [{system: 'urn:lab', value: '17'}], effectiveDateTime: '2026-02-27', " + loinc("2243-4");
        var found = labs(
                observation(
                        "a",
                        "status: 'corrected', issued: '2026-03-01T08:00:00Z', valueQuantity: {value: 30, unit: 'pg/mL'}, "
                                + identifier),
                observation(
                        "b",
                        "status: 'final', issued: '2026-02-28T08:00:00Z', valueQuantity: {value: 90, unit: 'pg/mL'}, "
                                + identifier),
                observation(
                        "c",
                        "status: 'corrected', issued: '2026-02-28T23:00:00-05:00', valueQuantity: {value: 35, unit: 'pg/mL'}, "
                                + identifier));
        assertEquals(
                List.of("Observation/a"),
                found.stream().map(LabResult::reference).toList());
    }

    @Test
    @DisplayName("does not replace another test of the same accession number")
    void sameAccession() {
        var identifier = "identifier: [{system: 'urn:lab', value: '17'}], effectiveDateTime: '2026-02-27'";
        assertEquals(
                2,
                labs(
                                observation(
                                        "a",
                                        "status: 'corrected', " + VALUE + ", " + loinc("2243-4") + ", " + identifier),
                                observation(
                                        "b",
                                        "status: 'final', valueQuantity: {value: 600, unit: 'ng/dL'}, "
                                                + loinc("2986-8") + ", " + identifier))
                        .size());
    }

    @Test
    @DisplayName("that was never changed stays beside another one of the same identifier")
    void unchanged() {
        var identifier = "identifier: [{value: '17'}], " + loinc("2243-4") + ", " + VALUE;
        assertEquals(
                2,
                labs(
                                observation("a", "status: 'final', " + identifier),
                                observation("b", "status: 'preliminary', " + identifier))
                        .size());
    }

    // --- time ---

    @TestFactory
    Stream<DynamicTest> times() {
        var day = new ClinicalTime.OnDay(LocalDate.of(2026, 2, 27));
        return Stream.of(
                time("on a day", "effectiveDateTime: '2026-02-27'", day),
                time(
                        "at a moment with offset, in the site's zone",
                        "effectiveDateTime: '2026-02-28T02:30:00Z'",
                        new ClinicalTime.At(LocalDateTime.of(2026, 2, 27, 21, 30))),
                time(
                        "at a local moment without offset",
                        "effectiveDateTime: '2026-02-27T08:15:00'",
                        new ClinicalTime.At(LocalDateTime.of(2026, 2, 27, 8, 15))),
                time("at the end of a period", "effectivePeriod: {start: '2026-02-20', end: '2026-02-27'}", day),
                time(
                        "at an instant",
                        "effectiveInstant: '2026-02-27T13:00:00.123Z'",
                        new ClinicalTime.At(LocalDateTime.of(2026, 2, 27, 8, 0))),
                time(
                        "when its contained specimen was collected",
                        "specimen: {reference: '#s'}, contained: [{resourceType: 'Specimen', id: 's', collection: {collectedDateTime: '2026-02-27'}}]",
                        day),
                time(
                        "when its specimen was collected over a period",
                        "specimen: {reference: '#s'}, contained: [{resourceType: 'Specimen', id: 's', collection: {collectedPeriod: {end: '2026-02-27'}}}]",
                        day),
                time(
                        "at its own time before that of its specimen",
                        "effectiveDateTime: '2026-02-27', specimen: {reference: '#s'}, contained: [{resourceType: 'Specimen', id: 's', collection: {collectedDateTime: '2026-02-01'}}]",
                        day),
                time("never when it was issued", "issued: '2026-02-27T08:00:00Z'", new ClinicalTime.Unknown()),
                time(
                        "when its specimen was collected, where its own time names no day",
                        "effectiveDateTime: '2026-02', specimen: {reference: '#s'}, contained: [{resourceType: 'Specimen', id: 's', collection: {collectedDateTime: '2026-02-27'}}]",
                        day),
                time("not at no time", "effectiveDateTime: ' '", ClinicalTime.Between.ANY_DAYS),
                time("somewhere in a month", "effectiveDateTime: '2026-02'", between("2026-02-01", "2026-02-28")),
                time("somewhere in a year", "effectiveDateTime: '2026'", between("2026-01-01", "2026-12-31")),
                time(
                        "maybe on the day of an hour without minutes",
                        "effectiveDateTime: '2026-02-27T08'",
                        between("2026-02-27", "2026-02-27")),
                time(
                        "maybe on a day in digits alone",
                        "effectiveDateTime: '20260227'",
                        between("2026-02-27", "2026-02-27")),
                time(
                        "maybe at a moment in digits alone",
                        "effectiveDateTime: '20260227081500+0100'",
                        between("2026-02-27", "2026-02-27")),
                time(
                        "maybe on a day with strokes",
                        "effectiveDateTime: '2026/02/27'",
                        between("2026-02-27", "2026-02-27")),
                time(
                        "maybe on the one day that a month and a day can mean",
                        "effectiveDateTime: '02/27/2026'",
                        between("2026-02-27", "2026-02-27")),
                time(
                        "on either day that day and month can mean",
                        "effectiveDateTime: '03.02.2026 08:15'",
                        between("2026-02-03", "2026-03-02")),
                time(
                        "on some day from the start of a period without an end",
                        "effectivePeriod: {start: '2026-02-20'}",
                        between("2026-02-20", "9999-12-31")),
                time(
                        "on any day that a timing means",
                        "effectiveTiming: {event: ['2026-02-27']}",
                        ClinicalTime.Between.ANY_DAYS),
                time(
                        "on any day where it does not exist",
                        "effectiveDateTime: '2026-02-30'",
                        ClinicalTime.Between.ANY_DAYS),
                time(
                        "on any day where the date is none",
                        "effectiveDateTime: 'Invalid date'",
                        ClinicalTime.Between.ANY_DAYS),
                time("on any day where it is a number", "effectiveDateTime: 20260227", ClinicalTime.Between.ANY_DAYS));
    }

    private static ClinicalTime between(String earliest, String latest) {
        return new ClinicalTime.Between(LocalDate.parse(earliest), LocalDate.parse(latest));
    }

    private static DynamicTest time(String title, String members, ClinicalTime expected) {
        return dynamicTest(
                "is drawn " + title,
                () -> assertEquals(
                        expected,
                        only(observation("e2", "status: 'final', " + VALUE + ", " + loinc("2243-4") + ", " + members))
                                .drawn()));
    }

    @Test
    @DisplayName("finds its specimen as a sibling entry")
    void siblingSpecimen() {
        var chart = Chart.of()
                .lab(observation(
                        "e2",
                        "status: 'final', " + VALUE + ", " + loinc("2243-4")
                                + ", specimen: {reference: 'https://ehr.example/Specimen/s'}"))
                .lab("{resourceType: 'Specimen', id: 's', collection: {collectedDateTime: '2026-02-27'}}");
        assertEquals(
                new ClinicalTime.OnDay(LocalDate.of(2026, 2, 27)),
                chart.facts().labs().get(0).drawn());
    }

    // --- value and unit ---

    @TestFactory
    Stream<DynamicTest> quantities() {
        var ucum = "system: 'http://unitsofmeasure.org', ";
        return Stream.of(
                value("by its UCUM code", "72", estradiol("valueQuantity: {value: 72, " + ucum + "code: 'pg/mL'}")),
                value("by its unit in words", "72", estradiol("valueQuantity: {value: 72, unit: 'pg/ml'}")),
                value("by a code that has no system", "72", estradiol("valueQuantity: {value: 72, code: 'pg/mL'}")),
                value("in pmol/L", "20.0", estradiol("valueQuantity: {value: 73.4, " + ucum + "code: 'pmol/L'}")),
                value("in nmol/L", "54.5", estradiol("valueQuantity: {value: 0.2, unit: 'nmol/L'}")),
                value("as a number in a string", "72", estradiol("valueQuantity: {value: '72', unit: 'pg/mL'}")),
                value("as a quantity in an array", "72", estradiol("valueQuantity: [{value: 72, unit: 'pg/mL'}]")),
                value("in words", "72", estradiol("valueString: '72 pg/mL'")),
                value("in words without a blank", "72.5", estradiol("valueString: ' 72.5pg/mL '")),
                value(
                        "of hematocrit in percent",
                        "49.8",
                        observation(
                                "h", "status: 'final', valueQuantity: {value: 49.8, unit: '%'}, " + loinc("4544-3"))),
                value(
                        "of hematocrit as a fraction",
                        "49.8",
                        observation(
                                "h",
                                "status: 'final', valueQuantity: {value: 0.498, " + ucum + "code: 'L/L'}, "
                                        + loinc("4544-3"))),
                value(
                        "of hematocrit as a ratio",
                        "50",
                        observation(
                                "h",
                                "status: 'final', valueQuantity: {value: 0.5, " + ucum + "code: '{ratio}'}, "
                                        + loinc("4544-3"))),
                value(
                        "of hematocrit in L/L that is a percentage",
                        "50",
                        observation(
                                "h",
                                "status: 'final', valueQuantity: {value: 50, " + ucum + "code: 'L/L'}, "
                                        + loinc("4544-3"))),
                value(
                        "of an AUDIT-C score without a unit",
                        "5",
                        observation("a", "status: 'final', valueInteger: 5, " + loinc("75626-2"))),
                value(
                        "of a T-score below zero",
                        "-1.8",
                        observation(
                                "d",
                                "status: 'final', valueQuantity: {value: -1.8, " + ucum + "code: '{Tscore}'}, "
                                        + loinc("38267-1"))));
    }

    private static DynamicTest value(String title, String expected, String observation) {
        return dynamicTest("is read " + title, () -> {
            var expectedNumber = new BigDecimal(expected);
            assertEquals(
                    0,
                    expectedNumber.compareTo(
                            base(observation).setScale(expectedNumber.scale(), java.math.RoundingMode.HALF_UP)),
                    base(observation).toPlainString());
        });
    }

    @Test
    @DisplayName("keeps every decimal that was reported")
    void decimals() {
        assertEquals(
                new BigDecimal("1.40"),
                measured(estradiol("valueQuantity: {value: 1.40, unit: 'pg/mL'}"))
                        .amount());
    }

    @TestFactory
    Stream<DynamicTest> comparators() {
        return Stream.of(
                compared("<", Comparator.BELOW, "valueQuantity: {comparator: '<', value: 5, unit: 'pg/mL'}"),
                compared("<=", Comparator.AT_MOST, "valueQuantity: {comparator: '<=', value: 5, unit: 'pg/mL'}"),
                compared(">", Comparator.ABOVE, "valueQuantity: {comparator: '>', value: 5, unit: 'pg/mL'}"),
                compared(">=", Comparator.AT_LEAST, "valueQuantity: {comparator: '>=', value: 5, unit: 'pg/mL'}"),
                compared("< in words", Comparator.BELOW, "valueString: '< 5 pg/mL'"),
                compared("≤ in words", Comparator.AT_MOST, "valueString: '≤5 pg/mL'"),
                compared(">= in words", Comparator.AT_LEAST, "valueString: '>=5pg/mL'"),
                compared("< in a quantity's string", Comparator.BELOW, "valueQuantity: {value: '<5', unit: 'pg/mL'}"));
    }

    private static DynamicTest compared(String title, Comparator expected, String value) {
        return dynamicTest("keeps the comparator " + title, () -> {
            assertEquals(expected, measured(estradiol(value)).comparator());
            assertEquals(0, measured(estradiol(value)).amount().compareTo(BigDecimal.valueOf(5)));
        });
    }

    @TestFactory
    Stream<DynamicTest> unreadable() {
        return Stream.of(
                why("without a unit", Reading.Why.NO_UNIT, "valueQuantity: {value: 72}"),
                why("without a unit in words", Reading.Why.NO_UNIT, "valueString: '<5.0'"),
                why("as an integer", Reading.Why.NO_UNIT, "valueInteger: 72"),
                why(
                        "in a unit of another kind",
                        Reading.Why.UNKNOWN_UNIT,
                        "valueQuantity: {value: 72, unit: 'mIU/mL'}"),
                why("in an unknown unit", Reading.Why.UNKNOWN_UNIT, "valueQuantity: {value: 72, unit: 'units'}"),
                why(
                        "with a code that no unit has, whatever its words say",
                        Reading.Why.UNKNOWN_UNIT,
                        "valueQuantity: {value: 72, system: 'http://unitsofmeasure.org', code: 'foo', unit: 'pg/mL'}"),
                why(
                        "in pg/mL by code and pmol/L by words",
                        Reading.Why.UNKNOWN_UNIT,
                        "valueQuantity: {value: 72, system: 'http://unitsofmeasure.org', code: 'pg/mL', unit: 'pmol/L'}"),
                why("in words that are no number", Reading.Why.NO_NUMBER, "valueString: 'somewhat low'"),
                why("with words for no value", Reading.Why.ABSENT, "valueString: 'Specimen quantity not sufficient'"),
                why("with words for no value, coded", Reading.Why.ABSENT, "valueCodeableConcept: {text: 'QNS'}"),
                why("with a test that was not done", Reading.Why.ABSENT, "valueString: 'Test not performed'"),
                why("with a haemolysed specimen", Reading.Why.ABSENT, "valueString: 'Specimen hemolyzed.'"),
                why("that stands elsewhere", Reading.Why.ABSENT, "valueString: 'See note'"),
                why("that is to come", Reading.Why.ABSENT, "valueString: 'PENDING'"),
                why("that was cancelled", Reading.Why.ABSENT, "valueString: 'Cancelled'"),
                why("with a reason for its absence", Reading.Why.ABSENT, "dataAbsentReason: {text: 'x'}"),
                why("in words with a comma for thousands", Reading.Why.NO_NUMBER, "valueString: '1,250 pg/mL'"),
                why("with a decimal comma", Reading.Why.NO_NUMBER, "valueString: '5,0 pg/mL'"),
                why("as a range", Reading.Why.NO_NUMBER, "valueRange: {low: {value: 5}}"),
                why("as a concept", Reading.Why.NO_NUMBER, "valueCodeableConcept: {text: 'low'}"),
                why(
                        "with a comparator that is none",
                        Reading.Why.NO_NUMBER,
                        "valueQuantity: {comparator: '~', value: 5, unit: 'pg/mL'}"),
                why(
                        "with a comparator of a wrong type",
                        Reading.Why.NO_NUMBER,
                        "valueQuantity: {comparator: 7, value: 5, unit: 'pg/mL'}"),
                why("without a value", Reading.Why.NO_NUMBER, "note: []"),
                why("with an empty quantity", Reading.Why.NO_NUMBER, "valueQuantity: {}"),
                why("with a value of a wrong type", Reading.Why.NO_NUMBER, "valueQuantity: {value: {}, unit: 'pg/mL'}"),
                why(
                        "with a number that nobody can compute with",
                        Reading.Why.NO_NUMBER,
                        "valueQuantity: {value: 1e999999, unit: 'pg/mL'}"),
                why(
                        "with both a value and a reason for its absence",
                        Reading.Why.ABSENT,
                        VALUE + ", dataAbsentReason: {text: 'x'}"));
    }

    private static DynamicTest why(String title, Reading.Why expected, String value) {
        return dynamicTest("is unreadable " + title, () -> {
            var reading = only(estradiol(value)).reading();
            assertEquals(expected, ((Reading.Unreadable) reading).why());
        });
    }

    @Test
    @DisplayName("that is unreadable shows what was sent, short and without mark-up")
    void shown() {
        var shown = ((Reading.Unreadable)
                        only(estradiol("valueString: '<b>see</b> [comment](http://x) " + "y".repeat(200) + "'"))
                                .reading())
                .shown();
        assertTrue(shown.startsWith("see comment (http://x)"), shown);
        assertTrue(shown.length() <= 40, shown);
        assertEquals(
                "<5.0",
                ((Reading.Unreadable) only(estradiol("valueString: '<5.0'")).reading()).shown());
    }

    @Test
    @DisplayName(
            "whose value is absent for a reason has none, and the reason is shown: no older one decides in its place")
    void dataAbsent() {
        var read = Chart.of()
                .lab(estradiol("dataAbsentReason: {coding: [{code: 'error'}]}"))
                .read();
        var reading = (Reading.Unreadable) read.facts().labs().get(0).reading();
        assertEquals(new Reading.Unreadable(Reading.Why.ABSENT, "error"), reading);
        assertTrue(read.notes().stream().anyMatch(note -> note.text().contains("error")));
    }

    @TestFactory
    Stream<DynamicTest> wordsOfAConcept() {
        return Stream.of(
                value("by the text of a concept", "72", estradiol("valueCodeableConcept: {text: '72 pg/mL'}")),
                value(
                        "by the display of a concept",
                        "72",
                        estradiol("valueCodeableConcept: {coding: [{code: '1', display: '72 pg/mL'}]}")),
                value(
                        "with = before it",
                        "14",
                        estradiol("valueQuantity: {comparator: '=', value: 14, unit: 'pg/mL'}")),
                value("with = before it in words", "14", estradiol("valueString: '= 14 pg/mL'")));
    }

    // --- what a doubtful value may mean ---

    @TestFactory
    Stream<DynamicTest> possibleValues() {
        return Stream.of(
                possible("of hematocrit without a unit", "56.2", "4544-3", "valueQuantity: {value: 56.2}"),
                possible("of a hematocrit fraction without a unit", "56", "4544-3", "valueQuantity: {value: 0.56}"),
                possible("of hematocrit as 0.56 %", "56", "4544-3", "valueQuantity: {value: 0.56, unit: '%'}"),
                possible("of hematocrit as 562 %", "562", "4544-3", "valueQuantity: {value: 562, unit: '%'}"),
                possible("of hematocrit in words", "56.2", "4544-3", "valueString: '56.2'"),
                possible("of hematocrit with a flag", "56.2", "4544-3", "valueString: '56.2 % (H)'"),
                possible("of hematocrit after a flag", "56.2", "4544-3", "valueString: 'H 56.2 %'"),
                possible("of hematocrit with a comma", "56.2", "4544-3", "valueString: '56,2 %'"),
                possible("of hematocrit between two", "52 56", "4544-3", "valueString: '52-56 %'"),
                possible(
                        "of hematocrit in a range",
                        "52 56",
                        "4544-3",
                        "valueRange: {low: {value: 52, unit: '%'}, high: {value: 56, unit: '%'}}"),
                possible("of hematocrit as an integer", "56", "4544-3", "valueInteger: 56"),
                possible(
                        "of hematocrit with a reason for its absence",
                        "56",
                        "4544-3",
                        "valueQuantity: {value: 56, unit: '%'}, dataAbsentReason: {text: 'x'}"),
                possible("of hematocrit that was not measured", "", "4544-3", "valueString: 'QNS 56'"),
                possible("of AST without a unit", "130", "1920-8", "valueQuantity: {value: 130}"),
                possible("of AST with a comma", "1.25 1250", "1920-8", "valueString: '1,250 U/L'"),
                possible("of bilirubin without a unit", "1.754 30", "1975-2", "valueQuantity: {value: 30}"),
                possible(
                        "of a T-score in an unknown unit",
                        "-2.8",
                        "38267-1",
                        "valueQuantity: {value: -2.8, unit: 'x'}"),
                possible("of a T-score with a minus of its own", "-2.7 2.7", "38267-1", "valueString: '\u22122.7'"),
                possible("of a T-score with a minus apart", "-2.7 2.7", "38267-1", "valueString: '- 2.7'"),
                possible("of a T-score with its minus in a word", "-2.7 2.7", "38267-1", "valueString: 'minus 2.7'"),
                possible("of a T-score beside its site", "-2.7", "38267-1", "valueString: '-2.7 (hip)'"),
                possible("of hematocrit that is called high", "at least 0", "4544-3", "valueString: 'HIGH'"),
                possible("of ALT that is called high", "at least 0", "1742-6", "valueString: 'markedly elevated'"),
                possible("of a number in letters", "at least 0", "4544-3", "valueString: 'fifty-six'"),
                possible("of a T-score in words", "at most 0", "38267-1", "valueString: 'osteoporosis'"),
                possible("of a T-score that is called low", "at most 0", "38267-1", "valueString: 'LOW'"),
                possible("of hematocrit that is called normal", "", "4544-3", "valueString: 'Normal'"),
                possible("of hematocrit that is called low", "", "4544-3", "valueString: 'L'"),
                possible("of ALT within its limits", "", "1742-6", "valueString: 'within normal limits'"),
                possible("of hematocrit that is abnormal", "at least 0", "4544-3", "valueString: 'Abnormal'"),
                possible("of estradiol with a flag", "15", "2243-4", "valueString: '15 pg/mL (L)'"),
                possible("of estradiol with a comma", "15.2", "2243-4", "valueString: '15,2 pg/mL'"),
                possible("of estradiol as less in words", "below 5", "2243-4", "valueString: 'Less than 5 pg/mL'"),
                possible("of estradiol between two", "at most 15", "2243-4", "valueString: '10-15 pg/mL'"),
                possible(
                        "of estradiol as a range",
                        "at most 15",
                        "2243-4",
                        "valueRange: {low: {value: 10, unit: 'pg/mL'}, high: {value: 15, unit: 'pg/mL'}}"),
                possible(
                        "of estradiol with an empty comparator",
                        "15",
                        "2243-4",
                        "valueQuantity: {value: 15, unit: 'pg/mL', comparator: ''}"),
                possible("of estradiol above in words", "", "2243-4", "valueString: 'More than 5 pg/mL'"),
                possible("of estradiol with a comma and no unit", "", "2243-4", "valueString: '15,2'"),
                possible("of estradiol in words alone", "", "2243-4", "valueString: 'undetectable'"),
                possible("of estradiol beside a range", "", "2243-4", "valueString: '15 pg/mL (10-42)'"),
                possible("of estradiol without a unit", "", "2243-4", "valueQuantity: {value: 14}"));
    }

    private static DynamicTest possible(String title, String expected, String code, String value) {
        return dynamicTest("may have the value " + title + " that it could have", () -> {
            var reading = (Reading.Unreadable) only(observation("o", "status: 'final', " + loinc(code) + ", " + value))
                    .reading();
            assertEquals(
                    expected,
                    reading.possible().stream()
                            .sorted(java.util.Comparator.comparing(
                                    measured -> measured.unit().toBase(measured.amount())))
                            .map(measured -> bound(measured)
                                    + measured.unit()
                                            .toBase(measured.amount())
                                            .stripTrailingZeros()
                                            .round(new java.math.MathContext(4))
                                            .toPlainString())
                            .distinct()
                            .collect(java.util.stream.Collectors.joining(" ")));
        });
    }

    private static String bound(Reading.Measured measured) {
        var comparator = measured.comparator();
        return comparator.sign().isEmpty()
                ? ""
                : comparator.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + " ";
    }

    @TestFactory
    Stream<DynamicTest> implausible() {
        return Stream.of(
                        "4544-3 14.9 % no",
                        "4544-3 15 % yes",
                        "4544-3 75 % yes",
                        "4544-3 75.1 % no",
                        "1920-8 10001 U/L no",
                        "1975-2 100.1 mg/dL no",
                        "38267-1 -8.1 {Tscore} no",
                        "2243-4 2500 pg/mL yes")
                .map(row -> row.split(" "))
                .map(row -> dynamicTest(
                        "of " + row[1] + " " + row[2] + " is plausible for " + row[0] + ": " + row[3], () -> {
                            var reading = only(observation(
                                            "o",
                                            "status: 'final', " + loinc(row[0]) + ", valueQuantity: {value: " + row[1]
                                                    + ", unit: '" + row[2] + "'}"))
                                    .reading();
                            assertEquals(row[3].equals("yes"), reading instanceof Reading.Measured, reading.toString());
                            if (reading instanceof Reading.Unreadable unreadable) {
                                assertEquals(Reading.Why.IMPLAUSIBLE, unreadable.why());
                            }
                        }));
    }

    // --- codes ---

    @Test
    @DisplayName("is known by any of its codes")
    void anyCode() {
        var code =
                "code: {coding: [{system: 'urn:oid:1.2.3', code: 'E2'}, {system: 'http://loinc.org', code: '2243-4'}]}";
        assertEquals(
                Analyte.ESTRADIOL,
                only(observation("e2", "status: 'final', " + VALUE + ", " + code))
                        .analyte());
    }

    @Test
    @DisplayName("whose codes name several different tests may be each of them, and counts as none")
    void contradictingCodes() {
        var code =
                "code: {coding: [{system: 'http://loinc.org', code: '2986-8'}, {system: 'http://loinc.org', code: '2243-4'}]}";
        var read = Chart.of()
                .lab(observation("e2", "status: 'final', " + VALUE + ", " + code))
                .read();
        assertEquals(
                List.of(Analyte.ESTRADIOL, Analyte.TESTOSTERONE),
                read.facts().labs().stream().map(LabResult::analyte).toList());
        read.facts().labs().forEach(lab -> assertEquals(Reading.Why.CONTRADICTORY, why(lab)));
        assertTrue(read.notes().stream().anyMatch(note -> note.text().contains("several different tests")));
    }

    private static Reading.Why why(LabResult result) {
        return ((Reading.Unreadable) result.reading()).why();
    }

    @TestFactory
    Stream<DynamicTest> wordsThatContradictACode() {
        return Stream.of(
                contradicts("2243-4", "Estrogens, Total", true),
                contradicts("2243-4", "Estriol", true),
                contradicts("2243-4", "Estradiol, Urine", true),
                contradicts("2243-4", "Estradiol, Ultrasensitive", false),
                contradicts("2243-4", "E2", false),
                contradicts("2243-4", "Hormone panel", false),
                contradicts("2986-8", "Testosterone, Free", true),
                contradicts("2986-8", "Testosterone, Free and Total", false),
                contradicts("2986-8", "Testosteron gesamt", false),
                contradicts("4544-3", "Hemoglobin", true),
                contradicts("4544-3", "Hemoglobin and Hematocrit", false),
                contradicts("4544-3", "CBC", false),
                contradicts("2857-1", "PSA, Free", true),
                contradicts("2857-1", "PSA, Total (Reflex to Free)", false),
                contradicts("1975-2", "Bilirubin, Direct", true),
                contradicts("1920-8", "ALT (SGPT)", true));
    }

    private static DynamicTest contradicts(String code, String text, boolean expected) {
        return dynamicTest("with " + code + " and the words " + text + " is in doubt: " + expected, () -> {
            for (var words : List.of(
                    "text: '" + text + "', coding: [{system: 'http://loinc.org', code: '" + code + "'}]",
                    "coding: [{system: 'http://loinc.org', code: '" + code + "', display: '" + text + "'}]",
                    "text: '" + text + "', coding: [{system: 'http://loinc.org', code: '" + code + "', display: '"
                            + Chart.KNOWLEDGE.terminology().all().stream()
                                    .filter(known -> known.code().equals(code))
                                    .findFirst()
                                    .orElseThrow()
                                    .display()
                            + "'}]")) {
                var found = labs(observation(
                        "o", "status: 'final', code: {" + words + "}, valueQuantity: {value: 30, unit: 'x'}"));
                var meant = Chart.KNOWLEDGE
                        .terminology()
                        .lab("http://loinc.org", code)
                        .orElseThrow()
                        .analyte();
                var own = found.stream().filter(lab -> lab.analyte() == meant).toList();
                assertEquals(1, own.size(), found.toString());
                assertEquals(expected, why(own.get(0)) == Reading.Why.CONTRADICTORY, found.toString());
                if (expected) {
                    assertEquals(
                            Optional.of(text), ((Reading.Unreadable) own.get(0).reading()).name());
                }
            }
        });
    }

    @Test
    @DisplayName("whose code says hemoglobin and whose words say hematocrit may be a hematocrit")
    void otherWay() {
        var found = only(observation(
                "o",
                "status: 'final', code: {text: 'Hematocrit', coding: [{system: 'http://loinc.org', code: '718-7'}]}, "
                        + "valueQuantity: {value: 56, unit: '%'}"));
        assertEquals(Analyte.HEMATOCRIT, found.analyte());
        assertEquals(Reading.Why.CONTRADICTORY, why(found));
        assertEquals(1, ((Reading.Unreadable) found.reading()).possible().size());
    }

    @Test
    @DisplayName("with a code that is not confirmed counts only with words that name the test, and is in doubt without")
    void unconfirmedCode() {
        var bare = "code: {coding: [{system: 'http://loinc.org', code: '72873-3'}]}";
        var named =
                "code: {coding: [{system: 'http://loinc.org', code: '72873-3', display: 'Estradiol high sensitivity'}]}";
        assertEquals(Reading.Why.UNMAPPED, why(only(observation("e2", "status: 'final', " + VALUE + ", " + bare))));
        assertTrue(
                only(observation("e2", "status: 'final', " + VALUE + ", " + named))
                                .reading()
                        instanceof Reading.Measured);
    }

    private static final CodeMap LOCAL = CodeMap.of(
            Chart.json(
                    "{resourceType: 'ConceptMap', group: [{source: 'urn:lab|2', target: 'http://loinc.org', element: [{code: 'ESTR', target: [{code: '2243-4', equivalence: 'equivalent'}]}]}]}"));

    @Test
    @DisplayName("with a local code is in doubt by its words, and known through the client's code map")
    void localCode() {
        var local = observation(
                "e2",
                "status: 'final', " + VALUE
                        + ", code: {coding: [{system: 'urn:lab', code: 'ESTR'}], text: 'Estradiol, *Sensitive*'}");
        var read = Chart.of().lab(local).read();
        var found = read.facts().labs().get(0);
        assertEquals(Analyte.ESTRADIOL, found.analyte());
        assertEquals(Assay.MASS_SPECTROMETRY, found.assay());
        var reading = (Reading.Unreadable) found.reading();
        assertEquals(Reading.Why.UNMAPPED, reading.why());
        assertEquals("72 pg/mL", reading.shown());
        assertEquals(Optional.of("Estradiol, Sensitive"), reading.name());
        assertEquals(1, reading.possible().size());
        var note = read.notes().stream()
                .filter(each -> each.outcome() == ReadNote.Outcome.UNMAPPED)
                .findFirst()
                .orElseThrow();
        assertTrue(note.text().contains("urn:lab|ESTR"), note.text());
        assertTrue(note.text().contains("http://loinc.org|2243-4"), note.text());
        assertTrue(Chart.of().lab(local).codes(LOCAL).facts().labs().get(0).reading() instanceof Reading.Measured);
    }

    @Test
    @DisplayName("that the client's code map names is taken at its word, whatever the laboratory calls it")
    void mappedWords() {
        var local = observation(
                "e2",
                "status: 'final', " + VALUE
                        + ", code: {coding: [{system: 'urn:lab', code: 'ESTR'}], text: 'Estrogen, sensitive'}");
        assertTrue(Chart.of().lab(local).facts().labs().isEmpty());
        assertTrue(Chart.of().lab(local).codes(LOCAL).facts().labs().get(0).reading() instanceof Reading.Measured);
    }

    @TestFactory
    Stream<DynamicTest> wordsWithoutACode() {
        return Stream.of(
                inWords("a text", "code: {text: 'Estradiol'}, " + VALUE, "ESTRADIOL UNMAPPED"),
                inWords(
                        "a display",
                        "code: {coding: [{system: 'urn:lab', code: '1', display: 'HCT'}]}, valueQuantity: {value: 56, unit: '%'}",
                        "HEMATOCRIT UNMAPPED"),
                inWords(
                        "a LOINC code that no table has",
                        "code: {coding: [{system: 'http://loinc.org', code: '99999-9', display: 'Testosterone'}]}, valueQuantity: {value: 700, unit: 'ng/dL'}",
                        "TESTOSTERONE UNMAPPED"),
                inWords(
                        "a text and another test's display",
                        "code: {text: 'Estrogens, Total', coding: [{code: '1', display: 'Estradiol'}]}, " + VALUE,
                        "ESTRADIOL UNMAPPED"),
                inWords("another test", "code: {text: 'Estrogens, Total'}, " + VALUE, ""),
                inWords(
                        "free testosterone",
                        "code: {text: 'Testosterone, Free'}, valueQuantity: {value: 12, unit: 'pg/mL'}",
                        ""),
                inWords(
                        "an abbreviation with a unit of the test",
                        "code: {text: 'E2'}, " + VALUE,
                        "ESTRADIOL UNMAPPED"),
                inWords("an abbreviation without", "code: {text: 'E2'}, valueQuantity: {value: 2, unit: 'km'}", ""),
                inWords("no value", "code: {text: 'Estradiol'}", "ESTRADIOL UNMAPPED"),
                inWords("no value for a reason", "code: {text: 'PSA'}, dataAbsentReason: {text: 'QNS'}", "PSA ABSENT"),
                inWords("words for no value", "code: {text: 'Estradiol'}, valueString: 'QNS'", "ESTRADIOL ABSENT"),
                inWords(
                        "the name of a panel",
                        "code: {text: 'Testosterone, Free and Total'}, hasMember: [{reference: 'Observation/x'}]",
                        ""),
                inWords("the names of several tests and no value", "code: {text: 'AST and ALT'}", ""),
                inWords(
                        "words in a component",
                        "code: {text: 'Hormones'}, component: [{code: {text: 'Estradiol'}, " + VALUE + "}]",
                        "ESTRADIOL UNMAPPED"),
                inWords("a question", "code: {text: 'Testosterone'}, valueBoolean: true", ""),
                inWords(
                        "a form",
                        "category: [{coding: [{code: 'survey'}]}], code: {text: 'Testosterone'}, valueInteger: 1",
                        ""),
                inWords("a test strip", "code: {text: 'Bilirubin'}, valueString: 'Negative'", ""),
                inWords(
                        "the same result under a known code as well",
                        "code: {text: 'Estradiol'}, " + VALUE,
                        "ESTRADIOL",
                        estradiol(VALUE)),
                inWords(
                        "another result under a known code as well",
                        "code: {text: 'Estradiol'}, valueQuantity: {value: 73, unit: 'pg/mL'}",
                        "ESTRADIOL UNMAPPED, ESTRADIOL",
                        estradiol(VALUE)));
    }

    private static DynamicTest inWords(String title, String members, String expected, String... more) {
        return dynamicTest("in words: " + title, () -> {
            var all = new java.util.ArrayList<>(List.of(more));
            all.add(0, observation("w", "status: 'final', effectiveDateTime: '2026-02-27', " + members));
            assertEquals(
                    expected,
                    labs(all.toArray(String[]::new)).stream()
                            .map(lab -> lab.analyte()
                                    + (lab.reading() instanceof Reading.Unreadable unreadable
                                            ? " " + unreadable.why()
                                            : ""))
                            .collect(java.util.stream.Collectors.joining(", ")));
        });
    }

    @Test
    @DisplayName("stands in the components of a panel")
    void components() {
        var panel = observation(
                "panel",
                "status: 'final', effectiveDateTime: '2026-02-27', code: {text: 'Hormones'}, component: [{"
                        + loinc("2243-4") + ", " + VALUE + "}, {" + loinc("2986-8")
                        + ", valueQuantity: {value: 600, unit: 'ng/dL'}}, {" + loinc("9999-9") + "}]");
        var found = labs(panel);
        assertEquals(2, found.size());
        assertTrue(found.stream()
                .allMatch(lab -> lab.reference().equals("Observation/panel")
                        && lab.drawn().equals(new ClinicalTime.OnDay(LocalDate.of(2026, 2, 27)))));
    }

    @Test
    @DisplayName("stands in a contained member of a panel or a report and takes its time and status")
    void contained() {
        var member = "contained: [{resourceType: 'Observation', id: 'm', " + loinc("2243-4") + ", " + VALUE + "}]";
        var panel = observation(
                "panel",
                "status: 'preliminary', effectiveDateTime: '2026-02-27', hasMember: [{reference: '#m'}], " + member);
        assertEquals(ResultStatus.PRELIMINARY, only(panel).status());
        assertEquals(Optional.of(LocalDate.of(2026, 2, 27)), only(panel).drawn().day());
        var report = "{resourceType: 'DiagnosticReport', id: 'r', status: 'final', effectiveDateTime: '2026-02-27', "
                + member + "}";
        assertEquals("DiagnosticReport/r", only(report).reference());
    }

    @Test
    @DisplayName("that came under two keys counts once")
    void twice() {
        assertEquals(
                1,
                Chart.of()
                        .lab(estradiol(VALUE))
                        .with("observations", estradiol(VALUE))
                        .facts()
                        .labs()
                        .size());
    }

    @Test
    @DisplayName("that was amended and stands twice in one report counts once")
    void amendedTwice() {
        var member = "{resourceType: 'Observation', status: 'amended', issued: '2026-02-28T08:00:00Z', "
                + "identifier: [{system: 'urn:lab', value: '1'}], " + loinc("2243-4") + ", " + VALUE + "}";
        var report = "{resourceType: 'DiagnosticReport', id: 'r', status: 'final', effectiveDateTime: '2026-02-27', "
                + "contained: [" + member + ", " + member + "]}";
        assertEquals(ResultStatus.AMENDED, only(report).status());
    }

    // --- method ---

    @TestFactory
    Stream<DynamicTest> methods() {
        var display = "code: {coding: [{system: 'http://loinc.org', code: '2243-4'}], text: '%s'}";
        return Stream.of(
                method(
                        "its method in words",
                        Assay.MASS_SPECTROMETRY,
                        loinc("2243-4") + ", method: {text: 'LC-MS/MS'}"),
                method(
                        "its method's display",
                        Assay.IMMUNOASSAY,
                        loinc("2243-4") + ", method: {coding: [{code: 'x', display: 'Chemiluminescent immunoassay'}]}"),
                method(
                        "the words of its code",
                        Assay.MASS_SPECTROMETRY,
                        display.formatted("Estradiol, Sensitive, LC/MS")),
                method(
                        "the words of its code, tandem",
                        Assay.MASS_SPECTROMETRY,
                        display.formatted("Estradiol tandem mass spectrometry")),
                method(
                        "the words of its code, ultrasensitive",
                        Assay.MASS_SPECTROMETRY,
                        display.formatted("Estradiol Ultrasensitive")),
                method(
                        "the words of its code, immunoassay",
                        Assay.IMMUNOASSAY,
                        display.formatted("Estradiol (immunoassay)")),
                method("its LOINC code", Assay.IMMUNOASSAY, loinc("83096-8")),
                method(
                        "its method before its LOINC code",
                        Assay.MASS_SPECTROMETRY,
                        loinc("83096-8") + ", method: {text: 'LC-MS/MS'}"),
                method("nothing", Assay.UNKNOWN, loinc("2243-4")));
    }

    private static DynamicTest method(String title, Assay expected, String code) {
        return dynamicTest(
                "has the method that " + title + " says",
                () -> assertEquals(
                        expected,
                        only(observation("e2", "status: 'final', " + VALUE + ", " + code))
                                .assay()));
    }

    // --- the laboratory's range ---

    @TestFactory
    Stream<DynamicTest> limits() {
        return Stream.of(
                limit("in its own unit", "916", "[{high: {value: 916, unit: 'ng/dL'}}]"),
                limit("converted from its own unit", "1000", "[{high: {value: 10, unit: 'ng/mL'}}]"),
                limit("in the unit of the value where it has none", "916", "[{high: {value: 916}}]"),
                limit("as an object", "916", "{high: {value: 916}}"),
                limit("in words", "916", "[{text: '264-916 ng/dL'}]"),
                limit("in words without a unit", "916", "[{text: '264 - 916'}]"),
                limit(
                        "the normal one of several",
                        "916",
                        "[{type: {coding: [{code: 'therapeutic'}]}, high: {value: 600}}, {type: {coding: [{code: 'normal'}]}, high: {value: 916}}]"),
                limit(
                        "not the one for women",
                        "916",
                        "[{appliesTo: [{coding: [{code: '248152002'}]}], high: {value: 60}}, {high: {value: 916}}]"),
                limit(
                        "not the one that its words call a target",
                        "916",
                        "[{type: {text: 'Therapeutic target'}, high: {value: 600}}, {high: {value: 916}}]"),
                limit(
                        "the one that its words call normal",
                        "916",
                        "[{type: {text: 'Normal Range'}, high: {value: 916}}, {type: {text: 'Treatment goal'}, high: {value: 700}}]"),
                limit(
                        "not the one that its words call one for women",
                        "916",
                        "[{appliesTo: [{text: 'Female'}], high: {value: 60}}, {appliesTo: [{text: 'Male'}], high: {value: 916}}]"),
                limit("not one whose text calls it a target", "", "[{high: {value: 600}, text: 'Therapeutic target'}]"),
                limit("not a target in words", "", "[{text: 'Target on TRT 400-700'}]"),
                limit("one whose text calls it normal", "916", "[{high: {value: 916}, text: 'Normal range of men'}]"),
                limit("none of an unknown type", "", "[{type: {text: 'Tanner 2'}, high: {value: 70}}]"),
                limit("none of two that differ", "", "[{high: {value: 800}}, {high: {value: 916}}]"),
                limit("none in an unknown unit", "", "[{high: {value: 916, unit: 'foo'}}]"),
                limit("none in unclear words", "", "[{text: 'see report'}]"));
    }

    private static DynamicTest limit(String title, String expected, String range) {
        return dynamicTest("has an upper limit " + title, () -> {
            var result = only(observation(
                    "t",
                    "status: 'final', valueQuantity: {value: 700, unit: 'ng/dL'}, " + loinc("2986-8")
                            + ", referenceRange: " + range));
            assertEquals(
                    expected, result.upperLimit().map(BigDecimal::toPlainString).orElse(""));
        });
    }

    @Test
    @DisplayName("has an upper limit of hematocrit in percent")
    void hematocritLimit() {
        var result = only(observation(
                "h",
                "status: 'final', valueQuantity: {value: 0.45, unit: 'L/L'}, referenceRange: [{high: {value: 0.51, unit: 'L/L'}}], "
                        + loinc("4544-3")));
        assertEquals(0, result.upperLimit().orElseThrow().compareTo(new BigDecimal("51")));
    }
}
