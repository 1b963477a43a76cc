package health.setpoint.judge;

import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.facts.Hook;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.labs.Comparator;
import health.setpoint.titration.labs.LabRequest;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.labs.ResultStatus;
import health.setpoint.titration.labs.Unit;
import health.setpoint.titration.person.Condition;
import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.person.Hypersensitivity;
import health.setpoint.titration.person.Person;
import health.setpoint.titration.person.Sex;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.person.SymptomReport;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Formulation;
import health.setpoint.titration.therapy.Injection;
import health.setpoint.titration.therapy.Route;
import health.setpoint.titration.therapy.WeeklyDose;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Generated men whose charts are coded and structured throughout, since CQL reads nothing else: mostly on testosterone,
 * with estradiol and other results on and beside the limits, now and then what a gate or a safety rule asks for. The
 * same number gives the same man.
 */
final class Men {

    static final LocalDateTime NOW = LocalDateTime.of(2026, 3, 2, 9, 0);
    private static final LocalDate TODAY = NOW.toLocalDate();

    private static final List<Symptom> SYMPTOMS = List.of(
            Symptom.GYNECOMASTIA,
            Symptom.BREAST_PAIN,
            Symptom.FLUID_RETENTION,
            Symptom.BLOATING,
            Symptom.MOOD_SWINGS,
            Symptom.ANXIETY,
            Symptom.DEPRESSED_MOOD,
            Symptom.REDUCED_LIBIDO,
            Symptom.ERECTILE_DYSFUNCTION,
            Symptom.JOINT_PAIN,
            Symptom.DEHYDRATION,
            Symptom.FREQUENT_URINATION,
            Symptom.POOR_CONCENTRATION,
            Symptom.FATIGUE);
    private static final List<Diagnosis> DIAGNOSES = List.of(
            Diagnosis.BREAST_CANCER,
            Diagnosis.PROSTATE_CANCER,
            Diagnosis.OSTEOPOROSIS,
            Diagnosis.OSTEOPENIA,
            Diagnosis.CIRRHOSIS,
            Diagnosis.ISCHEMIC_HEART_DISEASE,
            Diagnosis.MYOCARDIAL_INFARCTION,
            Diagnosis.STROKE,
            Diagnosis.HEART_FAILURE,
            Diagnosis.SLEEP_APNEA,
            Diagnosis.THROMBOPHILIA,
            Diagnosis.INFERTILITY,
            Diagnosis.ADIPOSITY);
    private static final List<Drug> OTHERS =
            List.of(Drug.TAMOXIFEN, Drug.ESTROGEN, Drug.CLOMIPHENE, Drug.RALOXIFENE, Drug.HCG, Drug.FINASTERIDE);

    private final Random random;
    private final List<LabResult> labs = new ArrayList<>();
    private final List<Course> courses = new ArrayList<>();
    private final List<Injection> injections = new ArrayList<>();
    private final Hook hook;
    private final boolean running;

    private Men(long number) {
        random = new Random(number * 0x9E3779B97F4A7C15L);
        hook = pick(List.of(Hook.PATIENT_VIEW, Hook.ORDER_SIGN, Hook.ORDER_SIGN, Hook.ORDER_SELECT));
        running = chance(55);
    }

    /** The man of that number. */
    static Facts man(long number) {
        return new Men(number).facts();
    }

    private Facts facts() {
        therapies();
        results();
        return new Facts(
                hook,
                NOW,
                person(),
                labs,
                courses,
                injections,
                conditions(),
                symptoms(),
                chance(2) ? List.of(new Hypersensitivity("anastrozole", "AllergyIntolerance/a-1")) : List.of(),
                requests(),
                List.of());
    }

    private Person person() {
        var sex = chance(95) ? Sex.MALE : pick(List.of(Sex.FEMALE, Sex.UNRECORDED, Sex.DIFFERING));
        var age = chance(95) ? between(19, 85) : pick(List.of(11, 12, 17, 18, 54, 55, 56));
        return new Person(
                sex,
                chance(98) ? Optional.of(TODAY.minusYears(age).minusDays(between(0, 300))) : Optional.empty(),
                chance(1));
    }

