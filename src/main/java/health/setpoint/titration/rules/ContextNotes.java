package health.setpoint.titration.rules;

import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.Note;
import health.setpoint.titration.advice.Option.Kind;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Unknown;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.Latest;
import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.picture.Estradiol;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.policy.Policy.AromataseFactors;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Phase F: what a card shows beside its advice. Nothing here changes a rule or a dose. */
public final class ContextNotes {

    private ContextNotes() {}

    /** testosterone over estradiol, from one draw or at most a week apart. */
    static Optional<Verdict> ratio(Verdict verdict, Picture picture) {
        Optional<Estradiol> estradiol = picture.deciding()
                .filter(Estradiol::isUsable)
                .filter(result -> result.value().orElseThrow().isExact());
        return estradiol.flatMap(result -> picture.testosterone()
                .filter(testosterone -> testosterone.value().isExact())
                .filter(testosterone -> daysApart(result, testosterone)
                        <= picture.policy().timing().sameDrawDays())
                .map(testosterone -> verdict.with(ratioOf(result, testosterone))));
    }

    private static long daysApart(Estradiol estradiol, Latest testosterone) {
        return Math.abs(ChronoUnit.DAYS.between(estradiol.drawn().orElseThrow(), testosterone.drawn()));
    }

    private static Finding ratioOf(Estradiol estradiol, Latest testosterone) {
        BigDecimal ratio = testosterone
                .value()
                .value()
                .divide(estradiol.value().orElseThrow().value(), 1, RoundingMode.HALF_UP);
        return new Finding(
                RuleId.R_62,
                Indicator.INFO,
                Seen.nothing().and("ratio", ratio.toPlainString()).values());
    }

    /** how many of the five aromatase factors are on record. */
    static Optional<Verdict> aromataseFactors(Verdict verdict, Picture picture) {
        return picture.estradiolAboveRange() ? Optional.of(verdict.with(factors(picture))) : Optional.empty();
    }

    private static Finding factors(Picture picture) {
        AromataseFactors limits = picture.policy().aromataseFactors();
        Optional<String> adiposity = named(
                atLeast(picture, Analyte.BMI, limits.bmi())
                        || above(picture, Analyte.WAIST, limits.waistCm())
                        || above(picture, Analyte.BODY_FAT, limits.bodyFatPercent())
                        || picture.problems().hasNow(Diagnosis.ADIPOSITY),
                "weight");
        Optional<String> age = named(picture.age().isPresent() && picture.age().getAsInt() >= limits.age(), "age");
        Optional<String> genetics = named(picture.problems().hasEver(Diagnosis.AROMATASE_GENETICS), "genetics");
        Optional<String> alcohol = named(
                atLeast(picture, Analyte.AUDIT_C, BigDecimal.valueOf(limits.auditC()))
                        || picture.problems().hasNow(Diagnosis.ALCOHOL_USE),
                "alcohol");
        Optional<String> glucose = named(
                atLeast(picture, Analyte.HBA1C, limits.hba1c())
                        || picture.problems().hasNow(Diagnosis.INSULIN_RESISTANCE),
                "glucose");
        String present = joined(Stream.of(adiposity, age, genetics, alcohol, glucose));
        String modifiable = joined(Stream.of(adiposity, alcohol, glucose));
        long count = Stream.of(adiposity, age, genetics, alcohol, glucose)
                .filter(Optional::isPresent)
                .count();
        return new Finding(
                RuleId.R_64,
                Indicator.INFO,
                Seen.nothing()
                        .and("count", String.valueOf(count))
                        .and("present", present)
                        .and("modifiable", modifiable)
                        .values());
    }

    private static String joined(Stream<Optional<String>> factors) {
        return factors.flatMap(Optional::stream).collect(Collectors.joining(", "));
    }

    private static Optional<String> named(boolean holds, String name) {
        return holds ? Optional.of(name) : Optional.empty();
    }

    private static boolean atLeast(Picture picture, Analyte analyte, BigDecimal limit) {
        return picture.value(analyte)
                .filter(value -> value.liesAtOrAbove(limit))
                .isPresent();
    }

    private static boolean above(Picture picture, Analyte analyte, BigDecimal limit) {
        return picture.value(analyte).filter(value -> value.liesAbove(limit)).isPresent();
    }

    /** the evidence line of every dose card. */
    static Optional<Verdict> evidenceLine(Verdict verdict, Picture picture) {
        boolean doseCard = picture.therapies().anastrozoleRuns()
                || verdict.options().stream().anyMatch(option -> option.kind() == Kind.START)
                || verdict.kind() == AdviceKind.SAFETY;
        return doseCard
                ? Optional.of(verdict.with(
                        new Finding(RuleId.R_65, Indicator.INFO, Seen.nothing().values())))
                : Optional.empty();
    }

    /** What the card adds to its text, and what the advice would have liked to know. */
    public static Verdict noted(Verdict verdict, Picture picture) {
        Verdict noted = verdict;
        boolean usable = picture.band().isPresent() && !RuleTable.isOfDataQuality(verdict.rule());
        if (usable && picture.symptoms().isMixed()) {
            noted = noted.noting(Note.MIXED_PICTURE);
        }
        if (usable && picture.symptoms().someNotCounted()) {
            noted = noted.noting(Note.SYMPTOMS_NOT_COUNTED);
        }
        if (usable && picture.countedOnlyByWords()) {
            noted = noted.noting(Note.SYMPTOM_BY_WORDS);
        }
        if (picture.testosteroneAboveRange() && picture.testosteroneIsPeak()) {
            noted = noted.noting(Note.TESTOSTERONE_PEAK);
        }
        if (SafetyConditions.psaNearStartLimit(picture)) {
            noted = noted.noting(Note.PSA_START_LIMIT);
        }
        if (!picture.therapies().inhibitorStops().isEmpty()) {
            noted = noted.noting(ofStop(verdict));
        }
        if (picture.therapies().anyMatchedByText()) {
            noted = noted.noting(Note.MATCHED_BY_TEXT);
        }
        return unknowns(noted, picture);
    }

    /** What is to be said of a draft that stops the inhibitor. */
    private static Note ofStop(Verdict verdict) {
        if (verdict.proposal().isHold() || verdict.kind() == AdviceKind.SAFETY) {
            return Note.STOP_AGREES;
        }
        return verdict.options().stream().anyMatch(option -> option.kind().holds())
                ? Note.STOP_IS_AN_OPTION
                : Note.STOP_NOT_NEEDED;
    }

    private static Verdict unknowns(Verdict verdict, Picture picture) {
        Verdict missing = verdict;
        if (picture.testosterone().isEmpty()) {
            missing = missing.missing(Unknown.TESTOSTERONE);
        }
        if (assayUnknown(picture)) {
            missing = missing.missing(Unknown.ASSAY);
        }
        if (picture.therapies().testosterone().injectionsRun()
                && picture.deciding().isPresent()
                && picture.facts().injections().isEmpty()) {
            missing = missing.missing(Unknown.INJECTION_TIMING);
        }
        if (picture.therapies().testosterone().isActive()
                && picture.therapies().testosterone().start().isEmpty()) {
            missing = missing.missing(Unknown.TESTOSTERONE_START);
        }
        return missing;
    }

    private static boolean assayUnknown(Picture picture) {
        return picture.deciding()
                .filter(result -> result.result().assay() == Assay.UNKNOWN)
                .isPresent();
    }
}
