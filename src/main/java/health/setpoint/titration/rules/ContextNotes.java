package health.setpoint.titration.rules;

import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.labs.Analyte;
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
    public static Optional<Finding> ratio(Picture picture) {
        Optional<Estradiol> estradiol = picture.deciding()
                .filter(Estradiol::isUsable)
                .filter(result -> result.value().orElseThrow().isExact());
        return estradiol.flatMap(result -> picture.testosterone()
                .filter(testosterone -> testosterone.value().isExact())
                .filter(testosterone -> daysApart(result, testosterone)
                        <= picture.policy().timing().sameDrawDays())
                .map(testosterone -> ratioOf(result, testosterone)));
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
    public static Finding aromataseFactors(Picture picture) {
        AromataseFactors limits = picture.policy().aromataseFactors();
        Optional<String> adiposity = named(
                atLeast(picture, Analyte.BMI, limits.bmi())
                        || above(picture, Analyte.WAIST, limits.waistCm())
                        || above(picture, Analyte.BODY_FAT, limits.bodyFatPercent())
                        || picture.hasNow(Diagnosis.ADIPOSITY),
                "weight");
        Optional<String> age = named(picture.age().isPresent() && picture.age().getAsInt() >= limits.age(), "age");
        Optional<String> genetics = named(picture.hasEver(Diagnosis.AROMATASE_GENETICS), "genetics");
        Optional<String> alcohol = named(
                atLeast(picture, Analyte.AUDIT_C, BigDecimal.valueOf(limits.auditC()))
                        || picture.hasNow(Diagnosis.ALCOHOL_USE),
                "alcohol");
        Optional<String> glucose = named(
                atLeast(picture, Analyte.HBA1C, limits.hba1c()) || picture.hasNow(Diagnosis.INSULIN_RESISTANCE),
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
    public static Finding evidenceLine() {
        return new Finding(RuleId.R_65, Indicator.INFO, Seen.nothing().values());
    }
}
