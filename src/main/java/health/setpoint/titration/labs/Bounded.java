package health.setpoint.titration.labs;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A measured value in the base unit of its analyte, rounded as the rules compare it; with a comparator it is all values
 * on that side.
 */
public record Bounded(Comparator comparator, BigDecimal value) {

    /** Converts exactly, then rounds HALF_UP to the analyte's decimals. */
    public static Bounded of(Analyte analyte, Reading.Measured measured) {
        BigDecimal base = measured.unit().toBase(measured.amount());
        return new Bounded(measured.comparator(), base.setScale(analyte.decimals(), RoundingMode.HALF_UP));
    }

    public boolean isExact() {
        return comparator == Comparator.NONE;
    }

    /** Every value it can stand for is below the limit. */
    public boolean liesBelow(BigDecimal limit) {
        return switch (comparator) {
            case NONE, AT_MOST -> value.compareTo(limit) < 0;
            case BELOW -> value.compareTo(limit) <= 0;
            case ABOVE, AT_LEAST -> false;
        };
    }

    /** Every value it can stand for is at most the limit. */
    public boolean liesAtOrBelow(BigDecimal limit) {
        return switch (comparator) {
            case NONE, AT_MOST, BELOW -> value.compareTo(limit) <= 0;
            case ABOVE, AT_LEAST -> false;
        };
    }

    /** Every value it can stand for is above the limit. */
    public boolean liesAbove(BigDecimal limit) {
        return switch (comparator) {
            case NONE, AT_LEAST -> value.compareTo(limit) > 0;
            case ABOVE -> value.compareTo(limit) >= 0;
            case BELOW, AT_MOST -> false;
        };
    }

    /** Every value it can stand for is at least the limit. */
    public boolean liesAtOrAbove(BigDecimal limit) {
        return switch (comparator) {
            case NONE, AT_LEAST, ABOVE -> value.compareTo(limit) >= 0;
            case BELOW, AT_MOST -> false;
        };
    }

    /** One of the values that it can stand for is above the limit. */
    public boolean mayLieAbove(BigDecimal limit) {
        return !liesAtOrBelow(limit);
    }

    /** One of the values that it can stand for is at least the limit. */
    public boolean mayLieAtOrAbove(BigDecimal limit) {
        return !liesBelow(limit);
    }

    /** One of the values that it can stand for is at most the limit. */
    public boolean mayLieAtOrBelow(BigDecimal limit) {
        return !liesAbove(limit);
    }

    /** As a reader writes it, without trailing zeros: {@code <5}, {@code 72}, {@code 40.1}. */
    public String shown() {
        BigDecimal bare = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        return comparator.sign() + bare.toPlainString();
    }
}
