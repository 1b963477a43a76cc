package health.setpoint.chart.medication.dosage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.Chart;
import health.setpoint.chart.fhir.FhirTime;
import health.setpoint.chart.medication.product.ProductStrength;
import health.setpoint.knowledge.terminology.DoseUnit;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.WeeklyDose;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("A dosage")
class DosageReaderTest {

    private static final LocalDate TODAY = Chart.NOW.toLocalDate();
    private static final Optional<ProductStrength> ONE_MG_TABLET =
            Optional.of(new ProductStrength(BigDecimal.ONE, DoseUnit.TABLET));
    private static final Optional<ProductStrength> TWO_HUNDRED_PER_ML =
            Optional.of(new ProductStrength(new BigDecimal("200"), DoseUnit.MILLILITRE));
    private static final Optional<ProductStrength> UNKNOWN = Optional.empty();
    private static final DosageReader READER = new DosageReader(new FhirTime(Chart.ZONE), TODAY, Chart.KNOWLEDGE);

    private static Dosage read(Optional<ProductStrength> strength, String... instructions) {
        return prescription(strength, instructions).dosage();
    }

    private static Prescription prescription(Optional<ProductStrength> strength, String... instructions) {
        var all = new ArrayList<ObjectNode>();
        for (var each : instructions) {
            all.add((ObjectNode) Chart.json(each));
        }
        return READER.read(all, beside(strength), Optional.of(TODAY.minusDays(20)), Optional.empty());
    }

    private static DosageContext beside(Optional<ProductStrength> strength) {
        return new DosageContext(strength, Set.of(), Optional.empty(), List.of());
    }

    private static String dose(String quantity, String timing) {
        return "{doseAndRate: [{doseQuantity: " + quantity + "}], timing: {" + timing + "}}";
    }

    private static String halfMilligram(String repeat) {
        return dose(
                "{value: 0.5, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg'}",
                "repeat: {" + repeat + "}");
    }

    private static Dosage weekly(String mg, String intakes) {
        return new Dosage.Weekly(WeeklyDose.of(mg), new BigDecimal(intakes));
    }

    private static DynamicTest gives(String title, Dosage expected, Dosage read) {
        return dynamicTest(title, () -> assertEquals(expected, read));
    }

    private static DynamicTest unreadable(String title, Dosage read) {
        return dynamicTest(title, () -> assertInstanceOf(Dosage.Unreadable.class, read));
    }

