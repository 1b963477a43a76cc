package health.setpoint.chart.medication.dosage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.CalendarUnits;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.fhir.FhirTime;
import health.setpoint.chart.medication.sig.SigReader;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads how often a drug is taken out of the timing of an instruction, in intakes per week. */
final class StructuredFrequency {

    /** There is no structured frequency. */
    static final StructuredAmount NONE = new StructuredAmount.Missing("The frequency is not structured.");

    private static final int MOST_TIMING_WORDS = 20;
    private static final Set<String> DAYS = Set.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    /** Abbreviations of the timing code system that mean one rate, in intakes per week. */
    private static final Map<String, BigDecimal> CODED = Map.ofEntries(
            Map.entry("QD", CalendarUnits.WEEK),
            Map.entry("AM", CalendarUnits.WEEK),
            Map.entry("PM", CalendarUnits.WEEK),
            Map.entry("BED", CalendarUnits.WEEK),
            Map.entry("BID", BigDecimal.valueOf(14)),
            Map.entry("TID", BigDecimal.valueOf(21)),
            Map.entry("QID", BigDecimal.valueOf(28)),
            Map.entry("QOD", new BigDecimal("3.5")),
            Map.entry("WK", BigDecimal.ONE),
            Map.entry("MO", CalendarUnits.WEEK.divide(CalendarUnits.MONTH, CalendarUnits.EXACT)));

    private final FhirTime time;
    private final SigReader sigs;

    StructuredFrequency(FhirTime time, SigReader sigs) {
        this.time = time;
        this.sigs = sigs;
    }

    /** How often an instruction is carried out, in intakes per week. */
    StructuredAmount read(ObjectNode instruction) {
        var timing = FhirJson.object(instruction, "timing");
        if (timing.isEmpty()) {
            return NONE;
        }
        var repeat = FhirJson.object(timing.get(), "repeat");
        var count = repeat.flatMap(DosageTiming::count);
        if (count.map(BigDecimal.ONE::equals).orElse(false)) {
            return new StructuredAmount.OneDate();
        }
        if (count.map(intakes -> intakes.signum() <= 0).orElse(false)) {
            return new StructuredAmount.Unclear("The count of intakes is not a positive number.");
        }
        var coded = coded(Concept.of(timing.get(), "code", CodeMap.NONE));
        if (repeat.filter(StructuredFrequency::saysHowOften).isPresent()) {
            var rate = rate(repeat.get());
            var contradicts = rate instanceof StructuredAmount.Exactly exactly
                    && coded instanceof StructuredAmount.Exactly code
                    && !WeeklyRate.isSame(exactly.value(), code.value());
            return contradicts
                    ? new StructuredAmount.Unclear("The timing and its code give different frequencies.")
                    : rate;
        }
        var events = DosageTiming.events(instruction, time);
        if (!events.isEmpty() && coded instanceof StructuredAmount.Missing) {
            return events.size() == 1
                    ? new StructuredAmount.OneDate()
                    : new StructuredAmount.Unclear("It is given on single dates, not at an interval.");
        }
        return coded;
    }

    private static boolean saysHowOften(ObjectNode repeat) {
        return List.of("frequency", "frequencyMax", "period", "dayOfWeek", "timeOfDay", "when").stream()
                .anyMatch(member -> FhirJson.has(repeat, member));
    }

    private StructuredAmount coded(Concept code) {
        if (code.texts().size() > MOST_TIMING_WORDS) {
            return new StructuredAmount.Unclear("The timing code has more words than are read.");
        }
        var rates = new HashSet<BigDecimal>();
        for (var coding : code.codings()) {
            var rate = CODED.get(coding.code().toUpperCase(Locale.ROOT));
            if (rate != null) {
                rates.add(WeeklyRate.plain(rate));
            }
        }
        for (var text : code.texts()) {
            var words = sigs.read(text, Optional.empty(), Set.of());
            if (words.asNeeded()) {
                return new StructuredAmount.Unclear("It is to be taken as needed.");
            }
            if (words.mg().isEmpty()) {
                words.perWeek().map(WeeklyRate::plain).ifPresent(rates::add);
            }
        }
        if (rates.size() > 1) {
            return new StructuredAmount.Unclear("The timing code names several frequencies.");
        }
        if (rates.isEmpty()) {
            return code.isEmpty() ? NONE : new StructuredAmount.Unclear("The timing code is not known.");
        }
        return new StructuredAmount.Exactly(rates.iterator().next());
    }

