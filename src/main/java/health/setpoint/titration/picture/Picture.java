package health.setpoint.titration.picture;

import health.setpoint.titration.advice.Doubt;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.facts.Gap;
import health.setpoint.titration.facts.Hook;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Band;
import health.setpoint.titration.labs.Bounded;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.labs.DoubtfulResult;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.Latest;
import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.person.SymptomReport;
import health.setpoint.titration.person.UnreadForm;
import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Injection;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The facts as the rules ask for them, worked out once. */
public final class Picture {

    private static final int MOST_FORMS = 3;

    private final Facts facts;
    private final Policy policy;
    private final OptionalInt age;
    private final ProblemList problems;
    private final Therapies therapies;
    private final LabHistory labs;
    private final EstradiolSeries estradiol;
    private final Optional<Latest> testosterone;
    private final SymptomPicture symptoms;
    private final Optional<TherapyChange> lastChange;
    private final Optional<OverSuppression> overSuppression;
    private final List<Doubt> doubts;
    private final NextDraws draws;

    public Picture(Facts facts, Policy policy) {
        this.facts = facts;
        this.policy = policy;
        this.age = facts.person().ageOn(facts.today());
        this.problems = new ProblemList(facts.conditions(), facts.today());
        this.therapies = Therapies.of(facts.courses(), facts.today(), policy);
        this.labs = LabHistory.of(facts.labs(), facts.now(), policy);
        this.estradiol = EstradiolSeries.of(facts.labs(), facts.now(), policy);
        this.testosterone = latest(Analyte.TESTOSTERONE);
        this.symptoms = SymptomPicture.of(
                facts.symptoms(), band(), symptomsCountAfter(), therapies.inhibitorActive(), today(), policy);
        this.lastChange = latestChange();
        this.overSuppression = OverSuppression.in(this);
        this.doubts = Doubts.of(this);
        this.draws = new NextDraws(this);
    }

    public Facts facts() {
        return facts;
    }

    public Policy policy() {
        return policy;
    }

    public Therapies therapies() {
        return therapies;
    }

    public LocalDate today() {
        return facts.today();
    }

    public Hook hook() {
        return facts.hook();
    }

    public OptionalInt age() {
        return age;
    }

    // --- estradiol

    public EstradiolSeries estradiolSeries() {
        return estradiol;
    }

    /** The deciding result, usable or not. */
    public Optional<Estradiol> deciding() {
        return estradiol.deciding();
    }

    /** Band of the deciding result, where it is usable. */
    public Optional<Band> band() {
        return deciding().flatMap(Estradiol::band);
    }

    /** The deciding result is usable and every value it can stand for is above the range. */
    public boolean estradiolAboveRange() {
        return band().map(Band::isAboveRange).orElse(false);
    }

    /** The deciding result is usable, fresh and low. */
    public boolean freshLowEstradiol() {
        return band().filter(Band.LOW::equals).isPresent()
                && !isTooOld(deciding().orElseThrow());
    }

    /** Older than a titration may rest on. */
    public boolean isTooOld(Estradiol result) {
        return result.drawn()
                .map(day -> daysSince(day) > policy.freshness().of(Analyte.ESTRADIOL))
                .orElse(false);
    }

    // --- testosterone

    /** The newest final total testosterone, where it is fresh, readable and plausible. */
    public Optional<Latest> testosterone() {
        return testosterone;
    }

    /** The limit above which testosterone is supraphysiologic: the laboratory's own where it is plausible. */
    public BigDecimal testosteroneLimit(Latest result) {
        return testosteroneLimit(result.result());
    }

    BigDecimal testosteroneLimit(LabResult result) {
        return result.upperLimit()
                .filter(limit -> isBetween(
                        limit,
                        policy.testosterone().plausibleUpperLimitLowest(),
                        policy.testosterone().plausibleUpperLimitHighest()))
                .orElse(policy.testosterone().supraphysiologic());
    }

    /** Above range on a sample that is not a peak sample. */
    public boolean testosteroneSupraphysiologic() {
        return testosteroneAboveRange() && !testosteroneIsPeak();
    }

    /** Above range, whenever it was drawn. */
    public boolean testosteroneAboveRange() {
        return testosterone
                .filter(result -> result.value().liesAbove(testosteroneLimit(result)))
                .isPresent();
    }

    /** Drawn within two days after an injection. */
    public boolean testosteroneIsPeak() {
        return testosterone
                .filter(result -> peakInjection(result.result().drawn()).isPresent())
                .isPresent();
    }

    /** Low, measured while testosterone ran. */
    public boolean testosteroneLow() {
        return therapies.testosterone().isActive()
                && testosterone
                        .filter(result ->
                                result.value().liesBelow(policy.testosterone().low()))
                        .filter(result -> therapies
                                .testosterone()
                                .start()
                                .map(start -> !result.drawn().isBefore(start))
                                .orElse(true))
                        .isPresent();
    }

    public static boolean isBetween(BigDecimal value, BigDecimal lowest, BigDecimal highest) {
        return value.compareTo(lowest) >= 0 && value.compareTo(highest) <= 0;
    }

    /** The injection of a short ester after which a sample was drawn too early; same-day doubt counts as too early. */
    public Optional<Injection> peakInjection(ClinicalTime drawn) {
        return facts.injections().stream()
                .filter(injection -> injection.formulation().hasInjectionPeak())
                .filter(injection -> isPeak(injection.given(), drawn))
                .min(Comparator.comparing(Injection::reference));
    }

