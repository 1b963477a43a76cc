package health.setpoint.chart.medication.dosage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.CalendarUnits;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.fhir.FhirTime;
import health.setpoint.titration.therapy.Dosage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Steps of a dosage that hold together or follow each other, and which of them holds on the evaluation date. */
final class DosageSequence {

    private final FhirTime time;
    private final LocalDate today;

    DosageSequence(FhirTime time, LocalDate today) {
        this.time = time;
        this.today = today;
    }

    /** Each step with its last day, where its period, its duration or its count of intakes gives one. */
    List<DosageStep> ended(List<DosageStep> steps, Optional<LocalDate> begun) {
        if (steps.stream().map(DosageStep::sequence).distinct().count() > 1) {
            return oneAfterAnother(steps, begun);
        }
        return steps.stream()
                .map(step -> step.until(lastDay(step, step.start().or(() -> begun))))
                .toList();
    }

    /** The earliest of the end of its period, of its duration and of its count of intakes. */
    private Optional<LocalDate> lastDay(DosageStep step, Optional<LocalDate> begun) {
        var days = Stream.of(durationDays(step), countDays(step)).flatMap(Optional::stream);
        return Stream.concat(step.end().stream(), days.flatMap(count -> begun.stream()
                        .map(first -> first.plusDays(count).minusDays(1))))
                .min(LocalDate::compareTo);
    }

    /** So many intakes at a rate take so many days. */
    private static Optional<Long> countDays(DosageStep step) {
        if (!(step.dosage() instanceof Dosage.Weekly rate)) {
            return Optional.empty();
        }
        Function<BigDecimal, BigDecimal> days =
                count -> count.multiply(CalendarUnits.WEEK).divide(rate.intakesPerWeek(), CalendarUnits.EXACT);
        return DosageTiming.repeat(step.instruction())
                .flatMap(DosageTiming::count)
                .map(days)
                .flatMap(DosageTiming::wholeDays);
    }

    /** Steps that follow each other for so many days each are over with the last of them. */
    private static List<DosageStep> oneAfterAnother(List<DosageStep> steps, Optional<LocalDate> begun) {
        var days = new TreeMap<Integer, Long>();
        for (var step : steps) {
            var length = durationDays(step);
            if (length.isEmpty() || step.isBounded()) {
                return steps;
            }
            days.merge(step.sequence(), length.get(), Math::max);
        }
        var all = days.values().stream().mapToLong(Long::longValue).sum();
        var last = begun.map(first -> first.plusDays(all).minusDays(1));
        return steps.stream().map(step -> step.until(last)).toList();
    }

    /** Instructions of one sequence number hold together; of several numbers the one that holds today counts. */
    List<DosageStep> current(List<DosageStep> steps, Optional<LocalDate> written) {
        var groups = new TreeMap<Integer, List<DosageStep>>();
        steps.forEach(step -> groups.computeIfAbsent(step.sequence(), none -> new ArrayList<>())
                .add(step));
        if (groups.size() == 1) {
            return steps;
        }
        if (steps.stream().allMatch(step -> isDated(step.instruction()))) {
            var holding = groups.values().stream()
                    .filter(group -> group.stream().anyMatch(step -> step.holdsOn(today)))
                    .toList();
            if (holding.isEmpty()
                    && steps.stream().allMatch(step -> step.start().isPresent())) {
                return groups.firstEntry().getValue();
            }
            return holding.size() == 1 ? holding.get(0) : List.of();
        }
        return byDuration(groups, written);
    }

    /** Steps that follow each other for so many days each, from the day of writing. */
    private List<DosageStep> byDuration(TreeMap<Integer, List<DosageStep>> groups, Optional<LocalDate> written) {
        if (written.isEmpty()) {
            return List.of();
        }
        var start = written.get();
        for (var group : groups.values()) {
            var days =
                    group.stream().map(DosageSequence::durationDays).distinct().toList();
            if (days.size() != 1) {
                return List.of();
            }
            var isLast = group == groups.lastEntry().getValue();
            if (days.get(0).isEmpty()) {
                return isLast ? group : List.of();
            }
            var next = start.plusDays(days.get(0).get());
            if (today.isBefore(next) || isLast) {
                return group;
            }
            start = next;
        }
        return List.of();
    }

    private boolean isDated(ObjectNode instruction) {
        return DosageTiming.repeat(instruction)
                .flatMap(repeat -> FhirJson.object(repeat, "boundsPeriod"))
                .map(period -> time.ended(period, "start").isPresent()
                        || time.ended(period, "end").isPresent())
                .orElse(false);
    }

    /** For how long it is to be taken, at the most. */
    private static Optional<Long> durationDays(DosageStep step) {
        return DosageTiming.repeat(step.instruction())
                .flatMap(DosageTiming::duration)
                .flatMap(DosageTiming::inDays)
                .flatMap(DosageTiming::wholeDays);
    }
}
