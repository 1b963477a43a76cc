package health.setpoint.titration.picture;

import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Band;
import health.setpoint.titration.picture.DoseHistory.Reduction;
import health.setpoint.titration.therapy.WeeklyDose;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;

/**
 * Anastrozole was held or reduced after a low estradiol.
 *
 * @param dose the dose that was too strong then
 * @param result the low result
 */
public record OverSuppression(WeeklyDose dose, Estradiol result) {

    /** The one with the lowest dose within the lookback of R-49. */
    static Optional<OverSuppression> in(Picture picture) {
        LocalDate oldest = picture.today().minusDays(picture.policy().timing().overSuppressionLookbackDays());
        return picture.therapies().anastrozoleHistory().reductions().stream()
                .filter(reduction -> !reduction.on().isBefore(oldest))
                .filter(reduction -> !reduction.on().isAfter(picture.today()))
                .flatMap(reduction -> lowBefore(reduction, picture).stream())
                .min(Comparator.comparing(OverSuppression::dose)
                        .thenComparing(earlier -> earlier.result().result().reference()));
    }

    private static Optional<OverSuppression> lowBefore(Reduction reduction, Picture picture) {
        LocalDate oldest = reduction.on().minusDays(picture.policy().freshness().of(Analyte.ESTRADIOL));
        return picture.estradiolSeries().all().stream()
                .filter(result -> result.band().filter(Band.LOW::equals).isPresent())
                .filter(result -> isBetween(result.drawn().orElseThrow(), oldest, reduction.on()))
                .filter(result -> reduction
                        .ranFrom()
                        .map(start -> !result.drawn().orElseThrow().isBefore(start))
                        .orElse(true))
                .findFirst()
                .map(result -> new OverSuppression(reduction.before(), result));
    }

    private static boolean isBetween(LocalDate day, LocalDate first, LocalDate last) {
        return !day.isBefore(first) && !day.isAfter(last);
    }
}
