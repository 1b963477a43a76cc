package health.setpoint.hook;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A man on testosterone as any EHR would know him, before one of them writes him down.
 *
 * @param anastrozole what he takes
 * @param draft what is about to be signed
 */
record Man(
        int age,
        List<Result> results,
        Optional<Therapy> testosterone,
        Optional<Therapy> anastrozole,
        Optional<Therapy> draft,
        List<Problem> problems) {

    static final LocalDateTime NOW = LocalDateTime.ofInstant(FixedClock.NOW, ZoneOffset.UTC);

    enum Test {
        ESTRADIOL("2243-4", "Estradiol (E2) [Mass/volume] in Serum or Plasma", "pg/mL"),
        TESTOSTERONE("2986-8", "Testosterone [Mass/volume] in Serum or Plasma", "ng/dL"),
        HEMATOCRIT("4544-3", "Hematocrit [Volume Fraction] of Blood by Automated count", "%"),
        PSA("2857-1", "Prostate specific Ag [Mass/volume] in Serum or Plasma", "ng/mL");

        final String loinc;
        final String display;
        final String unit;

        Test(String loinc, String display, String unit) {
            this.loinc = loinc;
            this.display = display;
            this.unit = unit;
        }
    }

    /** By SNOMED CT and by ICD-10-CM. */
    enum Problem {
        GYNECOMASTIA("4754008", "N62"),
        REDUCED_LIBIDO("8357008", "R68.82"),
        EDEMA("267038008", "R60.9"),
        FATIGUE("84229001", "R53.83"),
        OSTEOPOROSIS("64859006", "M81.0"),
        PROSTATE_CANCER("399068003", "C61");

        final String snomed;
        final String icd;

        Problem(String snomed, String icd) {
            this.snomed = snomed;
            this.icd = icd;
        }
    }

    record Result(Test test, BigDecimal value, LocalDateTime drawn) {}

    /** So many milligrams at a time, so many times a week. */
    record Therapy(BigDecimal mg, int times, LocalDate since) {}

    static Arbitrary<Man> any() {
        return Combinators.combine(
                        Arbitraries.integers().between(25, 80),
                        someResults(),
                        therapy("50", "80", "100", "125")
                                .map(weekly -> new Therapy(weekly.mg(), 1, weekly.since()))
                                .optional(0.9),
                        therapy("0.5", "1").optional(0.6),
                        therapy("0.5", "1").optional(0.5),
                        Arbitraries.of(Problem.class).set().ofMaxSize(2))
                .as((age, results, testosterone, anastrozole, draft, problems) -> new Man(
                        age,
                        results,
                        testosterone,
                        anastrozole,
                        draft.map(drafted -> new Therapy(drafted.mg(), drafted.times(), NOW.toLocalDate())),
                        List.copyOf(problems)));
    }

    private static Arbitrary<List<Result>> someResults() {
        return Combinators.combine(
                        result(Test.ESTRADIOL, 50, 1200).list().ofMaxSize(2),
                        result(Test.TESTOSTERONE, 1500, 13000).optional(0.8),
                        result(Test.HEMATOCRIT, 400, 530).optional(0.7),
                        result(Test.PSA, 2, 35).optional(0.7))
                .as((estradiol, testosterone, hematocrit, psa) -> {
                    var all = new ArrayList<>(estradiol);
                    testosterone.ifPresent(all::add);
                    hematocrit.ifPresent(all::add);
                    psa.ifPresent(all::add);
                    return all;
                });
    }

    private static Arbitrary<Result> result(Test test, int fewestTenths, int mostTenths) {
        return Combinators.combine(
                        Arbitraries.integers().between(fewestTenths, mostTenths),
                        Arbitraries.integers().between(0, 100),
                        Arbitraries.integers().between(6, 14))
                .as((tenths, days, hour) -> new Result(
                        test,
                        BigDecimal.valueOf(tenths, 1),
                        NOW.toLocalDate().minusDays(days).atTime(hour, 5)));
    }

    private static Arbitrary<Therapy> therapy(String... mg) {
        return Combinators.combine(
                        Arbitraries.of(mg).map(BigDecimal::new),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(3, 700))
                .as((amount, times, days) ->
                        new Therapy(amount, times, NOW.toLocalDate().minusDays(days)));
    }
}