    @TestFactory
    Stream<DynamicTest> structuredTiming() {
        var weekly = halfMilligram("frequency: 1, period: 1, periodUnit: 'wk'");
        return Stream.of(
                unreadable(
                        "more instructions than are compared with each other",
                        read(UNKNOWN, Collections.nCopies(51, weekly).toArray(String[]::new))),
                gives(
                        "once a week",
                        weekly("0.5", "1"),
                        read(UNKNOWN, halfMilligram("frequency: 1, period: 1, periodUnit: 'wk'"))),
                gives(
                        "twice a week",
                        weekly("1", "2"),
                        read(UNKNOWN, halfMilligram("frequency: 2, period: 1, periodUnit: 'wk'"))),
                gives(
                        "every 3.5 days",
                        weekly("1", "2"),
                        read(UNKNOWN, halfMilligram("frequency: 1, period: 3.5, periodUnit: 'd'"))),
                gives(
                        "every 84 hours",
                        weekly("1", "2"),
                        read(UNKNOWN, halfMilligram("frequency: 1, period: 84, periodUnit: 'h'"))),
                gives(
                        "every other day",
                        weekly("1.75", "3.5"),
                        read(UNKNOWN, halfMilligram("frequency: 1, period: 2, periodUnit: 'd'"))),
                gives(
                        "daily without a frequency",
                        weekly("3.5", "7"),
                        read(UNKNOWN, halfMilligram("period: 1, periodUnit: 'd'"))),
                gives(
                        "every third day",
                        weekly("1.166667", "2.333333"),
                        read(UNKNOWN, halfMilligram("frequency: 1, period: 3, periodUnit: 'd'"))),
                gives(
                        "monthly",
                        weekly("0.11499", "0.229979"),
                        read(UNKNOWN, halfMilligram("frequency: 1, period: 1, periodUnit: 'mo'"))),
                gives(
                        "on three days of the week",
                        weekly("1.5", "3"),
                        read(
                                UNKNOWN,
                                halfMilligram(
                                        "frequency: 1, period: 1, periodUnit: 'wk', dayOfWeek: ['mon', 'wed', 'fri']"))),
                gives(
                        "on three days, counted in the frequency",
                        weekly("1.5", "3"),
                        read(
                                UNKNOWN,
                                halfMilligram(
                                        "frequency: 3, period: 1, periodUnit: 'wk', dayOfWeek: ['mon', 'wed', 'fri']"))),
                gives(
                        "daily, on two days of the week",
                        weekly("1", "2"),
                        read(
                                UNKNOWN,
                                halfMilligram("frequency: 1, period: 1, periodUnit: 'd', dayOfWeek: ['mon', 'thu']"))),
                gives(
                        "twice daily, on two days of the week",
                        weekly("2", "4"),
                        read(
                                UNKNOWN,
                                halfMilligram("frequency: 2, period: 1, periodUnit: 'd', dayOfWeek: ['mon', 'thu']"))),
                gives(
                        "two times of day on two days of the week",
                        weekly("2", "4"),
                        read(
                                UNKNOWN,
                                halfMilligram(
                                        "period: 1, periodUnit: 'wk', dayOfWeek: ['mon', 'thu'], timeOfDay: ['08:00:00', '20:00:00']"))),
                gives(
                        "days of the week alone",
                        weekly("1", "2"),
                        read(UNKNOWN, halfMilligram("dayOfWeek: ['mon', 'thu']"))),
                gives(
                        "one day as a string",
                        weekly("0.5", "1"),
                        read(UNKNOWN, halfMilligram("dayOfWeek: 'mon', period: 1, periodUnit: 'wk'"))),
                gives(
                        "two times a day",
                        weekly("7", "14"),
                        read(UNKNOWN, halfMilligram("timeOfDay: ['08:00:00', '20:00:00']"))),
                gives(
                        "twice daily at two times",
                        weekly("7", "14"),
                        read(
                                UNKNOWN,
                                halfMilligram(
                                        "frequency: 2, period: 1, periodUnit: 'd', timeOfDay: ['08:00:00', '20:00:00']"))),
                gives(
                        "a range of frequencies: its high end",
                        new Dosage.Range(WeeklyDose.of("1.5")),
                        read(UNKNOWN, halfMilligram("frequency: 2, frequencyMax: 3, period: 1, periodUnit: 'wk'"))),
                gives(
                        "a range of intervals: the short one",
                        new Dosage.Range(WeeklyDose.of("0.5")),
                        read(UNKNOWN, halfMilligram("frequency: 1, period: 1, periodMax: 2, periodUnit: 'wk'"))),
                gives("a count of one", new Dosage.Single(), read(UNKNOWN, halfMilligram("count: 1"))),
                gives(
                        "a count of one at an interval",
                        new Dosage.Single(),
                        read(UNKNOWN, halfMilligram("frequency: 1, period: 1, periodUnit: 'd', count: 1.0"))),
                gives(
                        "a count of one on a day of the week",
                        new Dosage.Single(),
                        read(UNKNOWN, halfMilligram("dayOfWeek: ['mon'], period: 1, periodUnit: 'wk', count: 1"))),
                gives(
                        "a count of one or more",
                        weekly("1", "2"),
                        read(
                                UNKNOWN,
                                halfMilligram("frequency: 2, period: 1, periodUnit: 'wk', count: 1, countMax: 12"))),
                unreadable(
                        "a count of nothing",
                        read(UNKNOWN, halfMilligram("frequency: 1, period: 1, periodUnit: 'd', count: 0"))),
                gives(
                        "one date",
                        new Dosage.Single(),
                        read(UNKNOWN, dose("{value: 0.5, unit: 'mg'}", "event: ['2026-03-04']"))),
                gives(
                        "an array where an object belongs",
                        weekly("1", "2"),
                        read(
                                UNKNOWN,
                                "{doseAndRate: {doseQuantity: {value: 0.5, unit: 'mg'}}, timing: [{repeat: [{frequency: 2, period: 1, periodUnit: 'wk'}]}]}")),
                unreadable("in minutes", read(UNKNOWN, halfMilligram("frequency: 1, period: 30, periodUnit: 'min'"))),
                unreadable("without a unit of the period", read(UNKNOWN, halfMilligram("frequency: 1, period: 1"))),
                unreadable("with a frequency alone", read(UNKNOWN, halfMilligram("frequency: 2"))),
                unreadable(
                        "with a period of nothing",
                        read(UNKNOWN, halfMilligram("frequency: 1, period: 0, periodUnit: 'd'"))),
                unreadable(
                        "with a negative frequency",
                        read(UNKNOWN, halfMilligram("frequency: -1, period: 1, periodUnit: 'd'"))),
                unreadable(
                        "on days of every second week",
                        read(UNKNOWN, halfMilligram("frequency: 1, period: 2, periodUnit: 'wk', dayOfWeek: ['mon']"))),
                unreadable(
                        "on a day that is none",
                        read(UNKNOWN, halfMilligram("dayOfWeek: ['someday'], period: 1, periodUnit: 'wk'"))),
                unreadable(
                        "three times a week on two days",
                        read(
                                UNKNOWN,
                                halfMilligram("frequency: 3, period: 1, periodUnit: 'wk', dayOfWeek: ['mon', 'thu']"))),
                unreadable(
                        "on several dates",
                        read(UNKNOWN, dose("{value: 0.5, unit: 'mg'}", "event: ['2026-03-04', '2026-03-11']"))),
                unreadable(
                        "without timing", read(UNKNOWN, "{doseAndRate: [{doseQuantity: {value: 0.5, unit: 'mg'}}]}")),
                unreadable(
                        "as needed",
                        read(
                                UNKNOWN,
                                "{asNeededBoolean: true, doseAndRate: [{doseQuantity: {value: 0.5, unit: 'mg'}}], timing: {repeat: {frequency: 2, period: 1, periodUnit: 'wk'}}}")),
                unreadable(
                        "as needed for something",
                        read(
                                UNKNOWN,
                                "{asNeededCodeableConcept: {text: 'pain'}, doseAndRate: [{doseQuantity: {value: 0.5, unit: 'mg'}}], timing: {repeat: {frequency: 2, period: 1, periodUnit: 'wk'}}}")),
                unreadable(
                        "as needed in its words",
                        read(
                                UNKNOWN,
                                "{text: 'take if needed', doseAndRate: [{doseQuantity: {value: 0.5, unit: 'mg'}}], timing: {repeat: {frequency: 2, period: 1, periodUnit: 'wk'}}}")));
    }

    @TestFactory
    Stream<DynamicTest> timingCodes() {
        return Stream.of("QD 3.5 7", "BID 7 14", "TID 10.5 21", "QOD 1.75 3.5", "WK 0.5 1", "MO 0.11499 0.229979")
                .map(row -> row.split(" "))
                .map(row -> gives(
                        "with the code " + row[0],
                        weekly(row[1], row[2]),
                        read(UNKNOWN, dose("{value: 0.5, unit: 'mg'}", "code: {coding: [{code: '" + row[0] + "'}]}"))));
    }