    // --- drugs

    private void therapies() {
        if (running) {
            inhibitor();
        }
        if (chance(92)) {
            testosterone();
        }
        if (chance(15)) {
            courses.add(course(
                    pick(OTHERS),
                    Formulation.OTHER,
                    Course.State.ACTIVE,
                    new Dosage.Unreadable("", ""),
                    Route.UNKNOWN,
                    "other-1",
                    start(),
                    false));
        }
        if (hook.isOrderEntry()) {
            drafts();
        }
        var injected = courses.stream()
                .filter(course -> course.drug() == Drug.TESTOSTERONE && course.isActive())
                .filter(course -> course.formulation() != Formulation.GEL)
                .findFirst();
        if (injected.isPresent() && chance(20)) {
            injections.add(new Injection(
                    injected.get().formulation(),
                    new ClinicalTime.At(TODAY.minusDays(between(0, 12)).atTime(between(0, 23), 0)),
                    "MedicationAdministration/i-1"));
        }
    }

    private void inhibitor() {
        var drug = chance(96) ? Drug.ANASTROZOLE : pick(List.of(Drug.LETROZOLE, Drug.EXEMESTANE));
        var state = chance(94) ? Course.State.ACTIVE : Course.State.ON_HOLD;
        courses.add(course(drug, Formulation.OTHER, state, dose(), Route.ORAL, "ai-1", start(), false));
        if (chance(3)) {
            courses.add(course(
                    Drug.LETROZOLE,
                    Formulation.OTHER,
                    Course.State.ACTIVE,
                    dose(),
                    Route.ORAL,
                    "ai-2",
                    start(),
                    false));
        }
    }

    private void testosterone() {
        var form = pick(List.of(Formulation.CYPIONATE, Formulation.CYPIONATE, Formulation.ENANTHATE, Formulation.GEL));
        var state = chance(94) ? Course.State.ACTIVE : Course.State.ENDED;
        courses.add(course(
                Drug.TESTOSTERONE,
                form,
                state,
                new Dosage.Weekly(WeeklyDose.of(pick(List.of("100", "150", "200"))), BigDecimal.ONE),
                form == Formulation.GEL ? Route.TRANSDERMAL : Route.INTRAMUSCULAR,
                "t-1",
                start(),
                false));
    }

    private void drafts() {
        if (chance(60)) {
            var drug = chance(97) ? Drug.ANASTROZOLE : Drug.LETROZOLE;
            courses.add(course(
                    drug,
                    Formulation.OTHER,
                    Course.State.DRAFT,
                    dose(),
                    Route.ORAL,
                    "draft-1",
                    Optional.of(TODAY),
                    chance(70) && courses.stream().anyMatch(other -> other.drug() == drug)));
        }
        if (chance(15) && courses.stream().noneMatch(Men::endedThisWeek)) {
            var form = pick(List.of(Formulation.CYPIONATE, Formulation.GEL));
            courses.add(course(
                    Drug.TESTOSTERONE,
                    form,
                    Course.State.DRAFT,
                    new Dosage.Weekly(WeeklyDose.of(pick(List.of("100", "150", "200"))), BigDecimal.ONE),
                    form == Formulation.GEL ? Route.TRANSDERMAL : Route.INTRAMUSCULAR,
                    "draft-t-1",
                    Optional.of(TODAY),
                    chance(70)
                            && courses.stream()
                                    .anyMatch(other -> other.reference().endsWith("/t-1"))));
        }
        if (chance(5)) {
            courses.add(course(
                    pick(List.of(Drug.TAMOXIFEN, Drug.ESTROGEN, Drug.CLOMIPHENE, Drug.HCG)),
                    Formulation.OTHER,
                    Course.State.DRAFT,
                    new Dosage.Unreadable("", ""),
                    Route.UNKNOWN,
                    "draft-other-1",
                    Optional.of(TODAY),
                    false));
        }
    }

    /** What is drafted again within days of its end goes on, which is a matter of clinic/same-therapy.md. */
    private static boolean endedThisWeek(Course course) {
        return course.end().filter(end -> end.isAfter(TODAY.minusDays(8))).isPresent();
    }