    private boolean isPeak(ClinicalTime given, ClinicalTime drawn) {
        if (given.clock().isPresent() && drawn.clock().isPresent()) {
            Duration between =
                    Duration.between(given.clock().get(), drawn.clock().get());
            return !between.isNegative()
                    && between.compareTo(Duration.ofHours(policy.timing().peakHours())) < 0;
        }
        if (given.day().isEmpty() || drawn.day().isEmpty()) {
            return false;
        }
        long days =
                ChronoUnit.DAYS.between(given.day().orElseThrow(), drawn.day().orElseThrow());
        return days >= 0 && days * 24 < policy.timing().peakHours();
    }

    // --- other labs

    /** The newest final result of an analyte, where it is fresh and readable. */
    public Optional<Latest> latest(Analyte analyte) {
        return labs.latest(analyte);
    }

    /** The newest final result that can be read and is fresh; {@link #doubtful} tells what may be newer. */
    public Optional<Latest> known(Analyte analyte) {
        return labs.known(analyte);
    }

    /** What may be newer than every result that can be used, and was not understood. */
    public List<DoubtfulResult> doubtful(Analyte analyte) {
        return labs.doubtful(analyte);
    }

    /** Testosterone and safety results that were not understood. */
    public List<Doubt> doubts() {
        return doubts;
    }

    /** One of these tests may lie beyond the limit of its rule, or leaves testosterone unknown. */
    public boolean doubtWithholds(Predicate<Analyte> tests) {
        return doubts.stream()
                .anyMatch(doubt ->
                        doubt.withholds() && tests.test(doubt.result().result().analyte()));
    }

    /** The newest final readable result of an analyte, of any age. */
    public Optional<Latest> newest(Analyte analyte) {
        List<Latest> all = history(analyte);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
    }

    /** Every final readable result of an analyte, newest first. */
    public List<Latest> history(Analyte analyte) {
        return labs.all(analyte);
    }

    /** The value of the newest result, where there is one. */
    public Optional<Bounded> value(Analyte analyte) {
        return latest(analyte).map(Latest::value);
    }

    // --- symptoms and conditions

    public SymptomPicture symptoms() {
        return symptoms;
    }

    /** The forms that would speak of symptoms and could not be read, by name and day; empty where there is none. */
    public String unreadForms() {
        LocalDate since = today().minusDays(policy.timing().observedSymptomDays());
        return facts.unreadForms().stream()
                .filter(form -> form.day().map(day -> !day.isBefore(since)).orElse(true))
                .sorted(Comparator.comparing(form -> form.day().orElse(LocalDate.MIN), Comparator.reverseOrder()))
                .map(UnreadForm::shown)
                .distinct()
                .limit(MOST_FORMS)
                .collect(Collectors.joining("; "));
    }

    /** A symptom that counted, and that no code says. */
    public boolean countedOnlyByWords() {
        return symptoms.counted().stream().anyMatch(symptom -> facts.symptoms().stream()
                .filter(report -> report.symptom() == symptom)
                .allMatch(SymptomReport::byWords));
    }

    private Optional<LocalDate> symptomsCountAfter() {
        if (!therapies.testosterone().isActive() && !therapies.inhibitorActive()) {
            return Optional.empty();
        }
        return ClinicalTime.later(therapies.testosterone().start(), therapies.inhibitorChange());
    }

    /** The diagnoses on record. */
    public ProblemList problems() {
        return problems;
    }

    /** What R-05 names: breast cancer, or an inhibitor given for cancer. */
    public boolean oncologyIndication() {
        return problems.hasEver(Diagnosis.BREAST_CANCER) || therapies.inhibitorForCancer();
    }

    // --- changes

    /** A change of therapy: which drug, and when. */
    public record TherapyChange(Drug drug, LocalDate on) {}

    /** The latest change of the inhibitor or of testosterone. */
    public Optional<TherapyChange> lastChange() {
        return lastChange;
    }

    private Optional<TherapyChange> latestChange() {
        Optional<LocalDate> inhibitor = therapies.inhibitorChange();
        return ClinicalTime.later(inhibitor, therapies.testosterone().lastChange())
                .map(day -> new TherapyChange(
                        inhibitor.filter(day::equals).isPresent() ? therapies.changedInhibitor() : Drug.TESTOSTERONE,
                        day));
    }

    /** An earlier hold or reduction for low estradiol. */
    public Optional<OverSuppression> overSuppression() {
        return overSuppression;
    }

    // --- draws to come

    public long daysSince(LocalDate day) {
        return ChronoUnit.DAYS.between(day, today());
    }

    /** The draws to come. */
    public NextDraws draws() {
        return draws;
    }

    /** Orders could not all be read: that no drug was found among them does not say that none is ordered. */
    public boolean ordersIncomplete() {
        return isIncomplete(part -> part == Gap.Part.MEDICATION_ORDERS);
    }

    /** Laboratory results could not all be read: that none was found does not say that there is none. */
    public boolean resultsIncomplete() {
        return isIncomplete(part -> part == Gap.Part.LABS);
    }

    /** What the patient takes could not all be read: that no drug was found does not say that there is none. */
    public boolean medicationsIncomplete() {
        return isIncomplete(Gap.Part::isMedication);
    }

    private boolean isIncomplete(Predicate<Gap.Part> part) {
        for (Gap gap : facts.gaps()) {
            if (part.test(gap.data())) {
                return true;
            }
        }
        return false;
    }
}
