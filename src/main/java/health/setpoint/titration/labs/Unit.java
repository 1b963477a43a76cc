package health.setpoint.titration.labs;

import java.math.BigDecimal;

/**
 * A unit as a laboratory writes it, and the way from it into the base unit of its analyte: {@code base = amount x factor
 * + offset}. Molar units carry the molar mass in their factor.
 *
 * @param symbol as shown to a reader, for instance {@code pmol/L}
 * @param factor exact decimal factor
 * @param offset zero for all but HbA1c in mmol/mol
 */
public record Unit(String symbol, BigDecimal factor, BigDecimal offset) {

    /** A unit without offset. */
    public static Unit of(String symbol, String factor) {
        return new Unit(symbol, new BigDecimal(factor), BigDecimal.ZERO);
    }

    /** The amount in the base unit, exact, not yet rounded. */
    public BigDecimal toBase(BigDecimal amount) {
        return amount.multiply(factor).add(offset);
    }
}
