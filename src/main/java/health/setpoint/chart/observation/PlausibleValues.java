package health.setpoint.chart.observation;

import health.setpoint.knowledge.parameter.ReadingLimits;
import health.setpoint.knowledge.terminology.UnitTable;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Comparator;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.labs.Unit;
import java.math.BigDecimal;
import java.util.List;

/** Which values of an analyte exist at all, and what a number may mean whose unit is in doubt. */
final class PlausibleValues {

    private final UnitTable units;
    private final ReadingLimits limits;

    PlausibleValues(UnitTable units, ReadingLimits limits) {
        this.units = units;
        this.limits = limits;
    }

    /** Estradiol and testosterone are judged by the rules, which say so on the card. */
    boolean isPlausible(Analyte analyte, BigDecimal amount, Unit unit) {
        return analyte == Analyte.ESTRADIOL
                || analyte == Analyte.TESTOSTERONE
                || limits.of(analyte)
                        .map(range -> range.holds(unit.toBase(amount)))
                        .orElse(true);
    }

    /**
     * What a number whose unit is in doubt may mean, for results that may withhold a dose: the plausible values, or the
     * number as it stands where no unit makes it plausible.
     */
    List<Reading.Measured> guesses(Analyte analyte, Comparator comparator, BigDecimal amount) {
        if (!analyte.isSafetyLab()) {
            return List.of();
        }
        var plausible = plausible(analyte, comparator, amount);
        return plausible.isEmpty()
                ? units.unit(analyte, analyte.baseUnit()).stream()
                        .map(unit -> new Reading.Measured(comparator, amount, unit))
                        .toList()
                : plausible;
    }

    /** The number in every usual unit in which it is plausible. */
    List<Reading.Measured> plausible(Analyte analyte, Comparator comparator, BigDecimal amount) {
        return units.guesses(analyte).stream()
                .filter(unit -> isPlausible(analyte, amount, unit))
                .map(unit -> new Reading.Measured(comparator, amount, unit))
                .toList();
    }
}
