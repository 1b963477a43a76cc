package health.setpoint.clinic;

import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.labs.Unit;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Small words that several columns share: lists, days, units. */
final class Words {

    /** The evaluation time of every table. */
    static final LocalDateTime NOW = LocalDateTime.of(2026, 3, 2, 9, 0);

    static final LocalDate TODAY = NOW.toLocalDate();

    private static final Pattern ISO_DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern ISO_TIME = Pattern.compile("(\\d{4}-\\d{2}-\\d{2}) (\\d{2}:\\d{2})");
    private static final Pattern AGO = Pattern.compile("(\\d+) d ago");
    private static final Pattern AHEAD = Pattern.compile("in (\\d+) d");
    private static final Pattern SOME_DAY = Pattern.compile("some day from (\\S+) to (\\S+)");
    private static final Pattern BEFORE_DRAW = Pattern.compile("(\\d+) d before the draw");

    private static final Map<String, Unit> ESTRADIOL_UNITS = Map.of(
            "pg/mL", Unit.of("pg/mL", "1"),
            "ng/L", Unit.of("ng/L", "1"),
            "ng/dL", Unit.of("ng/dL", "10"),
            "pmol/L", Unit.of("pmol/L", "0.27238"),
            "nmol/L", Unit.of("nmol/L", "272.38"));

    private static final Map<String, Unit> TESTOSTERONE_UNITS = Map.of(
            "ng/dL", Unit.of("ng/dL", "1"),
            "ng/mL", Unit.of("ng/mL", "100"),
            "ug/L", Unit.of("ug/L", "100"),
            "nmol/L", Unit.of("nmol/L", "28.842"));

    private static final Map<String, Unit> HEMATOCRIT_UNITS =
            Map.of("%", Unit.of("%", "1"), "L/L", Unit.of("L/L", "100"));

    private static final Map<String, Unit> PSA_UNITS =
            Map.of("ng/mL", Unit.of("ng/mL", "1"), "ug/L", Unit.of("ug/L", "1"));

    private Words() {}

    static List<String> items(String cell) {
        return split(cell, ";");
    }

    static List<String> phrases(String item) {
        return split(item, ",");
    }

    private static List<String> split(String text, String by) {
        return Arrays.stream(text.split(by))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    static boolean isNone(String cell) {
        return cell.equals("none") || cell.equals("-");
    }

    /** A day in the words of the tables, empty where the text is no day at all. */
    static Optional<LocalDate> day(String text, LocalDate draw) {
        if (ISO_DAY.matcher(text).matches()) {
            return Optional.of(LocalDate.parse(text));
        }
        if (text.equals("today")) {
            return Optional.of(TODAY);
        }
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            return Optional.of(TODAY.minusDays(Long.parseLong(ago.group(1))));
        }
        Matcher ahead = AHEAD.matcher(text);
        if (ahead.matches()) {
            return Optional.of(TODAY.plusDays(Long.parseLong(ahead.group(1))));
        }
        Matcher before = BEFORE_DRAW.matcher(text);
        if (before.matches()) {
            return Optional.of(draw.minusDays(Long.parseLong(before.group(1))));
        }
        return Optional.empty();
    }

    /** A day or a moment, empty where the text is neither. */
    static Optional<ClinicalTime> time(String text, LocalDate draw) {
        Matcher moment = ISO_TIME.matcher(text);
        if (moment.matches()) {
            return Optional.of(
                    new ClinicalTime.At(LocalDate.parse(moment.group(1)).atTime(LocalTime.parse(moment.group(2)))));
        }
        if (text.equals("undated")) {
            return Optional.of(new ClinicalTime.Unknown());
        }
        Matcher between = SOME_DAY.matcher(text);
        if (between.matches()) {
            return Optional.of(
                    new ClinicalTime.Between(LocalDate.parse(between.group(1)), LocalDate.parse(between.group(2))));
        }
        return day(text, draw).map(ClinicalTime.OnDay::new);
    }

    static Optional<Unit> unit(Analyte analyte, String symbol) {
        if (symbol.isEmpty()) {
            return Optional.of(Unit.of(analyte.baseUnit(), "1"));
        }
        Map<String, Unit> known =
                switch (analyte) {
                    case ESTRADIOL -> ESTRADIOL_UNITS;
                    case TESTOSTERONE -> TESTOSTERONE_UNITS;
                    case HEMATOCRIT -> HEMATOCRIT_UNITS;
                    case PSA -> PSA_UNITS;
                    default -> Map.of(analyte.baseUnit(), Unit.of(analyte.baseUnit(), "1"));
                };
        return Optional.ofNullable(known.get(symbol));
    }

    static String enumName(String words) {
        return words.toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
    }

    static IllegalArgumentException unknown(String column, String text) {
        return new IllegalArgumentException("unknown words in column " + column + ": '" + text + "'");
    }
}
