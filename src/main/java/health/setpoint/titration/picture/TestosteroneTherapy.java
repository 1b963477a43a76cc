package health.setpoint.titration.picture;

import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Course.State;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.Drug;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Testosterone of one man: since when it runs, when it ended, and what the drafts would change. */
public final class TestosteroneTherapy {

    private final Therapies therapies;
    private final LocalDate today;
    private final Policy policy;
    private final DoseHistory history;
    private final Optional<LocalDate> start;

    TestosteroneTherapy(Therapies therapies, DoseHistory history, LocalDate today, Policy policy) {
        this.therapies = therapies;
        this.today = today;
        this.policy = policy;
        this.history = history;
        this.start = history.startOfPresentCourse(policy.timing().newTestosteroneGapDays());
    }

    /** Testosterone runs. */
    public boolean isActive() {
        return therapies.isActive(Drug.TESTOSTERONE);
    }

    /** Testosterone runs or is drafted. */
    public boolean isPresent() {
        return therapies.isPresent(Drug.TESTOSTERONE);
    }

    private Optional<Course> lastEnded() {
        return therapies.of(Drug.TESTOSTERONE).stream()
                .filter(course -> course.state() == State.ENDED && course.end().isPresent())
                .max(Comparator.comparing((Course course) -> course.end().orElseThrow())
                        .thenComparing(Comparator.comparing(Course::reference)));
    }

    /** Testosterone that ended recently enough for R-07b: 1 to 120 days ago, depots 180. */
    public Optional<LocalDate> endedRecently() {
        return lastEnded()
                .filter(course -> {
                    long days = ChronoUnit.DAYS.between(course.end().orElseThrow(), today);
                    int limit = course.formulation().isDepot()
                            ? policy.timing().endedDepotDays()
                            : policy.timing().endedTherapyDays();
                    return days >= 0 && days <= limit;
                })
                .flatMap(Course::end);
    }

    /** Testosterone is drafted and none ran in the last 180 days. */
    public boolean isNewlyDrafted() {
        return therapies.isDrafted(Drug.TESTOSTERONE)
                && !ranInLast(policy.timing().newTestosteroneGapDays());
    }

    private boolean ranInLast(int days) {
        LocalDate since = today.minusDays(days);
        return Therapies.any(
                therapies.of(Drug.TESTOSTERONE),
                course -> course.runs()
                        || course.state() == State.ON_HOLD
                        || (course.state() == State.ENDED
                                && course.end().map(end -> !end.isBefore(since)).orElse(false)));
    }

    /** What a testosterone draft would change. */
    public enum Change {
        NEW,
        DOSE,
        INTERVAL,
        ROUTE,
        /** Stopped, held or forbidden, and not drafted again. */
        STOP
    }

    /** How a testosterone draft that is no renewal differs from what runs or ends it, whether or not the call asks about it. */
    public Optional<Change> change() {
        return drafts().stream()
                .flatMap(draft -> changeBy(draft).stream())
                .min(Comparator.naturalOrder())
                .or(() -> isStopped() ? Optional.of(Change.STOP) : Optional.empty());
    }

    private boolean isStopped() {
        return drafts().isEmpty()
                && Therapies.any(therapies.of(Drug.TESTOSTERONE), course -> course.state() == State.DRAFT_STOP);
    }

    private List<Course> drafts() {
        return Therapies.only(therapies.of(Drug.TESTOSTERONE), Course::isDraft);
    }

    private Optional<Change> changeBy(Course draft) {
        if (isNewlyDrafted()) {
            return Optional.of(Change.NEW);
        }
        List<Course> compared = comparedWith(draft);
        if (Therapies.any(compared, draft::dosesLike)) {
            return Optional.empty();
        }
        return Optional.of(compared.stream()
                .map(course -> difference(draft, course))
                .findFirst()
                .orElse(Change.NEW));
    }

    private List<Course> comparedWith(Course draft) {
        Optional<Course> replaced = therapies.afterSigning().replacedBy(draft);
        if (replaced.isPresent()) {
            return List.of(replaced.get());
        }
        List<Course> orders =
                Therapies.only(therapies.of(Drug.TESTOSTERONE), course -> course.isOrder() && course.runs());
        if (!orders.isEmpty()) {
            return orders;
        }
        return therapies
                .newest(Drug.TESTOSTERONE, Course::runs)
                .or(() -> therapies.newest(Drug.TESTOSTERONE, course -> course.state() == State.ON_HOLD))
                .or(this::lastEnded)
                .map(List::of)
                .orElse(List.of());
    }

    private static Change difference(Course draft, Course running) {
        Optional<Dosage.Weekly> next = draft.dosage().rate();
        Optional<Dosage.Weekly> now = running.dosage().rate();
        if (next.isPresent() && now.isPresent()) {
            boolean sameDose = next.get().dose().equals(now.get().dose());
            boolean sameInterval =
                    next.get().intakesPerWeek().compareTo(now.get().intakesPerWeek()) == 0;
            return !sameDose ? Change.DOSE : !sameInterval ? Change.INTERVAL : Change.ROUTE;
        }
        return Change.DOSE;
    }

    /** A draft raises the weekly testosterone dose, or starts it. */
    public boolean isRaised() {
        return isNewlyDrafted()
                || Therapies.any(
                        drafts(),
                        draft -> Therapies.any(comparedWith(draft), running -> draft.dosage()
                                .highest()
                                .isAbove(running.dosage().highest())));
    }

    /** Testosterone runs, or is drafted, by needle. */
    public boolean isInjected() {
        return Therapies.any(
                therapies.of(Drug.TESTOSTERONE), course -> (course.runs() || course.isDraft()) && isByNeedle(course));
    }

    /** Testosterone runs by needle, so that a sample was drawn at some time after an injection. */
    public boolean injectionsRun() {
        return Therapies.any(therapies.of(Drug.TESTOSTERONE), course -> course.runs() && isByNeedle(course));
    }

    private static boolean isByNeedle(Course course) {
        return course.route().isInjection() || course.formulation().hasInjectionPeak();
    }

    /** First day of the present testosterone course. */
    public Optional<LocalDate> start() {
        return start;
    }

    /** Day of the last start, change or end of testosterone. */
    public Optional<LocalDate> lastChange() {
        return history.lastChange();
    }
}