    @TestFactory
    Stream<DynamicTest> timingCodesThatAreNotPlain() {
        return Stream.of(
                unreadable(
                        "with an unknown code",
                        read(UNKNOWN, dose("{value: 0.5, unit: 'mg'}", "code: {coding: [{code: 'X7'}]}"))),
                unreadable(
                        "with a code that contradicts the timing",
                        read(
                                UNKNOWN,
                                dose(
                                        "{value: 0.5, unit: 'mg'}",
                                        "code: {coding: [{code: 'QD'}]}, repeat: {frequency: 1, period: 1, periodUnit: 'wk'}"))),
                unreadable(
                        "with the code words BIW",
                        read(UNKNOWN, dose("{value: 0.5, unit: 'mg'}", "code: {text: 'BIW'}"))),
                gives(
                        "with plain words in the code",
                        weekly("1", "2"),
                        read(UNKNOWN, dose("{value: 0.5, unit: 'mg'}", "code: {text: 'Twice weekly'}"))),
                gives(
                        "with an ambiguous code beside a plain timing",
                        weekly("1", "2"),
                        read(
                                UNKNOWN,
                                dose(
                                        "{value: 0.5, unit: 'mg'}",
                                        "code: {text: 'BIW'}, repeat: {frequency: 2, period: 1, periodUnit: 'wk'}"))));
    }

    @TestFactory
    Stream<DynamicTest> units() {
        var weekly = "repeat: {frequency: 1, period: 1, periodUnit: 'wk'}";
        return Stream.of(
                gives(
                        "in milligrams",
                        weekly("1.40", "1"),
                        read(UNKNOWN, dose("{value: 1.40, code: 'mg', system: 'http://unitsofmeasure.org'}", weekly))),
                gives(
                        "in micrograms",
                        weekly("0.5", "1"),
                        read(UNKNOWN, dose("{value: 500, code: 'ug', system: 'http://unitsofmeasure.org'}", weekly))),
                gives(
                        "in {tbl}",
                        weekly("0.5", "1"),
                        read(
                                ONE_MG_TABLET,
                                dose("{value: 0.5, code: '{tbl}', system: 'http://unitsofmeasure.org'}", weekly))),
                gives(
                        "in {tablet}",
                        weekly("0.5", "1"),
                        read(ONE_MG_TABLET, dose("{value: 0.5, code: '{tablet}'}", weekly))),
                gives("in {pill}", weekly("1", "1"), read(ONE_MG_TABLET, dose("{value: 1, code: '{pill}'}", weekly))),
                gives(
                        "in TAB",
                        weekly("1", "1"),
                        read(
                                ONE_MG_TABLET,
                                dose(
                                        "{value: 1, code: 'TAB', system: 'http://terminology.hl7.org/CodeSystem/v3-orderableDrugForm'}",
                                        weekly))),
                gives(
                        "in the NCI code of tablets",
                        weekly("1", "1"),
                        read(
                                ONE_MG_TABLET,
                                dose(
                                        "{value: 1, code: 'C48542', unit: 'Tablet', system: 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl'}",
                                        weekly))),
                gives(
                        "in the NCI code of mg alone",
                        weekly("1", "1"),
                        read(
                                UNKNOWN,
                                dose(
                                        "{value: 1, code: 'C28253', system: 'urn:oid:2.16.840.1.113883.3.26.1.1'}",
                                        weekly))),
                gives(
                        "in the SNOMED code of capsules",
                        weekly("1", "1"),
                        read(
                                ONE_MG_TABLET,
                                dose("{value: 1, code: '428641000', system: 'http://snomed.info/sct'}", weekly))),
                gives(
                        "in a local code with a word",
                        weekly("1", "1"),
                        read(
                                ONE_MG_TABLET,
                                dose("{value: 1, code: '3412', system: 'urn:local', unit: 'tab'}", weekly))),
                gives(
                        "in a word under the name of UCUM",
                        weekly("1", "1"),
                        read(
                                ONE_MG_TABLET,
                                dose(
                                        "{value: 1, code: 'Tablette', system: 'http://unitsofmeasure.org', unit: 'Tablets'}",
                                        weekly))),
                gives(
                        "in an unknown annotation of UCUM with a word",
                        weekly("1", "1"),
                        read(
                                ONE_MG_TABLET,
                                dose(
                                        "{value: 1, code: '{dosage form}', system: 'http://unitsofmeasure.org', unit: 'tablet'}",
                                        weekly))),
                unreadable(
                        "in another unit of UCUM with a word",
                        read(ONE_MG_TABLET, dose("{value: 1, code: 'mg/kg', unit: 'mg'}", weekly))),
                unreadable(
                        "in grams with the word mg",
                        read(
                                ONE_MG_TABLET,
                                dose(
                                        "{value: 1, code: 'g', system: 'http://unitsofmeasure.org', unit: 'mg'}",
                                        weekly))),
                unreadable(
                        "in an unknown unit of UCUM with a word",
                        read(
                                ONE_MG_TABLET,
                                dose(
                                        "{value: 1, code: '[foz_us]', system: 'http://unitsofmeasure.org', unit: 'tablet'}",
                                        weekly))),
                unreadable(
                        "in a code of tablets with the word mg",
                        read(
                                ONE_MG_TABLET,
                                dose(
                                        "{value: 1, code: 'C48542', system: 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl', unit: 'mg'}",
                                        weekly))),
                unreadable(
                        "in pessaries, once taken for packets",
                        read(UNKNOWN, dose("{value: 1, code: '733007009', system: 'http://snomed.info/sct'}", weekly))),
                gives(
                        "in the unit 1 with words",
                        weekly("1", "1"),
                        read(ONE_MG_TABLET, dose("{value: 1, code: '1', unit: 'Tablet'}", weekly))),
                gives(
                        "in millilitres",
                        weekly("100", "1"),
                        read(TWO_HUNDRED_PER_ML, dose("{value: 0.5, code: 'mL', unit: 'mL'}", weekly))),
                gives(
                        "in actuations",
                        weekly("40.5", "1"),
                        read(
                                Optional.of(new ProductStrength(new BigDecimal("20.25"), DoseUnit.ACTUATION)),
                                dose("{value: 2, code: '{actuat}'}", weekly))),
                gives(
                        "directly in the instruction, as in STU3",
                        weekly("0.5", "1"),
                        read(UNKNOWN, "{doseQuantity: {value: 0.5, unit: 'mg'}, timing: {" + weekly + "}}")),
                gives(
                        "as a range: its high end",
                        new Dosage.Range(WeeklyDose.of("1")),
                        read(
                                UNKNOWN,
                                "{doseAndRate: [{doseRange: {low: {value: 0.5, unit: 'mg'}, high: {value: 1, unit: 'mg'}}}], timing: {"
                                        + weekly + "}}")),
                gives(
                        "as a range of one value",
                        weekly("0.5", "1"),
                        read(
                                UNKNOWN,
                                "{doseAndRate: [{doseRange: {low: {value: 0.5, unit: 'mg'}, high: {value: 0.50, unit: 'mg'}}}], timing: {"
                                        + weekly + "}}")),
                unreadable("in tablets of unknown strength", read(UNKNOWN, dose("{value: 1, code: '{tbl}'}", weekly))),
                unreadable(
                        "in tablets of a product that is counted in millilitres",
                        read(TWO_HUNDRED_PER_ML, dose("{value: 1, code: '{tbl}'}", weekly))),
                unreadable("in grams, which may be grams of gel", read(UNKNOWN, dose("{value: 5, code: 'g'}", weekly))),
                unreadable("without a unit", read(ONE_MG_TABLET, dose("{value: 1}", weekly))),
                unreadable(
                        "in mg by code and mL by words",
                        read(TWO_HUNDRED_PER_ML, dose("{value: 1, code: 'mg', unit: 'mL'}", weekly))),
                unreadable("in mg/kg", read(UNKNOWN, dose("{value: 1, code: 'mg/kg'}", weekly))),
                unreadable("of zero", read(UNKNOWN, dose("{value: 0, code: 'mg'}", weekly))),
                unreadable("below a value", read(UNKNOWN, dose("{value: 1, comparator: '<', code: 'mg'}", weekly))),
                unreadable(
                        "with a number that nobody can compute with",
                        read(UNKNOWN, dose("{value: 1e400000, code: 'mg'}", weekly))));
    }

