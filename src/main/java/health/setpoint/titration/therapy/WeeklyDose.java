package health.setpoint.titration.therapy;

import java.math.BigDecimal;

/** A dose in mg per week; comparisons ignore trailing zeros. */
public record WeeklyDose(BigDecimal mg) implements Comparable<WeeklyDose> {

    public static final WeeklyDose NONE = new WeeklyDose(BigDecimal.ZERO);

    public WeeklyDose {
        if (mg.signum() < 0) {
            throw new IllegalArgumentException("a weekly dose cannot be negative: " + mg);
        }
        mg = mg.signum() == 0 ? BigDecimal.ZERO : mg.stripTrailingZeros();
    }

    public static WeeklyDose of(String mg) {
        return new WeeklyDose(new BigDecimal(mg));
    }

    public WeeklyDose plus(WeeklyDose other) {
        return new WeeklyDose(mg.add(other.mg));
    }

    public boolean isAbove(WeeklyDose other) {
        return compareTo(other) > 0;
    }

    public boolean isBelow(WeeklyDose other) {
        return compareTo(other) < 0;
    }

    public boolean isNone() {
        return mg.signum() == 0;
    }

    @Override
    public int compareTo(WeeklyDose other) {
        return mg.compareTo(other.mg);
    }

    /** The number as a reader writes it: {@code 1}, {@code 1.5}. */
    @Override
    public String toString() {
        return mg.toPlainString();
    }
}
