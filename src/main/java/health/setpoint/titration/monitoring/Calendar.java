package health.setpoint.titration.monitoring;

import health.setpoint.titration.advice.Due;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Band;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.labs.LabRequest;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.labs.Latest;
import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.picture.Estradiol;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.picture.Therapies;
import health.setpoint.titration.policy.Policy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Section 5: which labs are due, and when, from the start of therapy and its last changes. */
public final class Calendar {

    private final Picture picture;
    private final Policy.Monitoring days;
    private final Therapies therapies;

    private Calendar(Picture picture) {
        this.picture = picture;
        this.days = picture.policy().monitoring();
        this.therapies = picture.therapies();
    }

    /** Every line of the calendar, M-1 to M-8; lines whose labs are all requested already are left out. */
    public static List<Due> of(Picture picture) {
        Calendar calendar = new Calendar(picture);
        List<Optional<Due>> lines = List.of(
                calendar.baseline(),
                calendar.afterStart(),
                calendar.afterInhibitorChange(),
                calendar.afterTestosteroneChange(),
                calendar.stable(),
                calendar.hematocrit(),
                calendar.psa(),
                calendar.bone(),
                calendar.lipidsAndLiver());
        List<Due> due = new ArrayList<>(lines.size());
        lines.forEach(line -> line.ifPresent(due::add));
        return List.copyOf(due);
    }

    /** M-1: before the first dose of testosterone. */
    private Optional<Due> baseline() {
        if (!therapies.testosterone().isNewlyDrafted()) {
            return Optional.empty();
        }
        List<LabTest> labs = new ArrayList<>(List.of(
                LabTest.TESTOSTERONE,
                LabTest.FREE_TESTOSTERONE,
                LabTest.ESTRADIOL,
                LabTest.LH,
                LabTest.FSH,
                LabTest.CBC,
                LabTest.CMP));
        if (isOfPsaAge()) {
            labs.add(LabTest.PSA);
        }
        return due(RuleId.M_1, Window.on(picture.today()), labs, test -> isFresh(test));
    }

    private boolean isFresh(LabTest test) {
        return lastDraw(test)
                .filter(day -> picture.daysSince(day)
                        <= picture.policy().freshness().of(analytes(test).get(0)))
                .isPresent();
    }

    /** M-2: after the start of testosterone. */
    private Optional<Due> afterStart() {
        return start().flatMap(
                        start -> due(RuleId.M_2, recheckWindow(start), hormones(), test -> isDrawnSince(test, start)));
    }

    /** M-3: after a start, change or stop of the inhibitor. */
    private Optional<Due> afterInhibitorChange() {
        return therapies.inhibitorChange().flatMap(change -> afterChange(RuleId.M_3, change));
    }

    /** M-3b: after a change of testosterone that is not its start. */
    private Optional<Due> afterTestosteroneChange() {
        return therapies
                .testosterone()
                .lastChange()
                .filter(change -> start().filter(change::equals).isEmpty())
                .flatMap(change -> afterChange(RuleId.M_3B, change));
    }

    private Optional<Due> afterChange(RuleId rule, LocalDate change) {
        Window window = recheckWindow(change);
        return due(rule, window, hormones(), test -> isDrawnSince(test, window.from()));
    }

    private Window recheckWindow(LocalDate change) {
        return Window.after(
                change,
                picture.policy().timing().recheckFromDays(),
                picture.policy().timing().recheckToDays());
    }

    /** M-4: two estradiol results in range and nothing changed for twelve weeks. */
    private Optional<Due> stable() {
        List<Estradiol> usable = picture.estradiolSeries().usable();
        boolean inRange = usable.size() >= 2 && isInRange(usable.get(0)) && isInRange(usable.get(1));
        boolean unchanged = picture.lastChange()
                .filter(change -> picture.daysSince(change.on()) >= days.stableDays())
                .isPresent();
        if (!inRange || !unchanged) {
            return Optional.empty();
        }
        Recheck recheck = picture.draws().whenStable();
        return due(RuleId.M_4, recheck.window(), recheck.labs(), test -> false);
    }

    private static boolean isInRange(Estradiol result) {
        return result.band().filter(Band.IN_RANGE::equals).isPresent();
    }

    /** M-5: blood count on testosterone. */
    private Optional<Due> hematocrit() {
        if (!therapies.testosterone().isActive()) {
            return Optional.empty();
        }
        Optional<Latest> last = picture.newest(Analyte.HEMATOCRIT);
        Window window = watched(last).orElseGet(() -> firstCount(last)
                .orElseGet(() -> next(last.map(Latest::drawn), days.hematocritIntervalDays())));
        return due(RuleId.M_5, window, List.of(LabTest.CBC), test -> false);
    }

    private Optional<Window> watched(Optional<Latest> last) {
        var limits = picture.policy().hematocrit();
        return last.filter(result -> result.value().liesAbove(limits.warnAbove())
                        && !result.value().liesAtOrAbove(limits.stop()))
                .map(result ->
                        Window.after(result.drawn(), days.hematocritRepeatFromDays(), days.hematocritRepeatToDays()));
    }

