package health.setpoint.titration.picture;

import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Bounded;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.Latest;
import health.setpoint.titration.policy.Policy;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.Optional;

/** Limits of liver tests and PSA that rest on the laboratory's own range, an earlier result or another drug. */
public final class SafetyLabLimits {

    private SafetyLabLimits() {}

    /** From where on AST, ALT or bilirubin is impairment: a multiple of the laboratory's own upper limit where it is plausible. */
    public static BigDecimal liverLimit(LabResult result, Picture picture) {
        Policy.Liver liver = picture.policy().liver();
        return result.analyte() == Analyte.BILIRUBIN
                ? liver.bilirubinMultiple()
                        .multiply(upperLimit(
                                result,
                                liver.bilirubinUpperLimitPlausibleLowest(),
                                liver.bilirubinUpperLimitPlausibleHighest(),
                                liver.bilirubinUpperLimit()))
                : liver.transaminaseMultiple()
                        .multiply(upperLimit(
                                result,
                                liver.transaminaseUpperLimitPlausibleLowest(),
                                liver.transaminaseUpperLimitPlausibleHighest(),
                                liver.transaminaseUpperLimit()));
    }

    private static BigDecimal upperLimit(
            LabResult result, BigDecimal lowest, BigDecimal highest, BigDecimal otherwise) {
        return result.upperLimit()
                .filter(limit -> Picture.isBetween(limit, lowest, highest))
                .orElse(otherwise);
    }

    /** The PSA before testosterone with which one of this day is compared. */
    public static Optional<Bounded> psaBaseline(LocalDate drawn, Picture picture) {
        Policy.Psa limits = picture.policy().psa();
        Optional<LocalDate> start = picture.therapies().testosterone().start();
        if (start.isEmpty()
                || !drawn.isAfter(start.get())
                || drawn.isAfter(start.get().plusDays(limits.riseDays()))) {
            return Optional.empty();
        }
        LocalDate oldest = start.get().minusDays(limits.baselineDays());
        return picture.history(Analyte.PSA).stream()
                .filter(earlier -> !earlier.drawn().isAfter(start.get())
                        && !earlier.drawn().isBefore(oldest))
                .findFirst()
                .map(baseline -> correctedPsa(baseline, picture));
    }

    /** From where on a PSA meets referral criteria, by its value or by its rise, as the laboratory would report it. */
    public static BigDecimal psaLimit(Optional<LocalDate> drawn, Picture picture) {
        Policy.Psa limits = picture.policy().psa();
        BigDecimal limit = drawn.flatMap(day -> psaBaseline(day, picture))
                .map(baseline -> baseline.value().add(limits.rise()).min(limits.absolute()))
                .orElse(limits.absolute());
        boolean halved = picture.therapies()
                .reductaseInhibitorFor(limits.reductaseInhibitorDays(), drawn.orElse(picture.today()));
        return halved ? limit.divide(limits.reductaseInhibitorFactor(), MathContext.DECIMAL64) : limit;
    }

    /** A PSA as its limits count it: doubled after long enough on a 5-alpha-reductase inhibitor. */
    public static Bounded correctedPsa(Latest psa, Picture picture) {
        Policy.Psa limits = picture.policy().psa();
        return picture.therapies().reductaseInhibitorFor(limits.reductaseInhibitorDays(), psa.drawn())
                ? new Bounded(psa.value().comparator(), psa.value().value().multiply(limits.reductaseInhibitorFactor()))
                : psa.value();
    }
}
