package health.setpoint.titration.therapy;

import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.therapy.Course.Source;
import health.setpoint.titration.therapy.Course.State;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The drugs of one man: what runs, what is drafted, what ended, and what will stand once the drafts are signed. */
public final class Therapies {

    private static final Comparator<Course> BY_REFERENCE = Comparator.comparing(Course::reference);

    private final List<Course> courses;
    private final Map<Drug, List<Course>> byDrug;
    private final Map<Drug, List<Course>> afterSigning;
    private final List<Course> inhibitorsAfterSigning;
    private final LocalDate today;
    private final Policy policy;
    private final DoseHistory anastrozoleHistory;
    private final DoseHistory testosteroneHistory;
    private final Optional<LocalDate> inhibitorChange;

    private Therapies(List<Course> courses, LocalDate today, Policy policy) {
        this.courses = courses;
        this.byDrug = courses.stream().collect(Collectors.groupingBy(Course::drug));
        this.afterSigning = byDrug.keySet().stream().collect(Collectors.toMap(drug -> drug, this::signed));
        this.inhibitorsAfterSigning = Stream.of(Drug.ANASTROZOLE, Drug.LETROZOLE, Drug.EXEMESTANE)
                .flatMap(drug -> standingAfterSigning(drug).stream())
                .toList();
        this.today = today;
        this.policy = policy;
        this.anastrozoleHistory = historyOf(Drug.ANASTROZOLE);
        this.testosteroneHistory = historyOf(Drug.TESTOSTERONE);
        this.inhibitorChange = Stream.of(anastrozoleHistory, historyOf(Drug.LETROZOLE), historyOf(Drug.EXEMESTANE))
                .flatMap(history -> history.lastChange().stream())
                .max(Comparator.naturalOrder());
    }

    /** Orders the records, so that their order in the request carries no meaning. */
    public static Therapies of(List<Course> courses, LocalDate today, Policy policy) {
        List<Course> sorted = courses.stream()
                .sorted(BY_REFERENCE.thenComparing(Course::state).thenComparing(Course::drug))
                .toList();
        return new Therapies(sorted, today, policy);
    }

    private DoseHistory historyOf(Drug drug) {
        return DoseHistory.of(of(drug), policy.timing().renewalGapDays());
    }

    private Stream<Course> all(Drug drug) {
        return of(drug).stream();
    }

    private Stream<Course> allInhibitors() {
        return courses.stream().filter(course -> course.drug().isAromataseInhibitor());
    }

    /** Records of a drug, of every state. */
    public List<Course> of(Drug drug) {
        return byDrug.getOrDefault(drug, List.of());
    }

    // --- what runs and what is drafted

    /** A drug of which an active record stands. */
    public boolean isActive(Drug drug) {
        return all(drug).anyMatch(Course::isActive);
    }

    /** A drug that is drafted, by this call or in the same basket. */
    public boolean isDrafted(Drug drug) {
        return all(drug).anyMatch(Course::isDraft);
    }

    /** Active or drafted. */
    public boolean isPresent(Drug drug) {
        return isActive(drug) || isDrafted(drug);
    }

    /** Any aromatase inhibitor active, drafted, or the subject of a draft that stops it. */
    public boolean inhibitorPresent() {
        return allInhibitors()
                .anyMatch(course -> course.isActive() || course.isDraft() || course.state() == State.DRAFT_STOP);
    }

    /** Any aromatase inhibitor that counts for interactions and allergies. */
    public boolean inhibitorStandsAfterSigning() {
        return !inhibitorsAfterSigning().isEmpty();
    }

    /** Any aromatase inhibitor that runs or is drafted, and that no draft stops. */
    public boolean inhibitorContinues() {
        return inhibitorsAfterSigning().stream().anyMatch(course -> course.isActive() || course.isDraft());
    }

    /** Any aromatase inhibitor that runs today. */
    public boolean inhibitorActive() {
        return allInhibitors().anyMatch(Course::isActive)
                || allInhibitors().anyMatch(course -> course.state() == State.DRAFT_STOP);
    }

    /** Drafts of an aromatase inhibitor that this call asks about. */
    public List<Course> judgedInhibitorDrafts() {
        return allInhibitors()
                .filter(course -> course.isDraft() && course.selected())
                .toList();
    }