    private Dosage dose() {
        if (chance(4)) {
            return new Dosage.Unreadable("no rate", pick(List.of("as directed", "as needed")));
        }
        var weekly = pick(List.of("0.5", "1.0", "1.0", "1.5", "2.0", "1.75", "3", "7"));
        return new Dosage.Weekly(
                WeeklyDose.of(weekly),
                switch (weekly) {
                    case "0.5" -> BigDecimal.ONE;
                    case "1.5", "3" -> BigDecimal.valueOf(3);
                    case "1.75" -> new BigDecimal("3.5");
                    case "7" -> BigDecimal.valueOf(7);
                    default -> BigDecimal.valueOf(2);
                });
    }

    private Course course(
            Drug drug,
            Formulation form,
            Course.State state,
            Dosage dosage,
            Route route,
            String id,
            Optional<LocalDate> began,
            boolean replacing) {
        var order = drug == Drug.TESTOSTERONE ? "MedicationRequest/t-1" : "MedicationRequest/ai-1";
        return new Course(
                drug,
                form,
                Course.Source.ORDER,
                state,
                "MedicationRequest/" + id,
                drug.name(),
                dosage,
                route,
                state == Course.State.ENDED ? Optional.of(TODAY.minusDays(400)) : began,
                Optional.empty(),
                Optional.empty(),
                state == Course.State.ENDED
                        ? Optional.of(TODAY.minusDays(pick(List.of(3, 60, 119, 120, 121, 179, 180, 181, 300))))
                        : Optional.empty(),
                replacing ? Optional.of(order) : Optional.empty(),
                List.of(),
                Optional.empty(),
                state == Course.State.DRAFT,
                drug.isAromataseInhibitor() && chance(1),
                false);
    }

    /** Mostly long enough ago for the dose to have settled. */
    private Optional<LocalDate> start() {
        var days = chance(65)
                ? between(60, 900)
                : chance(50) ? pick(List.of(27, 28, 29, 30, 31, 32, 56, 57, 179, 180, 181, 365, 366)) : between(0, 60);
        return Optional.of(TODAY.minusDays(days));
    }

    // --- results

    private void results() {
        for (int i = chance(92) ? between(1, 2) : 0; i > 0; i--) {
            estradiol();
        }
        if (isInDoubtWithinADay()) {
            labs.remove(1);
        }
        if (chance(85)) {
            add(
                    Analyte.TESTOSTERONE,
                    pick(List.of("299", "300", "450", "620", "620", "700", "1000", "1001", "1250")),
                    past(100),
                    chance(15) ? Optional.of(new BigDecimal(pick(List.of("900", "499", "1600")))) : Optional.empty());
        }
        other(Analyte.HEMATOCRIT, 60, "44", "47.9", "48", "48.1", "50", "50.1", "53.9", "54", "56");
        other(Analyte.PSA, 30, "0.8", "1.0", "2.4", "2.5", "3.1", "4.0", "4.1");
        other(Analyte.DXA_T_SCORE, 20, "-0.5", "-1.0", "-1.1", "-2.4", "-2.5", "-2.6");
        other(Analyte.AST, 15, "30", "120", "121", "200");
        other(Analyte.ALT, 15, "30", "120", "121", "200");
        other(Analyte.BILIRUBIN, 15, "0.8", "2.4", "2.5");
    }

    private void other(Analyte analyte, int percent, String... amounts) {
        if (chance(percent)) {
            add(analyte, pick(List.of(amounts)), past(400), Optional.empty());
        }
    }

