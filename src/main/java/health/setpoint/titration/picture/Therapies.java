package health.setpoint.titration.picture;

import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Course.Source;
import health.setpoint.titration.therapy.Course.State;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.WeeklyDose;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The drugs of one man: what runs, what is drafted, what ended, and what will stand once the drafts are signed. */
public final class Therapies {

    private static final Comparator<Course> BY_REFERENCE = Comparator.comparing(Course::reference);

    private static final Comparator<Course> IN_ORDER =
            BY_REFERENCE.thenComparing(Course::state).thenComparing(Course::drug);

    private static final Comparator<Course> BY_CHANGE = Comparator.comparing(
            (Course course) -> DoseHistory.changeDate(course).orElse(LocalDate.MIN));

    private static final Comparator<Course> NEWEST_FIRST = Comparator.comparing(Course::source)
            .thenComparing(BY_CHANGE.reversed())
            .thenComparing(BY_REFERENCE);

    static final List<Drug> INHIBITORS = List.of(Drug.ANASTROZOLE, Drug.LETROZOLE, Drug.EXEMESTANE);

    private final List<Course> courses;
    private final List<Course> inhibitors;
    private final Map<Drug, Lineage> lineages;
    private final Map<Drug, DoseHistory> histories;
    private final Map<Drug, List<Course>> byDrug;
    private final AfterSigning afterSigning;
    private final TestosteroneTherapy testosterone;
    private final DoseHistory anastrozoleHistory;
    private final Optional<LocalDate> inhibitorChange;
    private final Drug changedInhibitor;
    private final Optional<LocalDate> inhibitorStart;
    private final List<Course> activeAnastrozoleOrders;
    private final List<Course> runningAnastrozole;
    private final Optional<WeeklyDose> runningDose;

    private Therapies(List<Course> records, LocalDate today, Policy policy) {
        this.lineages = Lineage.byDrug(records, policy.timing(), today);
        this.histories = new EnumMap<>(Drug.class);
        lineages.forEach((drug, lineage) -> histories.put(
                drug, DoseHistory.of(lineage.told(), policy.timing().renewalGapDays())));
        this.byDrug = new EnumMap<>(Drug.class);
        this.courses = new ArrayList<>(records.size());
        for (Map.Entry<Drug, Lineage> entry : lineages.entrySet()) {
            List<Course> standing = NotTakenCourses.applied(
                    entry.getValue().standing(), historyOf(entry.getKey()).lastChange());
            byDrug.put(entry.getKey(), standing);
            courses.addAll(standing);
        }
        courses.sort(IN_ORDER);
        this.inhibitors = only(courses, course -> course.drug().isAromataseInhibitor());
        this.afterSigning = new AfterSigning(byDrug, lineages);
        this.anastrozoleHistory = historyOf(Drug.ANASTROZOLE);
        this.testosterone = new TestosteroneTherapy(this, historyOf(Drug.TESTOSTERONE), today, policy);
        Optional<LocalDate> latest = anastrozoleHistory.lastChange();
        Drug changed = Drug.ANASTROZOLE;
        for (Drug other : INHIBITORS.subList(1, INHIBITORS.size())) {
            Optional<LocalDate> later =
                    ClinicalTime.later(latest, historyOf(other).lastChange());
            changed = later.equals(latest) ? changed : other;
            latest = later;
        }
        this.inhibitorChange = latest;
        this.changedInhibitor = changed;
        this.inhibitorStart = inhibitorStart(policy.timing().newTestosteroneGapDays());
        this.activeAnastrozoleOrders = activeOrders(Drug.ANASTROZOLE);
        this.runningAnastrozole = anastrozoleThatRuns();
        this.runningDose = runningAnastrozole.isEmpty() ? Optional.empty() : Course.weeklyDose(runningAnastrozole);
    }

    /** Orders the records, so that their order in the request carries no meaning. */
    public static Therapies of(List<Course> courses, LocalDate today, Policy policy) {
        List<Course> sorted = new ArrayList<>(courses);
        sorted.sort(IN_ORDER);
        return new Therapies(sorted, today, policy);
    }

    private Optional<LocalDate> inhibitorStart(int gapDays) {
        Optional<LocalDate> first = Optional.empty();
        for (Drug drug : INHIBITORS) {
            if (isActive(drug)) {
                first = ClinicalTime.earlier(first, historyOf(drug).startOfPresentCourse(gapDays));
            }
        }
        return first.or(() -> anastrozoleHistory.startOfPresentCourse(gapDays));
    }

