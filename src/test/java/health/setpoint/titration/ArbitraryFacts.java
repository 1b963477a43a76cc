package health.setpoint.titration;

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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Patients over the whole input space of the rules: mostly men on testosterone with estradiol near a threshold, since
 * there the rules have most to decide, and now and then anything else that a record can hold.
 */
public final class ArbitraryFacts {

    static final LocalDateTime NOW = LocalDateTime.of(2026, 3, 2, 9, 0);
    public static final LocalDate TODAY = NOW.toLocalDate();

    static final Unit PG_PER_ML = Unit.of("pg/mL", "1");
    static final Unit NG_PER_DL = Unit.of("ng/dL", "1");

    private ArbitraryFacts() {}

    public static Arbitrary<Facts> everyone() {
        return Combinators.combine(person(), labs(), therapy(), circumstances(), injections(), requests())
                .as((person, labs, courses, around, injections, requests) -> new Facts(
                        around.get1(),
                        NOW,
                        person,
                        labs,
                        around.get1().isOrderEntry() ? courses : withoutDrafts(courses),
                        injections,
                        around.get2(),
                        around.get3(),
                        around.get4()
                                ? List.of(new Hypersensitivity("anastrozole", "AllergyIntolerance/1"))
                                : List.of(),
                        requests,
                        List.of()));
    }

    /** With the chart opened no drafts are read. */
    private static List<Course> withoutDrafts(List<Course> courses) {
        return courses.stream()
                .filter(course -> !course.isDraft() && course.state() != Course.State.DRAFT_STOP)
                .toList();
    }

