package health.setpoint.chart.fhir;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Optional;

/** Units of time in days. */
public final class CalendarUnits {

    /** Days in a week. */
    public static final BigDecimal WEEK = BigDecimal.valueOf(7);

    /** Days in a month, on average. */
    public static final BigDecimal MONTH = new BigDecimal("30.4375");

    /** How exactly intervals are divided. */
    public static final MathContext EXACT = MathContext.DECIMAL64;

    private CalendarUnits() {}

    /** Days in a unit of time by its UCUM code or its English name; seconds and minutes are no interval of a drug. */
    public static Optional<BigDecimal> days(String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "h", "hour", "hours" -> Optional.of(BigDecimal.ONE.divide(BigDecimal.valueOf(24), EXACT));
            case "d", "day", "days" -> Optional.of(BigDecimal.ONE);
            case "wk", "w", "week", "weeks" -> Optional.of(WEEK);
            case "mo", "month", "months" -> Optional.of(MONTH);
            case "a", "year", "years" -> Optional.of(new BigDecimal("365.25"));
            default -> Optional.empty();
        };
    }
}
