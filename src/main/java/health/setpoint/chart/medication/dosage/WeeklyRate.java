package health.setpoint.chart.medication.dosage;

import health.setpoint.chart.fhir.CalendarUnits;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Doses and intakes by the week, and when two of them are the same. */
final class WeeklyRate {

    private static final int DECIMALS = 6;
    private static final int COMPARED_DECIMALS = 3;

    private WeeklyRate() {}

    /** mg a week. */
    static BigDecimal weekly(BigDecimal mg, BigDecimal perWeek) {
        return plain(mg.multiply(perWeek));
    }

    /** Rounded to six decimals, without zeros at the end. */
    static BigDecimal plain(BigDecimal value) {
        var rounded = value.setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    /** Two rates or doses are one where they differ by rounding alone. */
    static boolean isSame(BigDecimal a, BigDecimal b) {
        return a.setScale(COMPARED_DECIMALS, RoundingMode.HALF_UP)
                        .compareTo(b.setScale(COMPARED_DECIMALS, RoundingMode.HALF_UP))
                == 0;
    }

    /** Intakes a week of so many intakes in so many days. */
    static BigDecimal perWeek(BigDecimal intakes, BigDecimal days) {
        return intakes.multiply(CalendarUnits.WEEK).divide(days, CalendarUnits.EXACT);
    }
}