    /** The call asks about an aromatase inhibitor, be it to add or to stop it. */
    public boolean judgesInhibitor() {
        return allInhibitors()
                .anyMatch(course -> course.selected() && (course.isDraft() || course.state() == State.DRAFT_STOP));
    }

    /** Drafts of anastrozole that this call asks about. */
    public List<Course> judgedAnastrozoleDrafts() {
        return judgedDrafts(Drug.ANASTROZOLE);
    }

    /** Drafts of testosterone that this call asks about. */
    public List<Course> judgedTestosteroneDrafts() {
        return judgedDrafts(Drug.TESTOSTERONE);
    }

    private List<Course> judgedDrafts(Drug drug) {
        return all(drug).filter(course -> course.isDraft() && course.selected()).toList();
    }

    /** True when a draft that this call asks about is of a drug that the rules speak of. */
    public boolean aDraftConcernsTheRules() {
        return courses.stream()
                .filter(course -> course.selected() && (course.isDraft() || course.state() == State.DRAFT_STOP))
                .anyMatch(course -> course.drug().isAromataseInhibitor()
                        || course.drug() == Drug.TESTOSTERONE
                        || course.drug().isInteracting());
    }

    /** Drafts that stop, hold or forbid an aromatase inhibitor. */
    public List<Course> inhibitorStops() {
        return allInhibitors()
                .filter(course -> course.state() == State.DRAFT_STOP)
                .toList();
    }

    // --- anastrozole that runs

    /**
     * Anastrozole that runs today: every active order; without one the statement or dispense by which it is known; else
     * the draft that stops it.
     */
    public List<Course> runningAnastrozole() {
        List<Course> orders = activeAnastrozoleOrders();
        if (!orders.isEmpty()) {
            return orders;
        }
        return newest(Drug.ANASTROZOLE, course -> course.isActive())
                .or(() -> newest(Drug.ANASTROZOLE, course -> course.state() == State.DRAFT_STOP))
                .map(List::of)
                .orElse(List.of());
    }

    /** Active anastrozole orders, the oldest first. */
    public List<Course> activeAnastrozoleOrders() {
        return all(Drug.ANASTROZOLE)
                .filter(course -> course.isOrder() && course.isActive())
                .sorted(Comparator.comparing(
                        (Course course) -> DoseHistory.changeDate(course).orElse(LocalDate.MIN)))
                .toList();
    }

    /** Anastrozole orders on hold. */
    public List<Course> heldAnastrozoleOrders() {
        return all(Drug.ANASTROZOLE)
                .filter(course -> course.isOrder() && course.state() == State.ON_HOLD)
                .toList();
    }

    public boolean anastrozoleRuns() {
        return !runningAnastrozole().isEmpty();
    }

    /** mg per week that runs today; empty where any part of it cannot be computed or where none runs. */
    public Optional<WeeklyDose> runningDose() {
        List<Course> running = runningAnastrozole();
        return running.isEmpty() ? Optional.empty() : sum(running);
    }

    private static Optional<WeeklyDose> sum(List<Course> courses) {
        WeeklyDose total = WeeklyDose.NONE;
        for (Course course : courses) {
            if (!(course.dosage() instanceof Dosage.Weekly weekly)) {
                return Optional.empty();
            }
            total = total.plus(weekly.dose());
        }
        return Optional.of(total);
    }

    /** The newest record of a drug that matches; a statement before a dispense. */
    private Optional<Course> newest(Drug drug, Predicate<Course> matches) {
        return all(drug)
                .filter(matches)
                .min(Comparator.comparing(Course::source)
                        .thenComparing(
                                course -> DoseHistory.changeDate(course).orElse(LocalDate.MIN),
                                Comparator.reverseOrder())
                        .thenComparing(Course::reference));
    }

    // --- after signing

    /** The draft takes the place of the order: same id, or named as its prior prescription. */
    public static boolean replaces(Course draft, Course order) {
        return draft.reference().equals(order.reference())
                || draft.replaces().filter(order.reference()::equals).isPresent();
    }

    /** The order that a draft takes the place of. */
    public Optional<Course> replacedBy(Course draft) {
        return all(draft.drug())
                .filter(course -> course.isOrder() && (course.isActive() || course.state() == State.ON_HOLD))
                .filter(order -> replaces(draft, order))
                .findFirst();
    }

    /**
     * Every separate therapy with a drug once the drafts are signed. A statement is the same therapy as the order of its
     * drug.
     */
    public List<Course> standingAfterSigning(Drug drug) {
        return afterSigning.getOrDefault(drug, List.of());
    }