    @TestFactory
    Stream<DynamicTest> severalDoses() {
        var twice = "timing: {repeat: {frequency: 2, period: 1, periodUnit: 'wk'}}";
        var ordered = "{type: {coding: [{code: 'ordered'}]}, doseQuantity: {value: 0.5, unit: 'mg', code: 'mg'}}";
        var orderedTablets =
                "{type: {coding: [{code: 'ordered'}]}, doseQuantity: {value: 0.5, unit: 'tablet', code: '{tbl}'}}";
        var calculated = "{type: {coding: [{code: 'calculated'}]}, doseQuantity: {value: 0.7, unit: 'mg', code: 'mg'}}";
        var administered = "{type: {coding: [{code: 'admin-amount'}]}, doseQuantity: {value: 1, code: '{tbl}'}}";
        return Stream.of(
                gives(
                        "takes the ordered one",
                        weekly("1", "2"),
                        read(
                                UNKNOWN,
                                "{doseAndRate: [" + calculated + ", " + administered + ", " + ordered + "], " + twice
                                        + "}")),
                gives(
                        "takes the ordered one in any place",
                        weekly("1", "2"),
                        read(
                                ONE_MG_TABLET,
                                "{doseAndRate: [" + ordered + ", " + administered + ", " + calculated + "], " + twice
                                        + "}")),
                gives(
                        "takes the ordered one in tablets of a known strength",
                        weekly("1", "2"),
                        read(
                                ONE_MG_TABLET,
                                "{doseAndRate: [" + calculated + ", " + orderedTablets + "], " + twice + "}")),
                gives(
                        "takes a mass where the ordered one has no strength",
                        weekly("1.4", "2"),
                        read(UNKNOWN, "{doseAndRate: [" + calculated + ", " + orderedTablets + "], " + twice + "}")),
                gives(
                        "takes the mass where none is ordered",
                        weekly("1.4", "2"),
                        read(UNKNOWN, "{doseAndRate: [" + calculated + ", " + administered + "], " + twice + "}")),
                unreadable(
                        "that differ and are all ordered",
                        read(
                                UNKNOWN,
                                "{doseAndRate: [" + ordered
                                        + ", {type: {coding: [{code: 'ordered'}]}, doseQuantity: {value: 1, unit: 'mg'}}], "
                                        + twice + "}")));
    }

    @TestFactory
    Stream<DynamicTest> severalInstructions() {
        var monday = halfMilligram("dayOfWeek: ['mon'], period: 1, periodUnit: 'wk'");
        var thursday = dose("{value: 1, unit: 'mg'}", "repeat: {dayOfWeek: ['thu'], period: 1, periodUnit: 'wk'}");
        var first =
                "{sequence: 1, doseAndRate: [{doseQuantity: {value: 0.5, unit: 'mg'}}], timing: {repeat: {frequency: 2, period: 1, periodUnit: 'wk', %s}}}";
        var second =
                "{sequence: 2, doseAndRate: [{doseQuantity: {value: 1, unit: 'mg'}}], timing: {repeat: {frequency: 2, period: 1, periodUnit: 'wk', %s}}}";
        return Stream.of(
                gives("that hold together are added", weekly("1.5", "2"), read(UNKNOWN, monday, thursday)),
                gives(
                        "in sequence: the one that holds today",
                        weekly("2", "2"),
                        read(
                                UNKNOWN,
                                first.formatted("boundsPeriod: {start: '2026-01-01', end: '2026-02-15'}"),
                                second.formatted("boundsPeriod: {start: '2026-02-16', end: '2026-06-01'}"))),
                gives(
                        "in sequence, all still ahead: the first",
                        weekly("1", "2"),
                        read(
                                UNKNOWN,
                                second.formatted("boundsPeriod: {start: '2026-05-01', end: '2026-06-01'}"),
                                first.formatted("boundsPeriod: {start: '2026-04-01', end: '2026-04-30'}"))),
                gives(
                        "in sequence by duration: the one reached since the order",
                        weekly("2", "2"),
                        read(
                                UNKNOWN,
                                first.formatted("boundsDuration: {value: 2, code: 'wk'}"),
                                second.formatted("boundsDuration: {value: 8, code: 'wk'}"))),
                gives(
                        "in sequence by duration: still the first",
                        weekly("1", "2"),
                        read(
                                UNKNOWN,
                                first.formatted("boundsDuration: {value: 4, code: 'wk'}"),
                                second.formatted("boundsDuration: {value: 8, code: 'wk'}"))),
                unreadable(
                        "in sequence without dates",
                        read(UNKNOWN, first.formatted("count: 8"), second.formatted("count: 8"))),
                unreadable("of which one cannot be read", read(UNKNOWN, monday, "{text: 'as directed'}")),
                gives(
                        "with a first single dose",
                        weekly("0.5", "1"),
                        read(UNKNOWN, monday, dose("{value: 1, unit: 'mg'}", "event: ['2026-03-02']"))),
                gives(
                        "of which one has a range",
                        new Dosage.Range(WeeklyDose.of("2.5")),
                        read(
                                UNKNOWN,
                                thursday,
                                halfMilligram("frequency: 2, frequencyMax: 3, period: 1, periodUnit: 'wk'"))));
    }

