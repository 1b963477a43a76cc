package health.setpoint.titration.picture;

import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Course.State;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.WeeklyDose;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the records of one drug tell of its doses over time. Drafts and drugs not taken have no part in it. */
public final class DoseHistory {

    private static final Comparator<Course> BY_START = Comparator.comparing(
                    (Course course) -> changeDate(course).orElse(LocalDate.MIN))
            .thenComparing(course -> course.source())
            .thenComparing(Course::reference);

    private static final Comparator<Course> NEWEST_FIRST = Comparator.comparing(
                    (Course course) -> earliestDate(course).orElseThrow())
            .reversed();

    /** Of a drug without any record. */
    static final DoseHistory NONE = new DoseHistory(List.of(), 0);

    private final List<Course> courses;
    private final int renewalGapDays;
    private final Optional<LocalDate> lastChange;

    private DoseHistory(List<Course> courses, int renewalGapDays) {
        this.courses = courses;
        this.renewalGapDays = renewalGapDays;
        this.lastChange = latestChange();
    }

    /**
     * The history of the drug whose records these are.
     *
     * @param renewalGapDays days that may lie between two orders of the same dose that count as one
     */
    public static DoseHistory of(List<Course> records, int renewalGapDays) {
        List<Course> ran = new ArrayList<>(records);
        ran.removeIf(course -> !hasRun(course));
        ran.sort(BY_START);
        List<Course> kept = new ArrayList<>(ran);
        kept.removeIf(course -> !tellsOfDose(course, ran));
        return new DoseHistory(kept.isEmpty() ? ran : kept, renewalGapDays);
    }

    private static boolean hasRun(Course course) {
        return switch (course.state()) {
            case ACTIVE, RENEWED, ON_HOLD, ENDED -> true;
            case DRAFT, DRAFT_STOP, NOT_TAKEN -> false;
        };
    }

    private static boolean tellsOfDose(Course course, List<Course> ran) {
        return switch (course.source()) {
            case ORDER -> true;
            case STATEMENT -> agreesWithOrders(course, ran);
            case DISPENSE, ADMINISTRATION -> false;
        };
    }

    private static boolean agreesWithOrders(Course statement, List<Course> ran) {
        boolean ordered = false;
        for (Course course : ran) {
            if (course.isOrder() && course.dosesLike(statement)) {
                return true;
            }
            ordered |= course.isOrder();
        }
        return !ordered;
    }

    /** The latest date that a record gives for its start or last change of dose. */
    public static Optional<LocalDate> changeDate(Course course) {
        return ClinicalTime.later(ClinicalTime.later(course.boundsStart(), course.effectiveStart()), course.authored());
    }

    /** The earliest date that a record gives for its start. */
    static Optional<LocalDate> earliestDate(Course course) {
        return ClinicalTime.earlier(
                ClinicalTime.earlier(course.boundsStart(), course.effectiveStart()), course.authored());
    }

    /** The day of the last start, change, hold or end; a renewal at the same dose is none of these. */
    public Optional<LocalDate> lastChange() {
        return lastChange;
    }

    private Optional<LocalDate> latestChange() {
        Optional<LocalDate> latest = Optional.empty();
        for (Course course : courses) {
            if (!isRenewal(course)) {
                latest = ClinicalTime.later(latest, changeDate(course));
            }
            if (!course.runs() && !isContinued(course)) {
                latest = ClinicalTime.later(latest, course.end());
            }
        }
        return latest;
    }

    /** The last change, unless it is known to have lowered the dose. */
    public Optional<LocalDate> lastStartOrRaise() {
        return lastChange().filter(day -> {
            WeeklyDose before = doseOn(day.minusDays(1), Optional.empty());
            WeeklyDose after = doseOn(day.plusDays(1), Optional.empty());
            return !after.isNone() && !before.isAbove(after);
        });
    }

    /** The first day of the present course: records less than {@code gapDays} apart are one course. */
    public Optional<LocalDate> startOfPresentCourse(int gapDays) {
        List<Course> newestFirst = new ArrayList<>(courses);
        newestFirst.removeIf(course -> earliestDate(course).isEmpty());
        newestFirst.sort(NEWEST_FIRST);
        LocalDate start = null;
        for (Course course : newestFirst) {
            if (start == null || runsUntil(course).isAfter(start.minusDays(gapDays))) {
                start = earliestDate(course).orElseThrow();
            }
        }
        return Optional.ofNullable(start);
    }

    /** A lowering or hold of the dose. */
    public record Reduction(LocalDate on, WeeklyDose before, WeeklyDose after, Optional<LocalDate> ranFrom) {}

    /** Every lowering and hold that the records show. */
    public List<Reduction> reductions() {
        return courses.stream()
                .filter(course -> !course.runs() && !isContinued(course))
                .filter(course -> course.dosage().isRate() && runsUntil(course).isBefore(LocalDate.MAX))
                .map(course -> new Reduction(
                        runsUntil(course),
                        course.dosage().highest(),
                        doseOn(runsUntil(course).plusDays(renewalGapDays), Optional.of(course)),
                        course.state() == State.ON_HOLD ? Optional.<LocalDate>empty() : earliestDate(course)))
                .filter(reduction -> reduction.after().isBelow(reduction.before()))
                .toList();
    }

    private WeeklyDose doseOn(LocalDate day, Optional<Course> apartFrom) {
        return courses.stream()
                .filter(course -> apartFrom.filter(course::equals).isEmpty())
                .filter(course -> !earliestDate(course).orElse(LocalDate.MIN).isAfter(day))
                .filter(course -> !runsUntil(course).isBefore(day))
                .flatMap(course -> course.dosage().rate().map(Dosage.Weekly::dose).stream())
                .max(Comparator.naturalOrder())
                .orElse(WeeklyDose.NONE);
    }

    private static LocalDate runsUntil(Course course) {
        return switch (course.state()) {
            case ON_HOLD -> heldOn(course).orElse(LocalDate.MAX);
            case ENDED -> course.end().orElse(LocalDate.MIN);
            default -> LocalDate.MAX;
        };
    }

    /** The day of a hold is the latest that its record gives. */
    private static Optional<LocalDate> heldOn(Course course) {
        return ClinicalTime.later(changeDate(course), course.end());
    }

    private boolean isRenewal(Course course) {
        if (course.state() == State.ON_HOLD) {
            return false;
        }
        for (Course earlier : courses) {
            if (BY_START.compare(earlier, course) < 0 && continues(earlier, course)) {
                return true;
            }
        }
        return false;
    }

    private boolean isContinued(Course course) {
        for (Course later : courses) {
            if (later.state() != State.ON_HOLD && BY_START.compare(later, course) > 0 && continues(course, later)) {
                return true;
            }
        }
        return false;
    }

    private boolean continues(Course earlier, Course later) {
        LocalDate end = runsUntil(earlier);
        boolean adjoins = end.equals(LocalDate.MAX)
                || changeDate(later)
                        .map(start -> ChronoUnit.DAYS.between(end, start) <= renewalGapDays)
                        .orElse(false);
        return changeDate(earlier).isPresent()
                && earlier.state() != State.ON_HOLD
                && adjoins
                && earlier.dosesLike(later);
    }
}