    private List<Course> signed(Drug drug) {
        List<Course> stops =
                all(drug).filter(course -> course.state() == State.DRAFT_STOP).toList();
        List<Course> drafts = all(drug).filter(Course::isDraft).toList();
        List<Course> orders = all(drug)
                .filter(course -> course.isOrder() && (course.isActive() || course.state() == State.ON_HOLD))
                .filter(order -> drafts.stream().noneMatch(draft -> replaces(draft, order)))
                .filter(order -> !isStopped(order, stops))
                .toList();
        List<Course> standing = new ArrayList<>(orders);
        standing.addAll(drafts);
        if (standing.isEmpty() && stops.isEmpty()) {
            newest(drug, course -> !course.isOrder() && (course.isActive() || course.state() == State.ON_HOLD))
                    .or(() -> newest(drug, course -> course.state() == State.NOT_TAKEN))
                    .ifPresent(standing::add);
        }
        return List.copyOf(standing);
    }

    private boolean isStopped(Course order, List<Course> stops) {
        boolean anyNamed = stops.stream().anyMatch(stop -> replacedBy(stop).isPresent());
        return stops.stream().anyMatch(stop -> replaces(stop, order)) || (!stops.isEmpty() && !anyNamed);
    }

    /** Every aromatase inhibitor therapy once the drafts are signed, held ones included. */
    public List<Course> inhibitorsAfterSigning() {
        return inhibitorsAfterSigning;
    }

    /** mg of anastrozole per week once the drafts are signed: high ends of ranges, what cannot be read left out. */
    public WeeklyDose highestAfterSigning() {
        return standingAfterSigning(Drug.ANASTROZOLE).stream()
                .filter(course -> course.isActive() || course.isDraft())
                .map(Therapies::highest)
                .reduce(WeeklyDose.NONE, WeeklyDose::plus);
    }

    /** The high end of a dosage; none where it cannot be read. */
    public static WeeklyDose highest(Course course) {
        if (course.dosage() instanceof Dosage.Weekly weekly) {
            return weekly.dose();
        }
        return course.dosage() instanceof Dosage.Range range ? range.highest() : WeeklyDose.NONE;
    }

    // --- testosterone

    public boolean testosteroneActive() {
        return isActive(Drug.TESTOSTERONE);
    }

    public boolean testosteronePresent() {
        return isPresent(Drug.TESTOSTERONE);
    }

    private Optional<Course> endedTestosterone() {
        return all(Drug.TESTOSTERONE)
                .filter(course -> course.state() == State.ENDED && course.end().isPresent())
                .max(Comparator.comparing((Course course) -> course.end().orElseThrow())
                        .thenComparing(BY_REFERENCE));
    }