    @Test
    @DisplayName("whose periods are all over keeps what it was, for the history")
    void over() {
        var past = prescription(
                UNKNOWN,
                halfMilligram(
                        "frequency: 2, period: 1, periodUnit: 'wk', boundsPeriod: {start: '2025-11-01', end: '2026-02-01'}"));
        assertEquals(weekly("1", "2"), past.dosage());
        assertEquals(true, past.isOverOn(TODAY));
        assertEquals(Optional.of(LocalDate.of(2025, 11, 1)), past.boundsStart());
        assertEquals(Optional.of(LocalDate.of(2026, 2, 1)), past.boundsEnd());
    }

    @Test
    @DisplayName("that ends today still holds")
    void endsToday() {
        var last = prescription(
                UNKNOWN, halfMilligram("frequency: 2, period: 1, periodUnit: 'wk', boundsPeriod: {end: '2026-03-02'}"));
        assertEquals(false, last.isOverOn(TODAY));
    }

    @TestFactory
    Stream<DynamicTest> bounds() {
        var twice = "frequency: 2, period: 1, periodUnit: 'wk'";
        return Stream.of(
                        // written 20 days ago, on 10 February
                        "boundsDuration: {value: 30, code: 'd'} | 2026-03-11",
                        "boundsDuration: {value: 20, unit: 'days'} | 2026-03-01",
                        "boundsDuration: {value: 21, unit: 'd'} | 2026-03-02",
                        "boundsDuration: {value: 3, code: 'wk'} | 2026-03-02",
                        "boundsDuration: {value: 1, code: 'mo'} | 2026-03-12",
                        "boundsDuration: {value: 2, code: 'wk', comparator: '>='} | none",
                        "boundsDuration: {value: 2, code: 'wk', comparator: '<'} | 2026-02-23",
                        "boundsRange: {low: {value: 1, code: 'wk'}, high: {value: 3, code: 'wk'}} | 2026-03-02",
                        "boundsRange: {low: {value: 1, code: 'wk'}} | none",
                        "boundsDuration: {} | none",
                        "count: 6 | 2026-03-02",
                        "count: 5 | 2026-02-27",
                        "count: 2, countMax: 6 | 2026-03-02",
                        "count: 60, boundsPeriod: {start: '2026-03-01'} | 2026-09-26",
                        "count: 60, boundsPeriod: {start: '2026-03-01', end: '2026-04-30'} | 2026-04-30",
                        "count: 4, boundsPeriod: {start: '2026-01-01', end: '2026-04-30'} | 2026-01-14")
                .map(row -> row.split(" \\| "))
                .map(row -> dynamicTest("with " + row[0] + " ends: " + row[1], () -> {
                    var read = prescription(UNKNOWN, halfMilligram(twice + ", " + row[0]));
                    assertEquals(weekly("1", "2"), read.dosage());
                    assertEquals(
                            row[1], read.boundsEnd().map(LocalDate::toString).orElse("none"));
                }));
    }

    @Test
    @DisplayName("for so many days counts them from the day on which its record begins")
    void begun() {
        var dose = (ObjectNode) Chart.json(
                halfMilligram("frequency: 2, period: 1, periodUnit: 'wk', boundsDuration: {value: 8, code: 'wk'}"));
        var begun = READER.read(List.of(dose), beside(UNKNOWN), Optional.of(TODAY), Optional.of(TODAY.minusDays(90)));
        assertEquals(Optional.of(TODAY.minusDays(35)), begun.boundsEnd());
        var undated = READER.read(List.of(dose), beside(UNKNOWN), Optional.empty(), Optional.empty());
        assertEquals(Optional.empty(), undated.boundsEnd());
    }

    @TestFactory
    Stream<DynamicTest> boundsThatCannotBeRead() {
        return Stream.of(
                        "boundsDuration: {value: 2, unit: 'moons'}",
                        "boundsDuration: {value: 2}",
                        "boundsDuration: {value: 0, code: 'd'}",
                        "boundsDuration: {value: -3, code: 'd'}",
                        "boundsRange: {high: {value: 2, code: 'min'}}")
                .map(bounds -> unreadable(
                        "with " + bounds,
                        read(UNKNOWN, halfMilligram("frequency: 2, period: 1, periodUnit: 'wk', " + bounds))));
    }

    @Test
    @DisplayName("in steps of so many weeks each ends with the last of them")
    void stepsOver() {
        var step =
                "{sequence: %d, doseAndRate: [{doseQuantity: {value: 0.5, unit: 'mg'}}], timing: {repeat: {frequency: %d, period: 1, periodUnit: 'wk', boundsDuration: {value: %d, code: 'd'}}}}";
        var over = prescription(UNKNOWN, step.formatted(1, 2, 7), step.formatted(2, 3, 10));
        assertEquals(Optional.of(TODAY.minusDays(4)), over.boundsEnd());
        assertEquals(weekly("1.5", "3"), over.dosage());
    }