    private static StructuredAmount rate(ObjectNode repeat) {
        var frequency = FhirJson.number(repeat, "frequency");
        var period = FhirJson.number(repeat, "period");
        var days = new HashSet<String>();
        for (var day : FhirJson.texts(repeat, "dayOfWeek")) {
            if (!DAYS.contains(day)) {
                return new StructuredAmount.Unclear("A day of the week cannot be read.");
            }
            days.add(day);
        }
        var times = new HashSet<>(FhirJson.texts(repeat, "timeOfDay")).size();
        var when = new HashSet<>(FhirJson.texts(repeat, "when")).size();
        if (!isPositive(frequency) || !isPositive(period) || !isPositive(FhirJson.number(repeat, "frequencyMax"))) {
            return new StructuredAmount.Unclear("The frequency is not a positive number.");
        }
        if (period.isEmpty() && !FhirJson.has(repeat, "periodUnit")) {
            return withoutPeriod(frequency, days, times, when);
        }
        var unit = FhirJson.text(repeat, "periodUnit").flatMap(CalendarUnits::days);
        if (unit.isEmpty() || period.isEmpty()) {
            return new StructuredAmount.Unclear("The interval cannot be read.");
        }
        var length = period.get().multiply(unit.get());
        var perDay = Math.max(times, frequency.isEmpty() ? when : 0);
        if (!days.isEmpty()) {
            return onDays(repeat, length, days.size(), frequency, perDay);
        }
        return everyPeriod(repeat, length, frequency.orElse(BigDecimal.ONE), perDay);
    }

    private static boolean isPositive(Optional<BigDecimal> number) {
        return number.map(value -> value.signum() > 0).orElse(true);
    }

    private static StructuredAmount withoutPeriod(
            Optional<BigDecimal> frequency, Set<String> days, int times, int when) {
        if (frequency.map(often -> often.compareTo(BigDecimal.ONE) != 0).orElse(false)) {
            return new StructuredAmount.Unclear("The frequency has no interval.");
        }
        var perDay = Math.max(1, Math.max(times, when));
        if (!days.isEmpty()) {
            return new StructuredAmount.Exactly(BigDecimal.valueOf((long) days.size() * perDay));
        }
        return times + when == 0
                ? new StructuredAmount.Unclear("The frequency has no interval.")
                : new StructuredAmount.Exactly(CalendarUnits.WEEK.multiply(BigDecimal.valueOf(perDay)));
    }

    private static StructuredAmount onDays(
            ObjectNode repeat, BigDecimal length, int days, Optional<BigDecimal> frequency, int perDay) {
        var isDaily = length.compareTo(BigDecimal.ONE) == 0;
        var isWeekly = length.compareTo(CalendarUnits.WEEK) == 0;
        if (!isDaily && !isWeekly) {
            return new StructuredAmount.Unclear(
                    "Days of the week are given at an interval that is neither a day nor a week.");
        }
        var often = frequency.orElse(BigDecimal.ONE);
        var fits = often.compareTo(BigDecimal.ONE) == 0
                || often.compareTo(BigDecimal.valueOf(isDaily ? perDay : days)) == 0
                || (isDaily && perDay <= 1)
                || (isWeekly && often.compareTo(BigDecimal.valueOf((long) days * Math.max(1, perDay))) == 0);
        if (!fits) {
            return new StructuredAmount.Unclear("The frequency and the days of the week contradict each other.");
        }
        var each = BigDecimal.valueOf(Math.max(1, perDay)).max(isDaily ? often : BigDecimal.ONE);
        var highest = FhirJson.number(repeat, "frequencyMax");
        if (highest.isPresent() && highest.get().compareTo(often) > 0) {
            return isDaily
                    ? new StructuredAmount.UpTo(BigDecimal.valueOf(days).multiply(each.max(highest.get())))
                    : new StructuredAmount.UpTo(
                            highest.get().max(BigDecimal.valueOf(days).multiply(each)));
        }
        return new StructuredAmount.Exactly(BigDecimal.valueOf(days).multiply(each));
    }

    private static StructuredAmount everyPeriod(
            ObjectNode repeat, BigDecimal length, BigDecimal frequency, int perDay) {
        var intakes = frequency;
        if (perDay > 1) {
            if (frequency.compareTo(BigDecimal.ONE) == 0) {
                intakes = BigDecimal.valueOf(perDay);
            } else if (length.compareTo(BigDecimal.ONE) != 0 || frequency.compareTo(BigDecimal.valueOf(perDay)) != 0) {
                return new StructuredAmount.Unclear("The frequency and the times of day contradict each other.");
            }
        }
        var highest = FhirJson.number(repeat, "frequencyMax").filter(max -> max.compareTo(frequency) > 0);
        var hasLongerPeriod = FhirJson.has(repeat, "periodMax");
        if (highest.isPresent() || hasLongerPeriod) {
            return new StructuredAmount.UpTo(
                    WeeklyRate.perWeek(highest.orElse(intakes).max(intakes), length));
        }
        return new StructuredAmount.Exactly(WeeklyRate.perWeek(intakes, length));
    }
}