    /** A date so many days back, with the edges of the rules more often than the rest. */
    private static Arbitrary<LocalDate> past() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.integers().between(0, 10)),
                        Tuple.of(
                                3,
                                Arbitraries.of(0, 1, 7, 8, 27, 28, 29, 41, 42, 90, 91, 119, 120, 121, 179, 180, 181)),
                        Tuple.of(2, Arbitraries.integers().between(0, 800)))
                .map(TODAY::minusDays);
    }

    /** A therapy start: mostly so long ago that the dose has settled. */
    private static Arbitrary<LocalDate> start() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.integers().between(60, 900)),
                        Tuple.of(2, Arbitraries.of(27, 28, 29, 30, 31, 56, 57, 179, 180, 181, 365, 366)),
                        Tuple.of(1, Arbitraries.integers().between(0, 60)))
                .map(TODAY::minusDays);
    }

    private static Arbitrary<Person> person() {
        Arbitrary<Sex> sex = Arbitraries.frequency(
                Tuple.of(30, Sex.MALE),
                Tuple.of(1, Sex.FEMALE),
                Tuple.of(1, Sex.UNRECORDED),
                Tuple.of(1, Sex.DIFFERING));
        Arbitrary<Optional<LocalDate>> birth = Arbitraries.frequencyOf(
                Tuple.of(30, Arbitraries.integers().between(18, 90).map(age -> Optional.of(TODAY.minusYears(age)))),
                Tuple.of(1, Arbitraries.integers().between(5, 20).map(age -> Optional.of(TODAY.minusYears(age)))),
                Tuple.of(1, Arbitraries.just(Optional.<LocalDate>empty())));
        Arbitrary<Boolean> pregnant = Arbitraries.frequency(Tuple.of(60, false), Tuple.of(1, true));
        return Combinators.combine(sex, birth, pregnant).as(Person::new);
    }

    private static Arbitrary<List<LabResult>> labs() {
        return Combinators.combine(
                        estradiol().list().ofMinSize(0).ofMaxSize(3),
                        testosterone().list().ofMaxSize(2),
                        others().list().ofMaxSize(5))
                .as((estradiol, testosterone, others) -> {
                    List<LabResult> all = new ArrayList<>(estradiol);
                    all.addAll(testosterone);
                    all.addAll(others);
                    List<LabResult> named = new ArrayList<>();
                    for (LabResult result : all) {
                        named.add(Changed.reference(result, "Observation/o-" + (named.size() + 1)));
                    }
                    return named;
                });
    }

    /** pg/mL with one decimal, near a threshold more often than not. */
    static Arbitrary<BigDecimal> estradiolAmount() {
        return Arbitraries.frequencyOf(
                        Tuple.of(5, Arbitraries.integers().between(5, 1300)),
                        Tuple.of(3, Arbitraries.of(99, 100, 199, 200, 249, 250, 400, 401, 600, 601, 899, 900)),
                        Tuple.of(1, Arbitraries.of(3, 4, 5, 9999, 10000, 10001)))
                .map(tenths -> BigDecimal.valueOf(tenths, 1));
    }

    private static Arbitrary<LabResult> estradiol() {
        Arbitrary<Reading> reading = Arbitraries.frequencyOf(
                Tuple.of(
                        20,
                        Combinators.combine(
                                        Arbitraries.frequency(
                                                Tuple.of(12, Comparator.NONE),
                                                Tuple.of(1, Comparator.BELOW),
                                                Tuple.of(1, Comparator.AT_MOST),
                                                Tuple.of(1, Comparator.ABOVE),
                                                Tuple.of(1, Comparator.AT_LEAST)),
                                        estradiolAmount())
                                .as((comparator, amount) -> new Reading.Measured(comparator, amount, PG_PER_ML))),
                Tuple.of(1, Arbitraries.of(Reading.Why.class).map(why -> new Reading.Unreadable(why, "70"))));
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(16, ResultStatus.FINAL),
                                Tuple.of(1, ResultStatus.AMENDED),
                                Tuple.of(1, ResultStatus.CORRECTED),
                                Tuple.of(1, ResultStatus.PRELIMINARY),
                                Tuple.of(1, ResultStatus.REGISTERED)),
                        drawn(),
                        reading,
                        Arbitraries.of(Assay.class))
                .as((status, drawn, value, assay) -> new LabResult(
                        Analyte.ESTRADIOL, status, drawn, value, assay, Optional.empty(), "Observation/o"));
    }

    private static Arbitrary<ClinicalTime> drawn() {
        Arbitrary<ClinicalTime> moment = Combinators.combine(
                        past(), Arbitraries.integers().between(0, 23))
                .as((day, hour) -> new ClinicalTime.At(day.atTime(hour, 0)));
        return Arbitraries.frequencyOf(
                Tuple.of(10, past().map(ClinicalTime.OnDay::new)),
                Tuple.of(5, moment),
                Tuple.of(1, Arbitraries.just(new ClinicalTime.Unknown())),
                Tuple.of(
                        1,
                        Arbitraries.integers()
                                .between(1, 5)
                                .map(days -> new ClinicalTime.OnDay(TODAY.plusDays(days)))));
    }

    private static Arbitrary<LabResult> testosterone() {
        Arbitrary<Integer> amount = Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.integers().between(300, 1000)),
                Tuple.of(2, Arbitraries.integers().between(100, 1600)),
                Tuple.of(1, Arbitraries.of(299, 300, 1000, 1001)));
        Arbitrary<Optional<BigDecimal>> limit = Arbitraries.frequency(
                Tuple.of(8, Optional.<BigDecimal>empty()),
                Tuple.of(1, Optional.of(new BigDecimal("900"))),
                Tuple.of(1, Optional.of(new BigDecimal("9"))));
        return Combinators.combine(amount, drawn(), limit)
                .as((ngPerDl, drawn, upper) -> new LabResult(
                        Analyte.TESTOSTERONE,
                        ResultStatus.FINAL,
                        drawn,
                        new Reading.Measured(Comparator.NONE, BigDecimal.valueOf(ngPerDl), NG_PER_DL),
                        Assay.UNKNOWN,
                        upper,
                        "Observation/o"));
    }

    private static Arbitrary<LabResult> others() {
        return Arbitraries.oneOf(
                other(Analyte.HEMATOCRIT, 40, 56, 0),
                other(Analyte.HEMATOCRIT, 479, 541, 1),
                other(Analyte.PSA, 0, 60, 1),
                other(Analyte.DXA_T_SCORE, -35, 10, 1),
                other(Analyte.AST, 10, 200, 0),
                other(Analyte.ALT, 10, 200, 0),
                other(Analyte.BILIRUBIN, 2, 40, 1),
                other(Analyte.CHOLESTEROL, 120, 300, 0),
                other(Analyte.BMI, 20, 40, 0),
                other(Analyte.AUDIT_C, 0, 12, 0),
                other(Analyte.HBA1C, 45, 90, 1));
    }

    private static Arbitrary<LabResult> other(Analyte analyte, int lowest, int highest, int decimals) {
        return Combinators.combine(Arbitraries.integers().between(lowest, highest), past())
                .as((amount, day) -> new LabResult(
                        analyte,
                        ResultStatus.FINAL,
                        new ClinicalTime.OnDay(day),
                        new Reading.Measured(
                                Comparator.NONE,
                                BigDecimal.valueOf(amount, decimals),
                                Unit.of(analyte.baseUnit(), "1")),
                        Assay.UNKNOWN,
                        Optional.empty(),
                        "Observation/o"));
    }

    private static Arbitrary<List<Course>> therapy() {
        Arbitrary<List<Course>> inhibitors = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(List.<Course>of())),
                Tuple.of(5, inhibitor().list().ofSize(1)),
                Tuple.of(1, inhibitor().list().ofSize(2)),
                Tuple.of(1, inhibitor().list().ofSize(3)));
        Arbitrary<List<Course>> testosterone = Arbitraries.frequencyOf(
                Tuple.of(8, testosteroneCourse().list().ofSize(1)),
                Tuple.of(1, testosteroneCourse().list().ofSize(2)),
                Tuple.of(1, Arbitraries.just(List.of())));
        Arbitrary<List<Course>> drafts = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(List.<Course>of())),
                Tuple.of(4, draft().list().ofSize(1)),
                Tuple.of(1, draft().list().ofSize(2)));
        Arbitrary<List<Course>> others = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just(List.<Course>of())),
                Tuple.of(1, otherDrug().list().ofSize(1)));
        return Combinators.combine(inhibitors, testosterone, drafts, others).as(ArbitraryFacts::named);
    }

    /** Gives every record a reference of its own, save drafts that stand for an active order. */
    private static List<Course> named(
            List<Course> inhibitors, List<Course> testosterone, List<Course> drafts, List<Course> others) {
        List<Course> all = new ArrayList<>();
        for (Course course : inhibitors) {
            all.add(Changed.reference(course, reference(course, "ai-" + (all.size() + 1))));
        }
        int count = 0;
        for (Course course : testosterone) {
            all.add(Changed.reference(course, reference(course, "t-" + ++count)));
        }
        for (Course course : others) {
            all.add(Changed.reference(course, reference(course, "other-" + ++count)));
        }
        List<Course> before = List.copyOf(all);
        for (Course draft : drafts) {
            Optional<String> order = before.stream()
                    .filter(course -> course.drug() == draft.drug())
                    .filter(course -> course.isOrder() && (course.isActive() || course.state() == Course.State.ON_HOLD))
                    .map(Course::reference)
                    .filter(reference -> all.stream()
                            .noneMatch(other -> other.state() == Course.State.DRAFT
                                    && (other.reference().equals(reference)
                                            || other.replaces().equals(Optional.of(reference)))))
                    .findFirst();
            String own = "MedicationRequest/draft-" + ++count;
            boolean sameId = draft.replaces().equals(Optional.of("same id"));
            boolean replaces = draft.replaces().equals(Optional.of("replaces"));
            Course named = Changed.reference(draft, sameId ? order.orElse(own) : own);
            all.add(Changed.replaces(named, replaces ? order : Optional.empty()));
        }
        return all;
    }

    private static String reference(Course course, String id) {
        return switch (course.source()) {
            case ORDER -> "MedicationRequest/" + id;
            case STATEMENT -> "MedicationStatement/" + id;
            case DISPENSE -> "MedicationDispense/" + id;
            case ADMINISTRATION -> "MedicationAdministration/" + id;
        };
    }

    private static Arbitrary<Dosage> inhibitorDosage() {
        return Arbitraries.frequencyOf(
                Tuple.of(
                        18,
                        Arbitraries.of("0.5", "1.0", "1.0", "1.5", "2.0", "0.25", "1.75", "2.01", "3", "7")
                                .map(mg -> new Dosage.Weekly(
                                        WeeklyDose.of(mg), new BigDecimal(mg).multiply(BigDecimal.valueOf(2))))),
                Tuple.of(1, Arbitraries.of("1.5", "3").map(mg -> new Dosage.Range(WeeklyDose.of(mg)))),
                Tuple.of(1, Arbitraries.just(new Dosage.Unreadable("no weekly dose", "as directed"))));
    }

    private static Arbitrary<Course> inhibitor() {
        Arbitrary<Drug> drug = Arbitraries.frequency(
                Tuple.of(20, Drug.ANASTROZOLE), Tuple.of(1, Drug.LETROZOLE), Tuple.of(1, Drug.EXEMESTANE));
        Arbitrary<Course.State> state = Arbitraries.frequency(
                Tuple.of(10, Course.State.ACTIVE),
                Tuple.of(2, Course.State.ENDED),
                Tuple.of(1, Course.State.ON_HOLD),
                Tuple.of(1, Course.State.NOT_TAKEN));
        Arbitrary<Course.Source> source =
                Arbitraries.frequency(Tuple.of(8, Course.Source.ORDER), Tuple.of(2, Course.Source.STATEMENT));
        Arbitrary<Optional<LocalDate>> changed = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(Optional.<LocalDate>empty())), Tuple.of(1, start().map(Optional::of)));
        return Combinators.combine(drug, state, source, inhibitorDosage(), start().optional(0.95), changed)
                .as((ingredient, standing, record, dosage, began, changedOn) -> course(
                        ingredient,
                        Formulation.OTHER,
                        standing == Course.State.NOT_TAKEN ? Course.Source.STATEMENT : record,
                        standing,
                        dosage,
                        Route.ORAL,
                        began,
                        changedOn,
                        Optional.empty(),
                        false));
    }

    private static Arbitrary<Course> testosteroneCourse() {
        Arbitrary<Formulation> formulation = Arbitraries.frequency(
                Tuple.of(6, Formulation.CYPIONATE),
                Tuple.of(2, Formulation.ENANTHATE),
                Tuple.of(1, Formulation.GEL),
                Tuple.of(1, Formulation.PELLET));
        Arbitrary<Course.State> state = Arbitraries.frequency(
                Tuple.of(14, Course.State.ACTIVE), Tuple.of(1, Course.State.ENDED), Tuple.of(1, Course.State.ON_HOLD));
        return Combinators.combine(formulation, state, Arbitraries.of("100", "150", "200"), start().optional(0.95))
                .as((form, standing, mg, began) -> course(
                        Drug.TESTOSTERONE,
                        form,
                        Course.Source.ORDER,
                        standing,
                        testosteroneDosage(form, mg),
                        form == Formulation.GEL
                                ? Route.TRANSDERMAL
                                : form == Formulation.PELLET ? Route.IMPLANT : Route.INTRAMUSCULAR,
                        began,
                        Optional.empty(),
                        Optional.empty(),
                        false));
    }

    private static Dosage testosteroneDosage(Formulation form, String mg) {
        return form.isDepot() ? new Dosage.Depot() : new Dosage.Weekly(WeeklyDose.of(mg), BigDecimal.ONE);
    }

    private static Arbitrary<Course> draft() {
        Arbitrary<Drug> drug = Arbitraries.frequency(
                Tuple.of(8, Drug.ANASTROZOLE),
                Tuple.of(3, Drug.TESTOSTERONE),
                Tuple.of(1, Drug.LETROZOLE),
                Tuple.of(1, Drug.CLOMIPHENE),
                Tuple.of(1, Drug.TAMOXIFEN),
                Tuple.of(1, Drug.ESTROGEN),
                Tuple.of(1, Drug.HCG));
        Arbitrary<Course.State> state =
                Arbitraries.frequency(Tuple.of(12, Course.State.DRAFT), Tuple.of(1, Course.State.DRAFT_STOP));
        Arbitrary<Optional<String>> replaces =
                Arbitraries.of(Optional.empty(), Optional.of("same id"), Optional.of("replaces"));
        Arbitrary<Boolean> selected = Arbitraries.frequency(Tuple.of(8, true), Tuple.of(1, false));
        return Combinators.combine(
                        drug, state, inhibitorDosage(), Arbitraries.of("100", "150", "200"), replaces, selected)
                .as((ingredient, standing, dosage, mg, order, asked) -> course(
                        ingredient,
                        ingredient == Drug.TESTOSTERONE ? Formulation.CYPIONATE : Formulation.OTHER,
                        Course.Source.ORDER,
                        standing,
                        ingredient == Drug.TESTOSTERONE ? testosteroneDosage(Formulation.CYPIONATE, mg) : dosage,
                        ingredient == Drug.TESTOSTERONE ? Route.INTRAMUSCULAR : Route.ORAL,
                        Optional.of(TODAY),
                        Optional.empty(),
                        standing == Course.State.DRAFT_STOP ? Optional.of("same id") : order,
                        asked));
    }

    private static Arbitrary<Course> otherDrug() {
        return Combinators.combine(
                        Arbitraries.of(
                                Drug.ESTROGEN,
                                Drug.TAMOXIFEN,
                                Drug.CLOMIPHENE,
                                Drug.HCG,
                                Drug.FINASTERIDE,
                                Drug.RALOXIFENE),
                        start())
                .as((drug, began) -> course(
                        drug,
                        Formulation.OTHER,
                        Course.Source.ORDER,
                        Course.State.ACTIVE,
                        new Dosage.Unreadable("not read", ""),
                        Route.ORAL,
                        Optional.of(began),
                        Optional.empty(),
                        Optional.empty(),
                        false));
    }

    static Course course(
            Drug drug,
            Formulation formulation,
            Course.Source source,
            Course.State state,
            Dosage dosage,
            Route route,
            Optional<LocalDate> began,
            Optional<LocalDate> changed,
            Optional<String> replaces,
            boolean selected) {
        boolean statement = source == Course.Source.STATEMENT;
        Optional<LocalDate> end = state == Course.State.ENDED
                ? began.map(day -> day.plusDays(40)).map(day -> day.isAfter(TODAY) ? TODAY.minusDays(1) : day)
                : Optional.empty();
        return new Course(
                drug,
                formulation,
                source,
                state,
                "MedicationRequest/unnamed",
                drug.name(),
                dosage,
                route,
                statement ? Optional.empty() : began,
                changed,
                statement ? began : Optional.empty(),
                end,
                replaces,
                List.of(),
                Optional.empty(),
                selected,
                false,
                false);
    }

    private static Arbitrary<net.jqwik.api.Tuple.Tuple4<Hook, List<Condition>, List<SymptomReport>, Boolean>>
            circumstances() {
        Arbitrary<Condition> condition = Combinators.combine(
                        Arbitraries.of(Diagnosis.class), Arbitraries.of(true, true, false), past().optional(0.9))
                .as((diagnosis, active, since) -> new Condition(diagnosis, active, since, "Condition/c"));
        Arbitrary<SymptomReport> symptom = Combinators.combine(
                        Arbitraries.of(Symptom.class),
                        Arbitraries.of(SymptomReport.Origin.class),
                        past().optional(0.95))
                .as((what, origin, since) -> new SymptomReport(what, origin, since, "Condition/s"));
        Arbitrary<List<Condition>> conditions = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(List.<Condition>of())),
                Tuple.of(1, condition.list().ofMaxSize(2)));
        Arbitrary<List<SymptomReport>> symptoms = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(List.<SymptomReport>of())),
                Tuple.of(2, symptom.list().ofMaxSize(4)));
        return Combinators.combine(
                        Arbitraries.of(Hook.class),
                        conditions,
                        symptoms,
                        Arbitraries.frequency(Tuple.of(20, false), Tuple.of(1, true)))
                .as((hook, ill, complaints, allergic) -> Tuple.of(hook, numbered(ill), told(complaints), allergic));
    }

    private static List<Condition> numbered(List<Condition> conditions) {
        List<Condition> numbered = new ArrayList<>();
        for (Condition condition : conditions) {
            numbered.add(new Condition(
                    condition.diagnosis(),
                    condition.active(),
                    condition.since(),
                    "Condition/c-" + (numbered.size() + 1)));
        }
        return numbered;
    }

    private static List<SymptomReport> told(List<SymptomReport> reports) {
        List<SymptomReport> numbered = new ArrayList<>();
        for (SymptomReport report : reports) {
            numbered.add(new SymptomReport(
                    report.symptom(), report.origin(), report.since(), "Condition/s-" + (numbered.size() + 1)));
        }
        return numbered;
    }

    private static Arbitrary<List<Injection>> injections() {
        Arbitrary<Injection> injection = Combinators.combine(
                        past(), Arbitraries.integers().between(0, 23))
                .as((day, hour) -> new Injection(
                        Formulation.CYPIONATE,
                        new ClinicalTime.At(day.atTime(hour, 0)),
                        "MedicationAdministration/" + day + "-" + hour));
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(List.<Injection>of())),
                Tuple.of(
                        1, injection.list().uniqueElements(Injection::reference).ofMaxSize(3)));
    }

    private static Arbitrary<List<LabRequest>> requests() {
        Arbitrary<LabRequest> request = Combinators.combine(Arbitraries.of(LabTest.class), Arbitraries.of(true, false))
                .as((test, immunoassay) -> new LabRequest(test, immunoassay, "ServiceRequest/" + test));
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(List.<LabRequest>of())),
                Tuple.of(1, request.list().uniqueElements(LabRequest::reference).ofMaxSize(2)));
    }
}