    @TestFactory
    Stream<DynamicTest> theSameSaidAgain() {
        var halfTwice = halfMilligram("frequency: 2, period: 1, periodUnit: 'wk'");
        var inWords = "{text: '0.5 mg twice weekly'}";
        return Stream.of(
                gives("twice in structure is one", weekly("1", "2"), read(UNKNOWN, halfTwice, halfTwice)),
                gives("in structure and in words is one", weekly("1", "2"), read(UNKNOWN, halfTwice, inWords)),
                gives("in words and in structure is one", weekly("1", "2"), read(UNKNOWN, inWords, halfTwice)),
                gives("twice in words is one", weekly("1", "2"), read(UNKNOWN, inWords, inWords)),
                gives(
                        "in structure, once with its words, is one",
                        weekly("1", "2"),
                        read(UNKNOWN, halfTwice, halfTwice.replace("{doseAndRate", "{text: '0.5 mg', doseAndRate"))),
                gives(
                        "at two times of day is two",
                        weekly("7", "14"),
                        read(
                                UNKNOWN,
                                halfMilligram("timeOfDay: ['08:00:00']"),
                                halfMilligram("timeOfDay: ['20:00:00']"))),
                unreadable("in words that differ is not plain", read(UNKNOWN, halfTwice, "{text: 'as directed'}")));
    }

    @TestFactory
    Stream<DynamicTest> wordsOnly() {
        return Stream.of(
                        "0.5 mg twice weekly | 1 | 2",
                        "0.5mg twice a week | 1 | 2",
                        "0,5 mg twice weekly | 1 | 2",
                        "0.5 mg twice per week | 1 | 2",
                        ".5 mg 2x/week | 1 | 2",
                        "Take 0.5 mg by mouth 2 (two) times a week. | 1 | 2",
                        "take half tab twice a week | 1 | 2",
                        "take half a tablet twice weekly | 1 | 2",
                        "1/2 tablet 2x weekly | 1 | 2",
                        "½ tab twice weekly | 1 | 2",
                        "0.5 tablets (0.5 mg total) by mouth twice a week | 1 | 2",
                        "half a 1 mg tablet (0.5 mg) twice weekly | 1 | 2",
                        "half tablet MWF | 1.5 | 3",
                        "0.5 mg TIW | 1.5 | 3",
                        "0.5 mg three times a week | 1.5 | 3",
                        "0.5 mg three times per week | 1.5 | 3",
                        "0.5 mg on Mon, Wed, Fri | 1.5 | 3",
                        "0.5 mg every Monday and Thursday | 1 | 2",
                        "0.5 mg every other day | 1.75 | 3.5",
                        "0.5 mg EOD | 1.75 | 3.5",
                        "0.5 mg QOD | 1.75 | 3.5",
                        "1 mg daily | 7 | 7",
                        "1 mg once daily | 7 | 7",
                        "1 mg QD | 7 | 7",
                        "1 tab daily | 7 | 7",
                        "2 tablets daily | 14 | 7",
                        "1 mg BID | 14 | 14",
                        "1 mg weekly | 1 | 1",
                        "1 mg once a week | 1 | 1",
                        "1 mg/week | 1 | 1",
                        "0.5 mg every 3 days | 1.166667 | 2.333333",
                        "0.5 mg every 3.5 days | 1 | 2",
                        "0.5 mg q3d | 1.166667 | 2.333333",
                        "1 mg every 2 weeks | 0.5 | 0.5",
                        "1 mg every other week | 0.5 | 0.5",
                        "1 mg every two weeks | 0.5 | 0.5",
                        "500 mcg twice weekly | 1 | 2",
                        "Anastrozole 0.5 mg orally twice weekly with testosterone injection | 1 | 2")
                .map(row -> row.split(" \\| "))
                .map(row -> gives(
                        "written \"" + row[0] + "\"",
                        weekly(row[1], row[2]),
                        read(ONE_MG_TABLET, "{text: '" + row[0] + "'}")));
    }

    @TestFactory
    Stream<DynamicTest> wordsThatAreNotPlain() {
        return Stream.of(
                        "",
                        "as directed",
                        "Use as directed by your doctor",
                        "0.5 mg BIW",
                        "0.5 mg QOW",
                        "0.5 mg biweekly",
                        "0.5 mg bi-weekly",
                        "1 mg as needed twice weekly",
                        "1 mg PRN weekly",
                        "0.5-1 mg twice weekly",
                        "0.5 to 1 mg twice weekly",
                        "1-2 tablets weekly",
                        "0.5 mg 2-3 times a week",
                        "0.5 mg daily then 1 mg weekly",
                        "0.5 mg Monday and 1 mg Thursday",
                        "1 mg weekly in divided doses",
                        "1 mg weekly divided twice weekly",
                        "1 mg tablet, take half tablet twice weekly",
                        "0.5 mg twice weekly for 8 weeks",
                        "up to 1 mg weekly",
                        "0.5 mg",
                        "twice weekly",
                        "half twice weekly",
                        "0.5 mg daily on injection days, twice weekly",
                        "0.5 mg Monday to Friday",
                        "0.5 mg 24 hours after injection",
                        "do not take daily 1 mg",
                        ",5 mg twice weekly")
                .map(text -> unreadable("written \"" + text + "\"", read(ONE_MG_TABLET, "{text: '" + text + "'}")));
    }

