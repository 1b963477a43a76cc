package health.setpoint.chart;

import com.fasterxml.jackson.databind.JsonNode;
import health.setpoint.titration.labs.ClinicalTime;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Dates and moments as FHIR writes them, in the site's zone. A moment with an offset is converted, one without is taken
 * as local, a day stays a day, and a year or a month alone is no day.
 */
final class FhirTime {

    private static final Pattern FORM =
            Pattern.compile("(\\d{4})(?:-(\\d{2})(?:-(\\d{2})(?:[Tt ](\\d{2}):(\\d{2})(?::(\\d{2})(?:\\.\\d+)?)?"
                    + "([Zz]|[+-]\\d{2}:\\d{2})?)?)?)?");
    private static final int LONGEST = 40;

    private final ZoneId zone;

    FhirTime(ZoneId zone) {
        this.zone = zone;
    }

    /** The moment or day that a string names; Unknown for a partial date and for what is no date. */
    ClinicalTime clinical(Optional<String> text) {
        return text.map(this::read).orElseGet(ClinicalTime.Unknown::new);
    }

    /** The calendar day in the site's zone that a member names. */
    Optional<LocalDate> day(JsonNode node, String member) {
        return clinical(Json.text(node, member)).day();
    }

    private ClinicalTime read(String text) {
        if (text.length() > LONGEST) {
            return new ClinicalTime.Unknown();
        }
        if (isDay(text)) {
            return day(text);
        }
        var form = FORM.matcher(text);
        if (!form.matches() || form.group(3) == null) {
            return new ClinicalTime.Unknown();
        }
        try {
            var day = LocalDate.of(number(form.group(1)), number(form.group(2)), number(form.group(3)));
            if (form.group(4) == null) {
                return new ClinicalTime.OnDay(day);
            }
            var seconds = form.group(6) == null ? 0 : Math.min(59, number(form.group(6)));
            var local = LocalDateTime.of(
                    day, java.time.LocalTime.of(number(form.group(4)), number(form.group(5)), seconds));
            if (form.group(7) == null) {
                return new ClinicalTime.At(local);
            }
            var offset = ZoneOffset.of(form.group(7).toUpperCase(java.util.Locale.ROOT));
            return new ClinicalTime.At(
                    OffsetDateTime.of(local, offset).atZoneSameInstant(zone).toLocalDateTime());
        } catch (DateTimeException noSuchDay) {
            return new ClinicalTime.Unknown();
        }
    }

    /** Most dates of a record: four digits, two and two. */
    private static boolean isDay(String text) {
        var isDay = text.length() == "2026-01-01".length();
        for (int i = 0; isDay && i < text.length(); i++) {
            var c = text.charAt(i);
            isDay = i == 4 || i == 7 ? c == '-' : c >= '0' && c <= '9';
        }
        return isDay;
    }

    private static ClinicalTime day(String text) {
        try {
            return new ClinicalTime.OnDay(LocalDate.of(
                    Integer.parseInt(text, 0, 4, 10),
                    Integer.parseInt(text, 5, 7, 10),
                    Integer.parseInt(text, 8, 10, 10)));
        } catch (DateTimeException noSuchDay) {
            return new ClinicalTime.Unknown();
        }
    }

    /** The latest day that a possibly partial date allows. */
    static Optional<LocalDate> latestDay(Optional<String> text) {
        var form = FORM.matcher(text.filter(t -> t.length() <= LONGEST).orElse(""));
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            var year = number(form.group(1));
            if (form.group(2) == null) {
                return Optional.of(LocalDate.of(year, 12, 31));
            }
            if (form.group(3) == null) {
                return Optional.of(YearMonth.of(year, number(form.group(2))).atEndOfMonth());
            }
            return Optional.of(LocalDate.of(year, number(form.group(2)), number(form.group(3))));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
