package health.setpoint.chart.medication.sig;

import health.setpoint.knowledge.terminology.DoseUnit;
import java.math.BigDecimal;

/**
 * A strength that the words of an instruction give.
 *
 * @param mg in one unit
 * @param per tablet, millilitre or the like
 */
record SigStrength(BigDecimal mg, DoseUnit per) {}