    @TestFactory
    Stream<DynamicTest> wordsAndStrength() {
        return Stream.of(
                gives(
                        "in mL of a known concentration",
                        weekly("100", "1"),
                        read(TWO_HUNDRED_PER_ML, "{text: 'inject 0.5 mL IM weekly'}")),
                gives(
                        "in mg beside mL: the mg count",
                        weekly("200", "1"),
                        read(TWO_HUNDRED_PER_ML, "{text: '200 mg (1 mL) intramuscularly once weekly'}")),
                gives(
                        "in mg, with the concentration named",
                        weekly("100", "1"),
                        read(UNKNOWN, "{text: '100 mg (200 mg/mL) weekly'}")),
                gives(
                        "in tablets of unknown strength with their mg",
                        weekly("1", "2"),
                        read(UNKNOWN, "{text: '0.5 tablet (0.5 mg) twice weekly'}")),
                unreadable("in tablets of unknown strength", read(UNKNOWN, "{text: 'half tablet twice weekly'}")),
                unreadable("in mL of unknown concentration", read(UNKNOWN, "{text: '0.5 mL weekly'}")),
                unreadable(
                        "in tablets and mg that contradict each other",
                        read(ONE_MG_TABLET, "{text: '2 tablets (1 mg) weekly'}")));
    }

    @TestFactory
    Stream<DynamicTest> structureAndWords() {
        var halfTwice =
                "doseAndRate: [{doseQuantity: {value: 0.5, unit: 'mg'}}], timing: {repeat: {frequency: 2, period: 1, periodUnit: 'wk'}}";
        return Stream.of(
                gives(
                        "that agree",
                        weekly("1", "2"),
                        read(UNKNOWN, "{text: '0.5 mg twice weekly', " + halfTwice + "}")),
                gives(
                        "that agree on another interval",
                        weekly("1", "2"),
                        read(UNKNOWN, "{text: '1 mg weekly', " + halfTwice + "}")),
                gives(
                        "where the words say nothing plain",
                        weekly("1", "2"),
                        read(UNKNOWN, "{text: 'as directed', " + halfTwice + "}")),
                gives(
                        "where the words are ambiguous",
                        weekly("1", "2"),
                        read(UNKNOWN, "{text: '0.5 mg BIW', " + halfTwice + "}")),
                gives(
                        "as this service proposes them",
                        weekly("1", "2"),
                        read(
                                ONE_MG_TABLET,
                                "{text: 'Take half a 1 mg tablet (0.5 mg) twice weekly, on or the day after the injection and 3-4 days later', "
                                        + halfTwice + "}")),
                gives(
                        "where the words give the frequency",
                        weekly("1", "2"),
                        read(
                                UNKNOWN,
                                "{text: 'twice weekly', doseAndRate: [{doseQuantity: {value: 0.5, unit: 'mg'}}]}")),
                gives(
                        "where the words give the dose",
                        weekly("1", "2"),
                        read(
                                UNKNOWN,
                                "{text: '0.5 mg', timing: {repeat: {frequency: 2, period: 1, periodUnit: 'wk'}}}")),
                gives(
                        "where the words give the mg of tablets of unknown strength",
                        weekly("1", "2"),
                        read(
                                UNKNOWN,
                                "{text: '0.5 tablet (0.5 mg) twice weekly', doseAndRate: [{doseQuantity: {value: 0.5, code: '{tbl}'}}], timing: {repeat: {frequency: 2, period: 1, periodUnit: 'wk'}}}")),
                unreadable("with different doses", read(UNKNOWN, "{text: '1 mg twice weekly', " + halfTwice + "}")),
                unreadable("with different frequencies", read(UNKNOWN, "{text: 'take daily', " + halfTwice + "}")),
                unreadable(
                        "with a different frequency in words alone",
                        read(UNKNOWN, "{text: '0.5 mg daily', " + halfTwice + "}")));
    }

    @TestFactory
    Stream<DynamicTest> doubtfulWordsBesideAStructure() {
        var halfTwice =
                "doseAndRate: [{doseQuantity: {value: 0.5, unit: 'mg'}}], timing: {repeat: {frequency: 2, period: 1, periodUnit: 'wk'}}";
        return Stream.of(
                        "text: 'Take 0.5 mg twice weekly for 4 weeks then 1 mg every day' | The word “then” is not understood.",
                        "text: '0.5 mg twice weekly, hold on injection days' | The instruction says “hold”.",
                        "text: 'DISCONTINUED' | The instruction says “discontinued”.",
                        "text: 'per protocol unless told otherwise' | The word “unless” is not understood.",
                        "text: 'take 1 or 2' | It names a range, not one dose at one interval.",
                        "text: 'take 7' | The number “7” is not understood.",
                        "text: '0.5 mg daily' | The structured dose and its text give different weekly doses.",
                        "text: '0.5 mg biw', timing: {repeat: {frequency: 1, period: 1, periodUnit: 'd'}} | The abbreviation “biw” has more than one meaning.",
                        "patientInstruction: 'Take HALF a tablet on Monday and Thursday only', doseAndRate: [{doseQuantity: {value: 1, unit: 'mg'}}], timing: {repeat: {frequency: 1, period: 1, periodUnit: 'd'}} | The structured dose and its text give different weekly doses.",
                        "patientInstruction: 'Stop after two weeks' | The instruction says “stop”.",
                        "patientInstruction: 'Only if needed' | It is to be taken as needed.",
                        "additionalInstruction: [{text: 'skip when travelling'}] | The instruction says “skip”.",
                        "additionalInstruction: [{coding: [{display: 'with every second injection'}]}] | The word “second” is not understood.",
                        "text: '0.5 mg twice weekly for 2 weeks' | It is to be taken for a limited time only.")
                .map(row -> row.split(" \\| "))
                .map(row -> dynamicTest("with " + row[0], () -> {
                    var instruction = row[0].contains("timing") ? row[0] : row[0] + ", " + halfTwice;
                    if (!instruction.contains("doseAndRate")) {
                        instruction += ", doseAndRate: [{doseQuantity: {value: 0.5, unit: 'mg'}}]";
                    }
                    var read = read(ONE_MG_TABLET, "{" + instruction + "}");
                    assertEquals(
                            row[1],
                            assertInstanceOf(Dosage.Unreadable.class, read).why());
                }));
    }

