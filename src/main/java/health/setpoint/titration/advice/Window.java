package health.setpoint.titration.advice;

import java.time.LocalDate;

/** Days, both inclusive, in the site's time zone. */
public record Window(LocalDate from, LocalDate to) {

    public Window {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a window cannot end before it begins: " + from + ".." + to);
        }
    }

    /** One day. */
    public static Window on(LocalDate day) {
        return new Window(day, day);
    }

    /** From {@code first} to {@code last} days after a day. */
    public static Window after(LocalDate day, int first, int last) {
        return new Window(day.plusDays(first), day.plusDays(last));
    }

    public boolean isOneDay() {
        return from.equals(to);
    }
}
