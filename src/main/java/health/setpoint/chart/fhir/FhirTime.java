package health.setpoint.chart.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import health.setpoint.titration.labs.ClinicalTime;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Dates and moments as FHIR writes them, in the site's zone. A moment with an offset is converted, one without is taken
 * as local, a day stays a day, and a year or a month alone is no day.
 */
public final class FhirTime {

    private static final Pattern FORM =
            Pattern.compile("(\\d{4})(?:-(\\d{2})(?:-(\\d{2})(?:[Tt ](\\d{2}):(\\d{2})(?::(\\d{2})(?:\\.\\d+)?)?"
                    + "([Zz]|[+-]\\d{2}:\\d{2})?)?)?)?");
    private static final Pattern HOUR_ONLY =
            Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})[Tt ]\\d{2}(?:[Zz]|[+-]\\d{2}:?\\d{2})?");
    private static final Pattern IN_DIGITS =
            Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:[Tt]?\\d{4,6}(?:[.]\\d+)?(?:[Zz]|[+-]\\d{4})?)?");
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})[/.](\\d{1,2})[/.](\\d{1,2})(?:[ ,T].*)?");
    private static final Pattern YEAR_LAST = Pattern.compile("(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4})(?:[ ,T].*)?");
    private static final int LONGEST = 40;
    private static final int LAST_YEAR = 9999;
    private static final int MONTHS = 12;
    private static final String DAY = "0000-00-00";
    private static final String IN_UTC = "0000-00-00T00:00:00Z";

    private final ZoneId zone;

    public FhirTime(ZoneId zone) {
        this.zone = zone;
    }

    /** Whether FHIR can write this year: 1 to 9999. */
    public static boolean isYear(int year) {
        return year >= 1 && year <= LAST_YEAR;
    }

    /** The moment or day that a string names; Unknown for a partial date and for what is no date. */
    public ClinicalTime clinical(Optional<String> text) {
        return text.map(this::read).orElseGet(ClinicalTime.Unknown::new);
    }

    /** The calendar day in the site's zone that a member names. */
    public Optional<LocalDate> day(JsonNode node, String member) {
        return clinical(FhirJson.text(node, member)).day();
    }

    private ClinicalTime read(String text) {
        if (text.length() > LONGEST) {
            return new ClinicalTime.Unknown();
        }
        try {
            if (hasForm(text, DAY)) {
                return new ClinicalTime.OnDay(day(text));
            }
            return hasForm(text, IN_UTC) ? new ClinicalTime.At(inUtc(text)) : other(text);
        } catch (DateTimeException noSuchDay) {
            return new ClinicalTime.Unknown();
        }
    }

    private ClinicalTime other(String text) {
        var form = FORM.matcher(text);
        if (!form.matches() || form.group(3) == null) {
            return new ClinicalTime.Unknown();
        }
        var day = day(number(form.group(1)), number(form.group(2)), number(form.group(3)));
        if (form.group(4) == null) {
            return new ClinicalTime.OnDay(day);
        }
        var seconds = form.group(6) == null ? 0 : Math.min(59, number(form.group(6)));
        var local = LocalDateTime.of(day, LocalTime.of(number(form.group(4)), number(form.group(5)), seconds));
        if (form.group(7) == null) {
            return new ClinicalTime.At(local);
        }
        var offset = ZoneOffset.of(form.group(7).toUpperCase(java.util.Locale.ROOT));
        return new ClinicalTime.At(here(local, offset));
    }

    /** Whether the text has the form in which most dates and times of a record are written; 0 stands for a digit. */
    private static boolean hasForm(String text, String form) {
        if (text.length() != form.length()) {
            return false;
        }
        for (int i = 0; i < form.length(); i++) {
            var c = text.charAt(i);
            if (form.charAt(i) == '0' ? c < '0' || c > '9' : c != form.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static LocalDate day(String text) {
        return day(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    }

    /** FHIR's years run from 0001 to 9999. */
    private static LocalDate day(int year, int month, int dayOfMonth) {
        if (year == 0) {
            throw new DateTimeException("there is no such year");
        }
        return LocalDate.of(year, month, dayOfMonth);
    }

    private LocalDateTime inUtc(String text) {
        var time = LocalTime.of(number(text, 11, 13), number(text, 14, 16), Math.min(59, number(text, 17, 19)));
        return here(day(text).atTime(time), ZoneOffset.UTC);
    }

    private LocalDateTime here(LocalDateTime local, ZoneOffset offset) {
        var here = LocalDateTime.ofInstant(local.toInstant(offset), zone);
        if (!isYear(here.getYear())) {
            throw new DateTimeException("there is no such year in this zone");
        }
        return here;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    /**
     * The time of a sample: a moment or a day, else the days that may be meant, which are all where what was written is no
     * date at all; Unknown where nothing was written.
     */
    public ClinicalTime sampled(Optional<String> text) {
        var exact = clinical(text);
        return exact instanceof ClinicalTime.Unknown
                        && text.filter(t -> !t.isBlank()).isPresent()
                ? possible(text.get()).orElse(ClinicalTime.Between.ANY_DAYS)
                : exact;
    }

    /** The day on which something began, at the latest: of a partial date the last day of it that is not to come. */
    public Optional<LocalDate> begun(JsonNode node, String member, LocalDate today) {
        return day(node, member).or(() -> FhirJson.text(node, member)
                .flatMap(FhirTime::possible)
                .map(days -> days.earliest().isAfter(today) || !days.latest().isAfter(today) ? days.latest() : today));
    }

    /** The day on which something ends: of a partial date the last. */
    public Optional<LocalDate> ended(JsonNode node, String member) {
        return day(node, member)
                .or(() ->
                        FhirJson.text(node, member).flatMap(FhirTime::possible).map(ClinicalTime.Between::latest));
    }

    /** The days that a partial date may mean, or one in another form than that of FHIR. */
    private static Optional<ClinicalTime.Between> possible(String written) {
        var text = written.strip();
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var partial = FORM.matcher(text);
            if (partial.matches() && partial.group(3) == null) {
                var year = number(partial.group(1));
                var month =
                        partial.group(2) == null ? Optional.<Integer>empty() : Optional.of(number(partial.group(2)));
                var first = day(year, month.orElse(1), 1);
                return Optional.of(new ClinicalTime.Between(
                        first, YearMonth.of(year, month.orElse(12)).atEndOfMonth()));
            }
            for (var form : List.of(HOUR_ONLY, IN_DIGITS, YEAR_FIRST)) {
                var found = form.matcher(text);
                if (found.matches()) {
                    var day = day(number(found.group(1)), number(found.group(2)), number(found.group(3)));
                    return Optional.of(new ClinicalTime.Between(day, day));
                }
            }
            var last = YEAR_LAST.matcher(text);
            return last.matches()
                    ? eitherOrder(number(last.group(1)), number(last.group(2)), number(last.group(3)))
                    : Optional.empty();
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    /** Some write the day first and some the month. */
    private static Optional<ClinicalTime.Between> eitherOrder(int first, int second, int year) {
        if (first > MONTHS || second > MONTHS) {
            var only = first > MONTHS ? day(year, second, first) : day(year, first, second);
            return Optional.of(new ClinicalTime.Between(only, only));
        }
        var one = day(year, first, second);
        var other = day(year, second, first);
        return Optional.of(
                one.isBefore(other) ? new ClinicalTime.Between(one, other) : new ClinicalTime.Between(other, one));
    }

    /** The first day that a possibly partial date allows; empty for what is no date. */
    public Optional<LocalDate> earliestDay(JsonNode node, String member) {
        return day(node, member)
                .or(() ->
                        FhirJson.text(node, member).flatMap(FhirTime::possible).map(ClinicalTime.Between::earliest));
    }

    /** The latest day that a possibly partial date allows. */
    public static Optional<LocalDate> latestDay(Optional<String> text) {
        var form = FORM.matcher(text.filter(t -> t.length() <= LONGEST).orElse(""));
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            var year = number(form.group(1));
            if (form.group(2) == null) {
                return Optional.of(day(year, 12, 31));
            }
            if (form.group(3) == null) {
                return Optional.of(
                        YearMonth.from(day(year, number(form.group(2)), 1)).atEndOfMonth());
            }
            return Optional.of(day(year, number(form.group(2)), number(form.group(3))));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