    private Optional<Window> firstCount(Optional<Latest> last) {
        return start().map(start -> Window.after(start, days.hematocritFromDays(), days.hematocritToDays()))
                .filter(window -> last.filter(result -> !result.drawn().isBefore(window.from()))
                        .isEmpty());
    }

    /** M-6: PSA three to twelve months after the start; later the local screening policy decides. */
    private Optional<Due> psa() {
        if (!therapies.testosterone().isActive() || !isOfPsaAge()) {
            return Optional.empty();
        }
        return start().map(start ->
                        new Window(start.plusMonths(days.psaFromMonths()), start.plusMonths(days.psaToMonths())))
                .filter(window -> !window.to().isBefore(picture.today()))
                .flatMap(window ->
                        due(RuleId.M_6, window, List.of(LabTest.PSA), test -> isDrawnSince(test, window.from())));
    }

    private boolean isOfPsaAge() {
        return picture.age().isPresent()
                && picture.age().getAsInt() >= picture.policy().ages().psaFrom();
    }

    /** M-7: DXA at the start of an inhibitor or with low bone density, then every one to two years. */
    private Optional<Due> bone() {
        boolean lowDensity = picture.problems().hasEver(Diagnosis.OSTEOPOROSIS)
                || picture.problems().hasEver(Diagnosis.OSTEOPENIA)
                || picture.known(Analyte.DXA_T_SCORE)
                        .filter(score ->
                                score.value().liesBelow(picture.policy().bone().osteopenia()))
                        .isPresent();
        if (!therapies.inhibitorActive() && !lowDensity) {
            return Optional.empty();
        }
        Window window = lastDraw(LabTest.DXA)
                .map(last -> Window.after(
                        last,
                        picture.policy().bone().dxaEarliestDays(),
                        picture.policy().bone().dxaDays()))
                .orElse(Window.on(picture.today()));
        return due(RuleId.M_7, window, List.of(LabTest.DXA), test -> false);
    }

    /** M-8: lipids and liver on an inhibitor, once a year. */
    private Optional<Due> lipidsAndLiver() {
        if (!therapies.inhibitorActive()) {
            return Optional.empty();
        }
        Window lipids = next(lastDraw(LabTest.LIPIDS), days.yearlyDays());
        Window panel = next(lastDraw(LabTest.CMP), days.yearlyDays());
        boolean together = lipids.equals(panel);
        Window first = lipids.from().isAfter(panel.from()) ? panel : lipids;
        List<LabTest> labs = together
                ? List.of(LabTest.LIPIDS, LabTest.CMP)
                : first.equals(panel) ? List.of(LabTest.CMP) : List.of(LabTest.LIPIDS);
        return due(RuleId.M_8, first, labs, test -> false);
    }

    private Window next(Optional<LocalDate> last, int interval) {
        return Window.on(last.map(day -> day.plusDays(interval)).orElse(picture.today()));
    }

    private Optional<LocalDate> start() {
        return therapies.testosterone().isActive() ? therapies.testosterone().start() : Optional.empty();
    }

    private static List<LabTest> hormones() {
        return List.of(LabTest.TESTOSTERONE, LabTest.ESTRADIOL);
    }

    private boolean isDrawnSince(LabTest test, LocalDate day) {
        return lastDraw(test).filter(last -> !last.isBefore(day)).isPresent();
    }

    private Optional<LocalDate> lastDraw(LabTest test) {
        Optional<LocalDate> last = Optional.empty();
        for (Analyte analyte : analytes(test)) {
            last = ClinicalTime.later(last, picture.newest(analyte).map(Latest::drawn));
        }
        return last;
    }

    private static List<Analyte> analytes(LabTest test) {
        return switch (test) {
            case ESTRADIOL -> List.of(Analyte.ESTRADIOL);
            case TESTOSTERONE -> List.of(Analyte.TESTOSTERONE);
            case FREE_TESTOSTERONE -> List.of(Analyte.FREE_TESTOSTERONE);
            case LH -> List.of(Analyte.LH);
            case FSH -> List.of(Analyte.FSH);
            case SHBG -> List.of(Analyte.SHBG);
            case CBC -> List.of(Analyte.HEMATOCRIT, Analyte.HEMOGLOBIN);
            case CMP -> List.of(Analyte.CREATININE, Analyte.ALT, Analyte.AST);
            case PSA -> List.of(Analyte.PSA);
            case LIPIDS -> List.of(Analyte.CHOLESTEROL);
            case DXA -> List.of(Analyte.DXA_T_SCORE);
        };
    }

    private Optional<Due> due(RuleId rule, Window window, List<LabTest> labs, Predicate<LabTest> satisfied) {
        List<LabTest> open = new ArrayList<>(labs);
        open.removeIf(test -> satisfied.test(test) || isRequested(test));
        return open.isEmpty() ? Optional.empty() : Optional.of(new Due(rule, window, open));
    }

    private boolean isRequested(LabTest test) {
        for (LabRequest request : picture.facts().labRequests()) {
            if (request.test() == test) {
                return true;
            }
        }
        return false;
    }
}