    private void estradiol() {
        var drawn = chance(80) ? past(14) : past(200);
        var comparator = chance(90)
                ? Comparator.NONE
                : pick(List.of(Comparator.BELOW, Comparator.AT_MOST, Comparator.ABOVE, Comparator.AT_LEAST));
        var amount = chance(50)
                ? BigDecimal.valueOf(between(50, 1200), 1)
                : BigDecimal.valueOf(
                        pick(List.of(4, 5, 99, 100, 199, 200, 249, 250, 400, 401, 600, 601, 899, 900, 10001)), 1);
        Reading reading = chance(96)
                ? chance(85)
                        ? new Reading.Measured(comparator, amount, Unit.of("pg/mL", "1"))
                        : new Reading.Measured(
                                comparator,
                                new BigDecimal(pick(
                                        List.of("73.2", "73.4", "146.8", "147.1", "220.3", "221", "330.4", "331"))),
                                Unit.of("pmol/L", "0.27238"))
                : new Reading.Unreadable(Reading.Why.UNKNOWN_UNIT, "70");
        var status = chance(94)
                ? ResultStatus.FINAL
                : pick(List.of(ResultStatus.AMENDED, ResultStatus.PRELIMINARY, ResultStatus.REGISTERED));
        labs.add(new LabResult(
                Analyte.ESTRADIOL,
                status,
                chance(70)
                        ? new ClinicalTime.OnDay(drawn)
                        : new ClinicalTime.At(drawn.atTime(between(0, drawn.equals(TODAY) ? 8 : 23), 0)),
                reading,
                pick(List.of(Assay.MASS_SPECTROMETRY, Assay.MASS_SPECTROMETRY, Assay.IMMUNOASSAY, Assay.UNKNOWN)),
                Optional.empty(),
                "Observation/e-" + (labs.size() + 1)));
    }

    /** Two of one day, one of which cannot be used: what follows is a matter of clinic/same-day.md, not of CQL. */
    private boolean isInDoubtWithinADay() {
        return labs.size() == 2
                && labs.get(0).drawn().day().equals(labs.get(1).drawn().day())
                && !labs.stream().allMatch(Men::isPlain);
    }

    private static boolean isPlain(LabResult result) {
        return result.status().isFinal()
                && result.reading() instanceof Reading.Measured measured
                && measured.comparator() == Comparator.NONE
                && measured.amount().compareTo(new BigDecimal("0.5")) >= 0
                && measured.amount().compareTo(new BigDecimal("1000")) <= 0;
    }

    private void add(Analyte analyte, String amount, LocalDate drawn, Optional<BigDecimal> limit) {
        labs.add(new LabResult(
                analyte,
                ResultStatus.FINAL,
                new ClinicalTime.OnDay(drawn),
                new Reading.Measured(Comparator.NONE, new BigDecimal(amount), Unit.of(analyte.baseUnit(), "1")),
                Assay.UNKNOWN,
                limit,
                "Observation/o-" + (labs.size() + 1)));
    }

    private LocalDate past(int days) {
        return TODAY.minusDays(chance(80) ? between(0, days) : pick(List.of(0, 7, 8, 28, 42, 89, 90, 91)));
    }

    // --- the rest of the chart

    private List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        for (int i = chance(80) ? 0 : between(1, 2); i > 0; i--) {
            conditions.add(new Condition(
                    pick(DIAGNOSES),
                    chance(80),
                    Optional.of(TODAY.minusDays(pick(List.of(30, 150, 200, 900)))),
                    "Condition/c-" + i));
        }
        return conditions;
    }

    private List<SymptomReport> symptoms() {
        List<SymptomReport> symptoms = new ArrayList<>();
        for (int i = chance(45) ? 0 : between(1, 3); i > 0; i--) {
            symptoms.add(new SymptomReport(
                    pick(SYMPTOMS),
                    chance(80) ? SymptomReport.Origin.CONDITION : SymptomReport.Origin.OBSERVATION,
                    chance(95)
                            ? Optional.of(TODAY.minusDays(
                                    chance(70) ? between(0, 60) : pick(List.of(90, 91, 364, 365, 366, 500))))
                            : Optional.empty(),
                    "Condition/s-" + i));
        }
        return symptoms.stream().map(Men::placed).toList();
    }

    private static SymptomReport placed(SymptomReport report) {
        return report.origin() == SymptomReport.Origin.CONDITION
                ? report
                : new SymptomReport(
                        report.symptom(),
                        report.origin(),
                        report.since(),
                        report.reference().replace("Condition", "Observation"));
    }

    private List<LabRequest> requests() {
        return chance(8)
                ? List.of(new LabRequest(pick(List.of(LabTest.values())), false, "ServiceRequest/r-1"))
                : List.of();
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