    private DoseHistory historyOf(Drug drug) {
        return histories.getOrDefault(drug, DoseHistory.NONE);
    }

    static List<Course> only(List<Course> courses, Predicate<Course> matches) {
        List<Course> matching = new ArrayList<>();
        for (Course course : courses) {
            if (matches.test(course)) {
                matching.add(course);
            }
        }
        return List.copyOf(matching);
    }

    static boolean any(List<Course> courses, Predicate<Course> matches) {
        for (Course course : courses) {
            if (matches.test(course)) {
                return true;
            }
        }
        return false;
    }

    /** Records of a drug, of every state; those whose place a newer record of the same therapy took have ended. */
    public List<Course> of(Drug drug) {
        return byDrug.getOrDefault(drug, List.of());
    }

    // --- what runs and what is drafted

    /** A drug that runs: an active record stands, or one that ended these days is drafted again. */
    public boolean isActive(Drug drug) {
        return any(of(drug), Course::runs);
    }

    /** A drug that is drafted, by this call or in the same basket. */
    public boolean isDrafted(Drug drug) {
        return any(of(drug), Course::isDraft);
    }

    /** Active or drafted. */
    public boolean isPresent(Drug drug) {
        return isActive(drug) || isDrafted(drug);
    }

    /** Aromatase inhibitors that are active, drafted, or the subject of a draft that stops them. */
    public Set<Drug> inhibitorsPresent() {
        Set<Drug> present = EnumSet.noneOf(Drug.class);
        for (Course course : inhibitors) {
            if (runsOrIsInTheDrafts(course)) {
                present.add(course.drug());
            }
        }
        return present;
    }

    private static boolean runsOrIsInTheDrafts(Course course) {
        return course.runs() || course.isDraft() || course.state() == State.DRAFT_STOP;
    }

    /** Any of them. */
    public boolean inhibitorPresent() {
        return any(inhibitors, Therapies::runsOrIsInTheDrafts);
    }

    /** Any aromatase inhibitor that counts for interactions and allergies. */
    public boolean inhibitorStandsAfterSigning() {
        return !afterSigning.inhibitors().isEmpty();
    }

    /** Any aromatase inhibitor that runs or is drafted, and that no draft stops. */
    public boolean inhibitorContinues() {
        return any(afterSigning.inhibitors(), course -> course.isActive() || course.isDraft());
    }

    /** Any aromatase inhibitor that runs today. */
    public boolean inhibitorActive() {
        return any(inhibitors, course -> course.runs() || course.state() == State.DRAFT_STOP);
    }

    /** Drafts of an aromatase inhibitor that this call asks about. */
    public List<Course> judgedInhibitorDrafts() {
        return only(inhibitors, course -> course.isDraft() && course.selected());
    }

    /** The call asks about an aromatase inhibitor, be it to add or to stop it. */
    public boolean judgesInhibitor() {
        return any(inhibitors, course -> course.selected() && (course.isDraft() || course.state() == State.DRAFT_STOP));
    }

    /** Drafts of anastrozole that this call asks about. */
    public List<Course> judgedAnastrozoleDrafts() {
        return judgedDrafts(Drug.ANASTROZOLE);
    }

    /** Drafts of testosterone that this call asks about. */
    public List<Course> judgedTestosteroneDrafts() {
        return judgedDrafts(Drug.TESTOSTERONE);
    }

    /** Drafts of a drug that this call asks about. */
    public List<Course> judgedDrafts(Drug drug) {
        return only(of(drug), course -> course.isDraft() && course.selected());
    }

    /** True when a draft that this call asks about is of a drug that the rules speak of. */
    public boolean aDraftConcernsTheRules() {
        return any(
                courses,
                course -> course.selected()
                        && (course.isDraft() || course.state() == State.DRAFT_STOP)
                        && (course.drug().isAromataseInhibitor()
                                || course.drug() == Drug.TESTOSTERONE
                                || course.drug().isInteracting()));
    }

    /** Drafts that stop, hold or forbid an aromatase inhibitor. */
    public List<Course> inhibitorStops() {
        return only(inhibitors, course -> course.state() == State.DRAFT_STOP);
    }

