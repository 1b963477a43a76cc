package health.setpoint.chart.medication.sig;

import health.setpoint.knowledge.terminology.DoseUnit;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * An amount of the drug.
 *
 * @param strength of the tablet, where it stands between number and tablet
 * @param isForm a mass and its form: 1 mg tablet; of tablets, a number without any unit
 * @param isTotal said to be all that is taken
 * @param isEqual stands directly behind another amount, as its equivalent
 * @param from where it stands
 * @param to the place behind it
 */
record SigDose(
        BigDecimal value,
        DoseUnit unit,
        Optional<BigDecimal> strength,
        boolean isForm,
        boolean isTotal,
        boolean isEqual,
        int from,
        int to) {

    static SigDose of(BigDecimal value, DoseUnit unit, boolean isEqual, int from, int to) {
        return new SigDose(value, unit, Optional.empty(), false, false, isEqual, from, to);
    }

    boolean isUnitless() {
        return isForm && unit == DoseUnit.TABLET;
    }
}
