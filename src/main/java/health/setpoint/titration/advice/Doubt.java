package health.setpoint.titration.advice;

import health.setpoint.titration.labs.DoubtfulResult;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A result that was not understood and is named so that no older one stands in for it in silence.
 *
 * @param result which, and why it may not decide
 * @param crossing the limit that it could have crossed, in the base unit of its analyte
 * @param withholds no dose is started or raised until it is clear
 */
public record Doubt(DoubtfulResult result, Optional<BigDecimal> crossing, boolean withholds) {}