    /** Which drugs run, are drafted or are paused. */
    public DrugsInUse inUse() {
        return DrugsInUse.of(courses);
    }

    // --- anastrozole that runs

    /**
     * Anastrozole that runs today: every active order; without one the order that is being renewed, else the statement or
     * dispense by which it is known, else the draft that stops it.
     */
    public List<Course> runningAnastrozole() {
        return runningAnastrozole;
    }

    private List<Course> anastrozoleThatRuns() {
        if (!activeAnastrozoleOrders.isEmpty()) {
            return activeAnastrozoleOrders;
        }
        return newest(Drug.ANASTROZOLE, Course::runs)
                .or(() -> newest(Drug.ANASTROZOLE, course -> course.state() == State.DRAFT_STOP))
                .map(List::of)
                .orElse(List.of());
    }

    /** Active anastrozole orders, the oldest first. */
    public List<Course> activeAnastrozoleOrders() {
        return activeAnastrozoleOrders;
    }

    private List<Course> activeOrders(Drug drug) {
        List<Course> orders = new ArrayList<>(only(of(drug), course -> course.isOrder() && course.isActive()));
        orders.sort(BY_CHANGE);
        return List.copyOf(orders);
    }

    /** Anastrozole orders on hold. */
    public List<Course> heldAnastrozoleOrders() {
        return only(of(Drug.ANASTROZOLE), course -> course.isOrder() && course.state() == State.ON_HOLD);
    }

    public boolean anastrozoleRuns() {
        return !runningAnastrozole.isEmpty();
    }

    /** mg per week that runs today; empty where any part of it cannot be computed or where none runs. */
    public Optional<WeeklyDose> runningDose() {
        return runningDose;
    }

    /** The newest record of a drug that matches; a statement before a dispense. */
    Optional<Course> newest(Drug drug, Predicate<Course> matches) {
        return newest(of(drug), matches);
    }

    static Optional<Course> newest(List<Course> records, Predicate<Course> matches) {
        return records.stream().filter(matches).min(NEWEST_FIRST);
    }

    /** What stands once the drafts are signed. */
    public AfterSigning afterSigning() {
        return afterSigning;
    }

    /** Testosterone among the drugs. */
    public TestosteroneTherapy testosterone() {
        return testosterone;
    }

    // --- changes

    /** Day of the last start, change, hold or end of any aromatase inhibitor. */
    public Optional<LocalDate> inhibitorChange() {
        return inhibitorChange;
    }

    /** The aromatase inhibitor that was started, changed, held or ended on that day. */
    public Drug changedInhibitor() {
        return changedInhibitor;
    }

    /** Anastrozole runs and no record dates it. */
    public boolean inhibitorStartUnknown() {
        return any(runningAnastrozole, course -> DoseHistory.changeDate(course).isEmpty())
                || (anastrozoleRuns() && anastrozoleHistory.lastChange().isEmpty());
    }

    /** First day of the present course of an aromatase inhibitor: where several run, of the one that began first. */
    public Optional<LocalDate> inhibitorStart() {
        return inhibitorStart;
    }

    /** Dose history of anastrozole. */
    public DoseHistory anastrozoleHistory() {
        return anastrozoleHistory;
    }

    /** A 5-alpha-reductase inhibitor that has run at least so many days. */
    public boolean reductaseInhibitorFor(int days, LocalDate on) {
        return any(
                courses,
                course -> course.drug().halvesPsa()
                        && course.runs()
                        && DoseHistory.earliestDate(course)
                                .map(start -> ChronoUnit.DAYS.between(start, on) >= days)
                                .orElse(false));
    }

    /** An inhibitor record that gives cancer as its reason. */
    public boolean inhibitorForCancer() {
        return any(inhibitors, course -> course.forCancer() && runsOrIsInTheDrafts(course));
    }

    /** Statement by which the running anastrozole is known where no order stands. */
    public Optional<Course> anastrozoleStatement() {
        return activeAnastrozoleOrders.isEmpty()
                ? newest(Drug.ANASTROZOLE, course -> course.isActive() && course.source() != Source.ORDER)
                : Optional.empty();
    }

    /** A drug that was recognised only by its name. */
    public boolean anyMatchedByText() {
        return any(courses, course -> course.matchedByText() && (course.runs() || course.isDraft()));
    }
}