    /** Testosterone that ended recently enough for R-07b: 1 to 120 days ago, depots 180. */
    public Optional<LocalDate> testosteroneEndedRecently() {
        return endedTestosterone()
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
    public boolean newTestosteroneDrafted() {
        return isDrafted(Drug.TESTOSTERONE)
                && !testosteroneInLast(policy.timing().newTestosteroneGapDays());
    }

    private boolean testosteroneInLast(int days) {
        LocalDate since = today.minusDays(days);
        return all(Drug.TESTOSTERONE)
                .anyMatch(course -> course.isActive()
                        || course.state() == State.ON_HOLD
                        || (course.state() == State.ENDED
                                && course.end().map(end -> !end.isBefore(since)).orElse(false)));
    }

    /** What a testosterone draft would change. */
    public enum Change {
        NEW,
        DOSE,
        INTERVAL,
        ROUTE
    }

    /** How a testosterone draft that is no renewal differs from what runs, whether or not the call asks about it. */
    public Optional<Change> testosteroneChange() {
        return testosteroneDrafts().flatMap(draft -> changeBy(draft).stream()).min(Comparator.naturalOrder());
    }

    private Stream<Course> testosteroneDrafts() {
        return all(Drug.TESTOSTERONE).filter(Course::isDraft);
    }

    private Optional<Change> changeBy(Course draft) {
        if (newTestosteroneDrafted()) {
            return Optional.of(Change.NEW);
        }
        List<Course> compared = comparedWith(draft);
        if (compared.stream().anyMatch(draft::dosesLike)) {
            return Optional.empty();
        }
        return Optional.of(compared.stream()
                .map(course -> difference(draft, course))
                .findFirst()
                .orElse(Change.NEW));
    }

    private List<Course> comparedWith(Course draft) {
        Optional<Course> replaced = replacedBy(draft);
        if (replaced.isPresent()) {
            return List.of(replaced.get());
        }
        List<Course> orders = all(Drug.TESTOSTERONE)
                .filter(course -> course.isOrder() && course.isActive())
                .toList();
        if (!orders.isEmpty()) {
            return orders;
        }
        return newest(Drug.TESTOSTERONE, Course::isActive)
                .or(() -> newest(Drug.TESTOSTERONE, course -> course.state() == State.ON_HOLD))
                .or(this::endedTestosterone)
                .map(List::of)
                .orElse(List.of());
    }

    private static Change difference(Course draft, Course running) {
        if (draft.dosage() instanceof Dosage.Weekly next && running.dosage() instanceof Dosage.Weekly now) {
            boolean sameDose = next.dose().equals(now.dose());
            boolean sameInterval = next.intakesPerWeek().compareTo(now.intakesPerWeek()) == 0;
            return !sameDose ? Change.DOSE : !sameInterval ? Change.INTERVAL : Change.ROUTE;
        }
        return Change.DOSE;
    }

    /** A draft raises the weekly testosterone dose, or starts it. */
    public boolean testosteroneRaised() {
        return newTestosteroneDrafted()
                || testosteroneDrafts().anyMatch(draft -> comparedWith(draft).stream()
                        .anyMatch(running -> highest(draft).isAbove(highest(running))));
    }

    /** Testosterone runs, or is drafted, by needle. */
    public boolean testosteroneInjected() {
        return all(Drug.TESTOSTERONE)
                .filter(course -> course.isActive() || course.isDraft())
                .anyMatch(course ->
                        course.route().isInjection() || course.formulation().hasInjectionPeak());
    }

    /** First day of the present testosterone course. */
    public Optional<LocalDate> testosteroneStart() {
        return testosteroneHistory.startOfPresentCourse(policy.timing().newTestosteroneGapDays());
    }

    // --- changes

    /** Day of the last start, change, hold or end of any aromatase inhibitor. */
    public Optional<LocalDate> inhibitorChange() {
        return inhibitorChange;
    }

    /** Day of the last start, change or end of testosterone. */
    public Optional<LocalDate> testosteroneLastChange() {
        return testosteroneHistory.lastChange();
    }

    /** Anastrozole runs and no record dates it. */
    public boolean inhibitorStartUnknown() {
        return runningAnastrozole().stream()
                        .anyMatch(course -> DoseHistory.changeDate(course).isEmpty())
                || (anastrozoleRuns() && anastrozoleHistory.lastChange().isEmpty());
    }

    /** First day of the present anastrozole course. */
    public Optional<LocalDate> anastrozoleStart() {
        return anastrozoleHistory.startOfPresentCourse(policy.timing().newTestosteroneGapDays());
    }

    /** Dose history of anastrozole. */
    public DoseHistory anastrozoleHistory() {
        return anastrozoleHistory;
    }

    /** A 5-alpha-reductase inhibitor that has run at least so many days. */
    public boolean reductaseInhibitorFor(int days, LocalDate on) {
        return courses.stream()
                .filter(course -> course.drug().halvesPsa() && course.isActive())
                .anyMatch(course -> DoseHistory.earliestDate(course)
                        .map(start -> ChronoUnit.DAYS.between(start, on) >= days)
                        .orElse(false));
    }

    /** An inhibitor record that gives cancer as its reason. */
    public boolean inhibitorForCancer() {
        return allInhibitors()
                .filter(course -> course.isActive() || course.isDraft() || course.state() == State.DRAFT_STOP)
                .anyMatch(Course::forCancer);
    }

    /** Statement by which the running anastrozole is known where no order stands. */
    public Optional<Course> anastrozoleStatement() {
        return activeAnastrozoleOrders().isEmpty()
                ? newest(Drug.ANASTROZOLE, course -> course.isActive() && course.source() != Source.ORDER)
                : Optional.empty();
    }

    /** A drug that was recognised only by its name. */
    public boolean anyMatchedByText() {
        return courses.stream()
                .filter(course -> course.isActive() || course.isDraft())
                .anyMatch(Course::matchedByText);
    }
}