    @TestFactory
    Stream<DynamicTest> wordsBesideAStructureThatChangeNothing() {
        var halfTwice =
                "doseAndRate: [{doseQuantity: {value: 0.5, unit: 'mg'}}], timing: {repeat: {frequency: 2, period: 1, periodUnit: 'wk'}}";
        return Stream.of(
                        "text: 'Take half a tablet every Monday and Thursday'",
                        "text: 'Take with food'",
                        "text: 'see protocol of the clinic'",
                        "text: '0.5 mg twice weekly for 8 weeks'",
                        "text: '0.5 mg biw'",
                        "text: '0.5 mg twice weekly', patientInstruction: 'Take 1/2 tablet (0.5 mg total) by mouth 2 (two) times a week.'",
                        "additionalInstruction: [{text: 'With or without food'}]")
                .map(words -> gives(
                        "with " + words, weekly("1", "2"), read(ONE_MG_TABLET, "{" + words + ", " + halfTwice + "}")));
    }

    @TestFactory
    Stream<DynamicTest> instructionsInWords() {
        return Stream.of(
                gives(
                        "with a note that changes nothing",
                        weekly("1", "2"),
                        read(ONE_MG_TABLET, "{text: '0.5 mg twice weekly'}", "{text: 'Take with food'}")),
                gives(
                        "in other words for the same",
                        weekly("1", "2"),
                        read(ONE_MG_TABLET, "{text: '0.5 mg twice weekly'}", "{text: 'half a tablet twice a week'}")),
                gives(
                        "on different days",
                        weekly("1.5", "2"),
                        read(ONE_MG_TABLET, "{text: '0.5 mg every Monday'}", "{text: '1 mg every Thursday'}")),
                unreadable("that differ", read(ONE_MG_TABLET, "{text: '0.5 mg twice weekly'}", "{text: '1 mg daily'}")),
                unreadable(
                        "of which one is a step of a taper",
                        read(ONE_MG_TABLET, "{text: '0.5 mg twice weekly'}", "{text: 'then 1 mg daily'}")));
    }

    @Test
    @DisplayName("once only, with words that name a frequency, is unreadable")
    void onceWithAFrequency() {
        assertInstanceOf(
                Dosage.Unreadable.class,
                read(
                        UNKNOWN,
                        "{text: '1 mg daily', doseAndRate: [{doseQuantity: {value: 1, unit: 'mg'}}], timing: {repeat: {count: 1}}}"));
    }

    @Test
    @DisplayName("is unreadable where a note plainly gives another one")
    void notes() {
        var dose = (ObjectNode) Chart.json(halfMilligram("frequency: 2, period: 1, periodUnit: 'wk'"));
        assertEquals(weekly("1", "2"), noted(dose, "0.5 mg twice weekly"));
        assertEquals(weekly("1", "2"), noted(dose, "Off-label. Recheck estradiol in 6 weeks."));
        assertInstanceOf(Dosage.Unreadable.class, noted(dose, "Take 1 mg daily"));
    }

    private static Dosage noted(ObjectNode dose, String note) {
        var beside = new DosageContext(UNKNOWN, Set.of(), Optional.empty(), List.of(note));
        return READER.read(List.of(dose), beside, Optional.of(TODAY), Optional.empty())
                .dosage();
    }

    @TestFactory
    Stream<DynamicTest> reasons() {
        return Stream.of(
                        "0.5 mg weekly, alternate weeks | The word “alternate” is not understood.",
                        "0.5 mg every other Monday | The word “other” is not understood.",
                        "1 mg BIW | The abbreviation “biw” has more than one meaning.",
                        "0.5-1 mg weekly | It names a range, not one dose at one interval.",
                        "1 capful weekly | The word “capful” is not understood.",
                        "0.5 mg <script>alert</script> weekly | The word “script” is not understood.",
                        "0.5 mg pneumonoultramicroscopicsilicovolcanoconiosis | A word of the instruction is not understood.",
                        "0.5 mg ? weekly | A sign in the instruction is not understood.",
                        "1 tablet weekly | The strength of the tablet or capsule is not known.",
                        "3 tablets 2 tablets (0.5 mg total) weekly | It names two different doses.",
                        "0.5 mL weekly | The concentration, mg in one mL, is not known.",
                        "1 mg PRN | It is to be taken as needed.",
                        "0.5 mg | The frequency is not structured.",
                        "twice weekly | The dose is not structured.")
                .map(row -> row.split(" \\| "))
                .map(row -> dynamicTest("written \"" + row[0] + "\": " + row[1], () -> {
                    var read = read(UNKNOWN, "{text: '" + row[0] + "'}");
                    assertEquals(
                            row[1],
                            assertInstanceOf(Dosage.Unreadable.class, read).why());
                }));
    }

    @Test
    @DisplayName("that cannot be read keeps what was written, so that a renewal is seen as one")
    void written() {
        var first = (Dosage.Unreadable)
                read(UNKNOWN, "{text: 'As  directed', timing: {repeat: {boundsPeriod: {start: '2026-01-01'}}}}");
        var renewed = (Dosage.Unreadable)
                read(UNKNOWN, "{text: 'as directed', timing: {repeat: {boundsPeriod: {start: '2026-03-01'}}}}");
        var other = (Dosage.Unreadable) read(UNKNOWN, "{text: 'as discussed'}");
        assertEquals(first.written(), renewed.written());
        assertEquals(false, first.written().equals(other.written()));
    }

    @Test
    @DisplayName("does not depend on the order of its instructions")
    void order() {
        var monday = halfMilligram("dayOfWeek: ['mon'], period: 1, periodUnit: 'wk'");
        var thursday = dose("{value: 1, unit: 'mg'}", "repeat: {dayOfWeek: ['thu'], period: 1, periodUnit: 'wk'}");
        assertEquals(read(UNKNOWN, monday, thursday), read(UNKNOWN, thursday, monday));
        assertEquals(read(UNKNOWN, monday, "{text: 'as directed'}"), read(UNKNOWN, "{text: 'as directed'}", monday));
    }

    @Test
    @DisplayName("without any instruction is unreadable")
    void none() {
        assertInstanceOf(
                Dosage.Unreadable.class,
                READER.read(List.of(), beside(ONE_MG_TABLET), Optional.empty(), Optional.empty())
                        .dosage());
    }
}
