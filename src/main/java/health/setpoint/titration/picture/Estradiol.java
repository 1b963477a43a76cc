package health.setpoint.titration.picture;

import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.Band;
import health.setpoint.titration.labs.Bounded;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.policy.Policy.EstradiolLimits;
import java.time.LocalDate;
import java.util.Optional;

/**
 * An estradiol result as the rules see it.
 *
 * @param result as reported
 * @param quality whether it may decide, and if not, why
 * @param value in pg/mL, where it could be read
 * @param band where the whole value lies, only for a usable result
 */
public record Estradiol(LabResult result, Quality quality, Optional<Bounded> value, Optional<Band> band) {

    /** Whether a result may decide. */
    public enum Quality {
        USABLE,
        NOT_FINAL,
        NO_TIME,
        UNREADABLE,
        IMPLAUSIBLE,
        SPANS_BANDS
    }

    /** Interprets a result; {@code timeKnown} is false without a clinical time or with one in the future. */
    static Estradiol of(LabResult result, boolean timeKnown, EstradiolLimits limits) {
        Optional<Reading.Measured> measured = result.reading().number();
        if (measured.isEmpty()) {
            return new Estradiol(
                    result, firstFault(result, timeKnown, Quality.UNREADABLE), number(result), Optional.empty());
        }
        Bounded value = Bounded.of(Analyte.ESTRADIOL, measured.get());
        boolean plausible = value.value().compareTo(limits.plausibleLowest()) >= 0
                && value.value().compareTo(limits.plausibleHighest()) <= 0;
        Optional<Band> band = bandOf(value, limits);
        Quality ownFault = !plausible ? Quality.IMPLAUSIBLE : band.isEmpty() ? Quality.SPANS_BANDS : Quality.USABLE;
        Quality quality = firstFault(result, timeKnown, ownFault);
        return new Estradiol(result, quality, Optional.of(value), quality == Quality.USABLE ? band : Optional.empty());
    }

    /** The number of a result of which only the test is in doubt, or that stands among other words. */
    private static Optional<Bounded> number(LabResult result) {
        return result.reading()
                .fault()
                .filter(fault -> fault.why().isOfTest() || fault.why() == Reading.Why.NO_NUMBER)
                .filter(fault -> fault.possible().size() == 1)
                .map(fault -> Bounded.of(Analyte.ESTRADIOL, fault.possible().get(0)));
    }

    private static Quality firstFault(LabResult result, boolean timeKnown, Quality otherwise) {
        if (!result.status().isFinal()) {
            return Quality.NOT_FINAL;
        }
        return timeKnown ? otherwise : Quality.NO_TIME;
    }

    private static Optional<Band> bandOf(Bounded value, EstradiolLimits limits) {
        if (value.liesBelow(limits.low())) {
            return Optional.of(Band.LOW);
        }
        if (value.liesAtOrAbove(limits.veryHigh())) {
            return Optional.of(Band.VERY_HIGH);
        }
        if (value.liesAbove(limits.borderlineTop())) {
            return Optional.of(Band.HIGH);
        }
        if (!value.isExact()) {
            return Optional.empty();
        }
        return Optional.of(value.liesAbove(limits.inRangeTop()) ? Band.BORDERLINE : Band.IN_RANGE);
    }

    public boolean isUsable() {
        return quality == Quality.USABLE;
    }

    public boolean isByMassSpectrometry() {
        return result.assay() == Assay.MASS_SPECTROMETRY;
    }

    /** The day of the draw, empty where it is unknown. */
    public Optional<LocalDate> drawn() {
        return result.drawn().day();
    }

    /** As a reader writes it, in pg/mL; empty where there is no number. */
    public String shown() {
        return value.map(Bounded::shown).orElse("");
    }
}
