package health.setpoint.titration.picture;

import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Course.Source;
import health.setpoint.titration.therapy.Course.State;
import health.setpoint.titration.therapy.Dosage;
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

    private static final List<Drug> INHIBITORS = List.of(Drug.ANASTROZOLE, Drug.LETROZOLE, Drug.EXEMESTANE);

    private final List<Course> courses;
    private final List<Course> inhibitors;
    private final Map<Drug, Lineage> lineages;
    private final Map<Drug, DoseHistory> histories;
    private final Map<Drug, List<Course>> byDrug;
    private final Map<Drug, List<Course>> afterSigning;
    private final List<Course> inhibitorsAfterSigning;
    private final LocalDate today;
    private final Policy policy;
    private final DoseHistory anastrozoleHistory;
    private final DoseHistory testosteroneHistory;
    private final Optional<LocalDate> inhibitorChange;
    private final Drug changedInhibitor;
    private final Optional<LocalDate> anastrozoleStart;
    private final Optional<LocalDate> testosteroneStart;
    private final List<Course> activeAnastrozoleOrders;
    private final List<Course> runningAnastrozole;
    private final Optional<WeeklyDose> runningDose;

    private Therapies(List<Course> records, LocalDate today, Policy policy) {
        this.today = today;
        this.policy = policy;
        this.lineages = lineages(records, policy, today);
        this.histories = new EnumMap<>(Drug.class);
        lineages.forEach((drug, lineage) -> histories.put(
                drug, DoseHistory.of(lineage.told(), policy.timing().renewalGapDays())));
        this.byDrug = new EnumMap<>(Drug.class);
        this.courses = new ArrayList<>(records.size());
        for (Map.Entry<Drug, Lineage> entry : lineages.entrySet()) {
            List<Course> standing = asTaken(entry.getValue().standing(), entry.getKey());
            byDrug.put(entry.getKey(), standing);
            courses.addAll(standing);
        }
        courses.sort(IN_ORDER);
        this.inhibitors = only(courses, course -> course.drug().isAromataseInhibitor());
        this.afterSigning = new EnumMap<>(Drug.class);
        byDrug.keySet().forEach(drug -> afterSigning.put(drug, signed(drug)));
        List<Course> standing = new ArrayList<>();
        INHIBITORS.forEach(drug -> standing.addAll(standingAfterSigning(drug)));
        this.inhibitorsAfterSigning = List.copyOf(standing);
        this.anastrozoleHistory = historyOf(Drug.ANASTROZOLE);
        this.testosteroneHistory = historyOf(Drug.TESTOSTERONE);
        Optional<LocalDate> latest = anastrozoleHistory.lastChange();
        Drug changed = Drug.ANASTROZOLE;
        for (Drug other : List.of(Drug.LETROZOLE, Drug.EXEMESTANE)) {
            Optional<LocalDate> later =
                    ClinicalTime.later(latest, historyOf(other).lastChange());
            changed = later.equals(latest) ? changed : other;
            latest = later;
        }
        this.inhibitorChange = latest;
        this.changedInhibitor = changed;
        this.anastrozoleStart =
                anastrozoleHistory.startOfPresentCourse(policy.timing().newTestosteroneGapDays());
        this.testosteroneStart =
                testosteroneHistory.startOfPresentCourse(policy.timing().newTestosteroneGapDays());
        this.activeAnastrozoleOrders = activeOrders(Drug.ANASTROZOLE);
        this.runningAnastrozole = anastrozoleThatRuns();
        this.runningDose = runningAnastrozole.isEmpty() ? Optional.empty() : sum(runningAnastrozole);
    }

    /** Orders the records, so that their order in the request carries no meaning. */
    public static Therapies of(List<Course> courses, LocalDate today, Policy policy) {
        List<Course> sorted = new ArrayList<>(courses);
        sorted.sort(IN_ORDER);
        return new Therapies(sorted, today, policy);
    }

    private static Map<Drug, Lineage> lineages(List<Course> records, Policy policy, LocalDate today) {
        Map<Drug, List<Course>> ofDrug = new EnumMap<>(Drug.class);
        for (Course record : records) {
            ofDrug.computeIfAbsent(record.drug(), drug -> new ArrayList<>()).add(record);
        }
        ofDrug.computeIfPresent(Drug.TESTOSTERONE, (drug, own) -> InjectionSeries.joined(own, policy.timing(), today));
        Map<Drug, Lineage> lineages = new EnumMap<>(Drug.class);
        ofDrug.forEach((drug, own) -> lineages.put(drug, new Lineage(own, policy.timing(), today)));
        return lineages;
    }

    private DoseHistory historyOf(Drug drug) {
        return histories.getOrDefault(drug, DoseHistory.NONE);
    }

    /** A remark, newer than the last change, that the drug is not taken leaves the dose of what runs unknown. */
    private List<Course> asTaken(List<Course> standing, Drug drug) {
        Optional<ClinicalTime> remark = remark(standing);
        Optional<LocalDate> change = historyOf(drug).lastChange();
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
                && any(
                        records,
                        course -> course.source() == Source.STATEMENT
                                && course.isActive()
                                && course.effectiveStart()
                                        .filter(remark.day().get()::isBefore)
                                        .isPresent());
    }

    private static List<Course> only(List<Course> courses, Predicate<Course> matches) {
        List<Course> matching = new ArrayList<>();
        for (Course course : courses) {
            if (matches.test(course)) {
                matching.add(course);
            }
        }
        return List.copyOf(matching);
    }

    private static boolean any(List<Course> courses, Predicate<Course> matches) {
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
        return !inhibitorsAfterSigning().isEmpty();
    }

    /** Any aromatase inhibitor that runs or is drafted, and that no draft stops. */
    public boolean inhibitorContinues() {
        return any(inhibitorsAfterSigning, course -> course.isActive() || course.isDraft());
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

    /** Drugs that run, what a draft stops included. */
    public Set<Drug> running() {
        return drugs(course -> course.runs() || course.state() == State.DRAFT_STOP);
    }

    /** Drugs that are drafted, by this call or in the same basket. */
    public Set<Drug> drafted() {
        return drugs(Course::isDraft);
    }

    /** Drugs that are on hold or not taken, and neither run nor are drafted. */
    public Set<Drug> paused() {
        Set<Drug> paused = drugs(course -> course.state() == State.ON_HOLD || course.state() == State.NOT_TAKEN);
        paused.removeAll(running());
        paused.removeAll(drafted());
        return paused;
    }

    private Set<Drug> drugs(Predicate<Course> stand) {
        Set<Drug> drugs = EnumSet.noneOf(Drug.class);
        for (Course course : courses) {
            if (stand.test(course)) {
                drugs.add(course.drug());
            }
        }
        return drugs;
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

    private static Optional<WeeklyDose> sum(List<Course> courses) {
        WeeklyDose total = WeeklyDose.NONE;
        for (Course course : courses) {
            Optional<Dosage.Weekly> rate = course.dosage().rate();
            if (rate.isEmpty()) {
                return Optional.empty();
            }
            total = total.plus(rate.get().dose());
        }
        return Optional.of(total);
    }

    /** The newest record of a drug that matches; a statement before a dispense. */
    private Optional<Course> newest(Drug drug, Predicate<Course> matches) {
        return of(drug).stream().filter(matches).min(NEWEST_FIRST);
    }

    // --- after signing

    /** The draft takes the place of the order: same id, or one names the other. */
    public boolean replaces(Course draft, Course order) {
        return draft.reference().equals(order.reference())
                || draft.drug() == order.drug() && lineages.get(draft.drug()).isSameTherapy(draft, order);
    }

    /** The order that a draft takes the place of. */
    public Optional<Course> replacedBy(Course draft) {
        for (Course course : of(draft.drug())) {
            if (isStandingOrder(course) && replaces(draft, course)) {
                return Optional.of(course);
            }
        }
        return Optional.empty();
    }

    private static boolean isStandingOrder(Course course) {
        return course.isOrder() && (course.isActive() || course.state() == State.ON_HOLD);
    }

    /**
     * Every separate therapy with a drug once the drafts are signed. A statement is the same therapy as the order of its
     * drug.
     */
    public List<Course> standingAfterSigning(Drug drug) {
        return afterSigning.getOrDefault(drug, List.of());
    }

    private List<Course> signed(Drug drug) {
        List<Course> stops = only(of(drug), course -> course.state() == State.DRAFT_STOP);
        List<Course> drafts = only(of(drug), Course::isDraft);
        List<Course> standing = new ArrayList<>(only(of(drug), Therapies::isStandingOrder));
        standing.removeIf(order -> any(drafts, draft -> replaces(draft, order)) || isStopped(order, stops));
        standing.addAll(drafts);
        if (standing.isEmpty() && stops.isEmpty()) {
            newest(drug, course -> !course.isOrder() && (course.isActive() || course.state() == State.ON_HOLD))
                    .or(() -> newest(drug, course -> course.state() == State.NOT_TAKEN))
                    .ifPresent(standing::add);
        }
        return List.copyOf(standing);
    }

    private boolean isStopped(Course order, List<Course> stops) {
        boolean anyNamed = any(stops, stop -> replacedBy(stop).isPresent());
        return any(stops, stop -> replaces(stop, order)) || (!stops.isEmpty() && !anyNamed);
    }

    /** Every aromatase inhibitor therapy once the drafts are signed, held ones included. */
    public List<Course> inhibitorsAfterSigning() {
        return inhibitorsAfterSigning;
    }

    /** mg of anastrozole per week once the drafts are signed: high ends of ranges, what cannot be read left out. */
    public WeeklyDose highestAfterSigning() {
        WeeklyDose total = WeeklyDose.NONE;
        for (Course course : standingAfterSigning(Drug.ANASTROZOLE)) {
            if (course.isActive() || course.isDraft()) {
                total = total.plus(course.dosage().highest());
            }
        }
        return total;
    }

    // --- testosterone

    public boolean testosteroneActive() {
        return isActive(Drug.TESTOSTERONE);
    }

    public boolean testosteronePresent() {
        return isPresent(Drug.TESTOSTERONE);
    }

    private Optional<Course> endedTestosterone() {
        return of(Drug.TESTOSTERONE).stream()
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
        return any(
                of(Drug.TESTOSTERONE),
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
        ROUTE
    }

    /** How a testosterone draft that is no renewal differs from what runs, whether or not the call asks about it. */
    public Optional<Change> testosteroneChange() {
        return testosteroneDrafts().stream()
                .flatMap(draft -> changeBy(draft).stream())
                .min(Comparator.naturalOrder());
    }

    private List<Course> testosteroneDrafts() {
        return only(of(Drug.TESTOSTERONE), Course::isDraft);
    }

    private Optional<Change> changeBy(Course draft) {
        if (newTestosteroneDrafted()) {
            return Optional.of(Change.NEW);
        }
        List<Course> compared = comparedWith(draft);
        if (any(compared, draft::dosesLike)) {
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
        List<Course> orders = only(of(Drug.TESTOSTERONE), course -> course.isOrder() && course.runs());
        if (!orders.isEmpty()) {
            return orders;
        }
        return newest(Drug.TESTOSTERONE, Course::runs)
                .or(() -> newest(Drug.TESTOSTERONE, course -> course.state() == State.ON_HOLD))
                .or(this::endedTestosterone)
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
    public boolean testosteroneRaised() {
        return newTestosteroneDrafted()
                || any(
                        testosteroneDrafts(),
                        draft -> any(comparedWith(draft), running -> draft.dosage()
                                .highest()
                                .isAbove(running.dosage().highest())));
    }

    /** Testosterone runs, or is drafted, by needle. */
    public boolean testosteroneInjected() {
        return any(of(Drug.TESTOSTERONE), course -> (course.runs() || course.isDraft()) && isInjected(course));
    }

    /** Testosterone runs by needle, so that a sample was drawn at some time after an injection. */
    public boolean testosteroneInjectionsRun() {
        return any(of(Drug.TESTOSTERONE), course -> course.runs() && isInjected(course));
    }

    private static boolean isInjected(Course course) {
        return course.route().isInjection() || course.formulation().hasInjectionPeak();
    }

    /** First day of the present testosterone course. */
    public Optional<LocalDate> testosteroneStart() {
        return testosteroneStart;
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

    /** Day of the last start, change or end of testosterone. */
    public Optional<LocalDate> testosteroneLastChange() {
        return testosteroneHistory.lastChange();
    }

    /** Anastrozole runs and no record dates it. */
    public boolean inhibitorStartUnknown() {
        return any(runningAnastrozole, course -> DoseHistory.changeDate(course).isEmpty())
                || (anastrozoleRuns() && anastrozoleHistory.lastChange().isEmpty());
    }

    /** First day of the present anastrozole course. */
    public Optional<LocalDate> anastrozoleStart() {
        return anastrozoleStart;
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
