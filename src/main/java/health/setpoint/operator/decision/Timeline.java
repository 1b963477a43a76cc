package health.setpoint.operator.decision;

import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.Due;
import health.setpoint.titration.advice.Input;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Bounded;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Drug;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What happened to one man, and what is due, on one axis of days; computed from facts and advice alone.
 *
 * @param from first day of the axis
 * @param to last day of the axis
 * @param today the day of the decision
 * @param bands of estradiol in pg/mL, from low to high
 * @param estradiol results in pg/mL, oldest first
 * @param testosterone results in ng/dL, oldest first
 * @param inhibitor records of aromatase inhibitors, oldest first
 * @param testosteroneDose records of testosterone, oldest first
 * @param due what is to be measured, earliest first
 */
public record Timeline(
        LocalDate from,
        LocalDate to,
        LocalDate today,
        List<Band> bands,
        List<Result> estradiol,
        List<Result> testosterone,
        List<Dose> inhibitor,
        List<Dose> testosteroneDose,
        List<DueTests> due) {

    private static final int SHORTEST_DAYS = 120;
    private static final int LONGEST_YEARS = 2;
    private static final int DAYS_AFTER = 14;
    private static final int DAYS_AHEAD = 42;

    /** Values from {@code from} up to {@code to}, which is empty for the highest band. */
    public record Band(String name, BigDecimal from, Optional<BigDecimal> to) {}

    /**
     * A result.
     *
     * @param value in the base unit, as the rules compare it
     * @param shown the same with its comparator
     * @param decided the rules decided on it
     */
    public record Result(LocalDate day, BigDecimal value, String shown, boolean decided) {}

    /**
     * A drug at one dose.
     *
     * @param from empty where the record does not say
     * @param to empty while it goes on
     * @param weeklyMg empty where it cannot be computed
     * @param state active, on hold, ended, drafted
     */
    public record Dose(
            String drug,
            Optional<LocalDate> from,
            Optional<LocalDate> to,
            Optional<BigDecimal> weeklyMg,
            String state) {}

    /** Tests and the days on which they are due. */
    public record DueTests(LocalDate from, LocalDate to, List<String> tests) {

        public DueTests {
            tests = List.copyOf(tests);
        }

        /** Estradiol or testosterone is among them, which the strips above show. */
        boolean isOfHormones() {
            return tests.contains(LabTest.ESTRADIOL.word()) || tests.contains(LabTest.TESTOSTERONE.word());
        }
    }

    public Timeline {
        bands = List.copyOf(bands);
        estradiol = List.copyOf(estradiol);
        testosterone = List.copyOf(testosterone);
        inhibitor = List.copyOf(inhibitor);
        testosteroneDose = List.copyOf(testosteroneDose);
        due = List.copyOf(due);
    }

    /** The timeline of one decision, over the last two years at most. */
    public static Timeline of(Facts facts, Advice advice, Policy policy) {
        List<Result> estradiol = results(Analyte.ESTRADIOL, facts, advice);
        List<Result> testosterone = results(Analyte.TESTOSTERONE, facts, advice);
        List<Dose> inhibitor = doses(facts, Drug::isAromataseInhibitor);
        List<Dose> testosteroneDose = doses(facts, Drug.TESTOSTERONE::equals);
        List<DueTests> due = due(advice);
        LocalDate today = facts.today();
        LocalDate first = Stream.concat(
                        Stream.concat(estradiol.stream(), testosterone.stream()).map(Result::day),
                        Stream.concat(inhibitor.stream(), testosteroneDose.stream())
                                .flatMap(dose -> dose.from().stream()))
                .min(Comparator.naturalOrder())
                .filter(day -> day.isBefore(today.minusDays(SHORTEST_DAYS)))
                .orElse(today.minusDays(SHORTEST_DAYS));
        LocalDate from = first.isBefore(today.minusYears(LONGEST_YEARS)) ? today.minusYears(LONGEST_YEARS) : first;
        LocalDate to = due.stream()
                .filter(DueTests::isOfHormones)
                .map(DueTests::to)
                .filter(today.plusDays(DAYS_AHEAD)::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(today.plusDays(DAYS_AHEAD));
        return new Timeline(
                from.minusDays(DAYS_AFTER),
                to.plusDays(DAYS_AFTER),
                today,
                bands(policy.estradiol()),
                estradiol,
                testosterone,
                inhibitor,
                testosteroneDose,
                due);
    }

    private static List<Band> bands(Policy.EstradiolLimits limits) {
        return List.of(
                new Band("low", BigDecimal.ZERO, Optional.of(limits.low())),
                new Band("in range", limits.low(), Optional.of(limits.inRangeTop())),
                new Band("borderline", limits.inRangeTop(), Optional.of(limits.borderlineTop())),
                new Band("high", limits.borderlineTop(), Optional.of(limits.veryHigh())),
                new Band("very high", limits.veryHigh(), Optional.empty()));
    }

    private static List<Result> results(Analyte analyte, Facts facts, Advice advice) {
        Set<LabResult> decided = new LinkedHashSet<>(advice.cards().stream()
                .flatMap(card -> card.inputs().stream())
                .filter(Input::decisive)
                .map(Input::result)
                .toList());
        return facts.labs().stream()
                .filter(result -> result.analyte() == analyte)
                .flatMap(result -> result(result, decided.contains(result)).stream())
                .sorted(Comparator.comparing(Result::day).thenComparing(Result::shown))
                .toList();
    }

    private static Optional<Result> result(LabResult result, boolean decided) {
        return result.drawn().day().flatMap(day -> result.reading()
                .number()
                .map(number -> Bounded.of(result.analyte(), number))
                .map(value -> new Result(day, value.value(), value.shown(), decided)));
    }

    private static List<Dose> doses(Facts facts, Predicate<Drug> drugs) {
        return facts.courses().stream()
                .filter(course -> drugs.test(course.drug()))
                .filter(course -> switch (course.source()) {
                    case ORDER, STATEMENT -> true;
                    case DISPENSE, ADMINISTRATION -> false;
                })
                .map(course -> dose(course, facts.today()))
                .sorted(Comparator.comparing(dose -> dose.from().orElse(LocalDate.MIN)))
                .toList();
    }

    private static Dose dose(Course course, LocalDate today) {
        Optional<LocalDate> start = Stream.of(course.boundsStart(), course.effectiveStart(), course.authored())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
        return new Dose(
                course.drug().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                course.isDraft() ? Optional.of(start.filter(today::isBefore).orElse(today)) : start,
                course.end(),
                course.dosage().rate().map(rate -> rate.dose().mg()),
                course.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private static List<DueTests> due(Advice advice) {
        Set<DueTests> due = new LinkedHashSet<>();
        for (CardAdvice card : advice.cards()) {
            List<Recheck> asked = new ArrayList<>();
            card.recheck().ifPresent(asked::add);
            card.options().forEach(option -> option.ownTests().ifPresent(asked::add));
            asked.forEach(recheck -> due.add(due(recheck.window(), recheck.labs())));
            for (Due line : card.due()) {
                due.add(due(line.window(), line.labs()));
            }
            for (Due line : card.later()) {
                due.add(due(line.window(), line.labs()));
            }
        }
        return due.stream()
                .filter(tests -> !tests.tests().isEmpty())
                .sorted(Comparator.comparing(DueTests::from).thenComparing(DueTests::to))
                .toList();
    }

    private static DueTests due(Window window, List<LabTest> tests) {
        return new DueTests(
                window.from(), window.to(), tests.stream().map(LabTest::word).toList());
    }
}
