package health.setpoint.titration.picture;

import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Course.Source;
import health.setpoint.titration.therapy.Course.State;
import health.setpoint.titration.therapy.Formulation;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Injections of a short ester that are given one by one and stand in no running order: two or more are one therapy, which
 * runs until the last one plus twice their median interval.
 */
final class InjectionSeries {

    private static final Comparator<Course> BY_DAY =
            Comparator.comparing((Course given) -> given.end().orElseThrow()).thenComparing(Course::reference);

    private InjectionSeries() {}

    /** The records of testosterone, those of a series as one. */
    static List<Course> joined(List<Course> records, Policy.Timing timing, LocalDate today) {
        List<Course> series = series(records, timing);
        if (series.size() < 2 || isOrdered(records, day(series.get(series.size() - 1)))) {
            return records;
        }
        Set<Course> given = Collections.newSetFromMap(new IdentityHashMap<>());
        given.addAll(series);
        List<Course> joined = new ArrayList<>(records);
        joined.removeIf(given::contains);
        joined.add(asOne(series, timing, today));
        return joined;
    }

    /** The injections up to the last one, one a day, with no gap that would make the next one a new start. */
    private static List<Course> series(List<Course> records, Policy.Timing timing) {
        List<Course> given = records.stream()
                .filter(InjectionSeries::isInjection)
                .sorted(BY_DAY)
                .toList();
        List<Course> series = new ArrayList<>();
        for (Course injection : given) {
            boolean isNewStart = !series.isEmpty()
                    && ChronoUnit.DAYS.between(day(series.get(series.size() - 1)), day(injection))
                            >= timing.newTestosteroneGapDays();
            if (isNewStart) {
                series.clear();
            }
            series.add(injection);
        }
        return days(series).size() < 2 ? List.of() : series;
    }

    private static boolean isInjection(Course record) {
        boolean isShort = record.formulation().hasInjectionPeak()
                || record.formulation() == Formulation.OTHER && record.route().isInjection();
        return record.source() == Source.ADMINISTRATION
                && record.state() == State.ENDED
                && record.end().isPresent()
                && isShort;
    }

    /** An order that stands, or that ended or was held after the last injection, says itself whether the therapy runs. */
    private static boolean isOrdered(List<Course> records, LocalDate last) {
        return records.stream()
                .filter(record -> record.source() == Source.ORDER || record.source() == Source.STATEMENT)
                .anyMatch(record -> switch (record.state()) {
                    case ACTIVE, RENEWED -> true;
                    case ENDED -> record.end().filter(last::isBefore).isPresent();
                    case ON_HOLD ->
                        DoseHistory.changeDate(record).filter(last::isBefore).isPresent();
                    case DRAFT, DRAFT_STOP, NOT_TAKEN -> false;
                });
    }

    private static Course asOne(List<Course> series, Policy.Timing timing, LocalDate today) {
        Course last = series.get(series.size() - 1);
        long days = Math.max(timing.injectionSeriesDays(), twiceTheMedian(days(series)));
        LocalDate end = day(last).plusDays(days);
        return last.lasting(day(series.get(0)), end, end.isBefore(today) ? State.ENDED : State.ACTIVE);
    }

    private static List<LocalDate> days(List<Course> series) {
        return series.stream().map(InjectionSeries::day).distinct().toList();
    }

    private static LocalDate day(Course given) {
        return given.end().orElseThrow();
    }

    /** The sum of the two middle intervals, which of an odd number are the same one. */
    private static long twiceTheMedian(List<LocalDate> days) {
        List<Long> intervals = new ArrayList<>();
        for (int i = 1; i < days.size(); i++) {
            intervals.add(ChronoUnit.DAYS.between(days.get(i - 1), days.get(i)));
        }
        intervals.sort(Comparator.naturalOrder());
        return intervals.get((intervals.size() - 1) / 2) + intervals.get(intervals.size() / 2);
    }
}
