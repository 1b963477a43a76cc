package health.setpoint.chart.medication.dosage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.CalendarUnits;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.fhir.FhirTime;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the timing of a structured instruction says of dates, durations and counts. */
final class DosageTiming {

    private static final BigDecimal LONGEST_DURATION = BigDecimal.valueOf(36_500);
    private static final int COMPARED_DECIMALS = 3;

    private DosageTiming() {}

    /** How it repeats. */
    static Optional<ObjectNode> repeat(ObjectNode instruction) {
        return FhirJson.object(instruction, "timing").flatMap(timing -> FhirJson.object(timing, "repeat"));
    }

    /** The single dates that it names. */
    static List<LocalDate> events(ObjectNode instruction, FhirTime time) {
        return FhirJson.object(instruction, "timing").stream()
                .flatMap(timing -> FhirJson.texts(timing, "event").stream())
                .map(event -> time.clinical(Optional.of(event)).day())
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** How many intakes there are, at the most. */
    static Optional<BigDecimal> count(ObjectNode repeat) {
        return Stream.of("count", "countMax")
                .map(member -> FhirJson.number(repeat, member))
                .flatMap(Optional::stream)
                .max(BigDecimal::compareTo)
                .map(count -> count.compareTo(BigDecimal.ONE) == 0 ? BigDecimal.ONE : count);
    }

    /** For how long it is to be taken, as it is written. */
    static Optional<ObjectNode> duration(ObjectNode repeat) {
        return FhirJson.object(repeat, "boundsDuration")
                .or(() -> FhirJson.object(repeat, "boundsRange").flatMap(range -> FhirJson.object(range, "high")))
                .filter(duration -> FhirJson.has(duration, "value"))
                .filter(duration ->
                        !FhirJson.text(duration, "comparator").orElse("").startsWith(">"));
    }

    static Optional<BigDecimal> inDays(ObjectNode duration) {
        return FhirJson.number(duration, "value").flatMap(value -> FhirJson.text(duration, "code")
                .or(() -> FhirJson.text(duration, "unit"))
                .flatMap(CalendarUnits::days)
                .map(value::multiply));
    }

    /** Days, a part of one counted as one; empty where nobody takes a drug for so long. */
    static Optional<Long> wholeDays(BigDecimal days) {
        return Optional.of(days)
                .filter(count -> count.signum() > 0 && count.compareTo(LONGEST_DURATION) < 0)
                .map(count -> count.setScale(COMPARED_DECIMALS, RoundingMode.HALF_UP)
                        .setScale(0, RoundingMode.CEILING)
                        .longValue());
    }
}
