package health.setpoint.titration.picture;

import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Course.Source;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Remarks on record that a drug is not taken. */
final class NotTakenCourses {

    private NotTakenCourses() {}

    /** A remark, newer than the last change, that the drug is not taken leaves the dose of what runs unknown. */
    static List<Course> applied(List<Course> standing, Optional<LocalDate> change) {
        Optional<ClinicalTime> remark = remark(standing);
        boolean isNewer = remark.filter(said -> isAfter(said.day(), change)).isPresent();
        if (!isNewer || isTakenAgain(standing, remark.get())) {
            return standing;
        }
        Optional<LocalDate> day = remark.get().day();
        return standing.stream()
                .map(course -> course.runs() ? course.notTakenSince(day) : course)
                .toList();
    }

    /** The newest remark; one without a day may be of today. */
    private static Optional<ClinicalTime> remark(List<Course> records) {
        Comparator<ClinicalTime> byDay = Comparator.comparing(said -> said.day().orElse(LocalDate.MAX));
        return records.stream()
                .filter(course -> !course.isDraft())
                .flatMap(course -> course.notTaken().stream())
                .max(byDay);
    }

    private static boolean isAfter(Optional<LocalDate> day, Optional<LocalDate> change) {
        return day.isEmpty() || change.isEmpty() || day.get().isAfter(change.get());
    }

    /** A statement that began after the remark says that the drug is taken. */
    private static boolean isTakenAgain(List<Course> records, ClinicalTime remark) {
        return remark.day().isPresent()
                && Therapies.any(
                        records,
                        course -> course.source() == Source.STATEMENT
                                && course.isActive()
                                && course.effectiveStart()
                                        .filter(remark.day().get()::isBefore)
                                        .isPresent());
    }
}
