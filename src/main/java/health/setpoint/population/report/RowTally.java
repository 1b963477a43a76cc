package health.setpoint.population.report;

import com.fasterxml.jackson.databind.JsonNode;
import health.setpoint.population.decision.ClinicMeasure;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts over the rows of a work list, the living only. Used by one thread. */
public final class RowTally {

    /** Urgencies of a first card, the most serious first; {@code none} is a patient of whom nothing is said. */
    static final List<String> INDICATORS = List.of("critical", "warning", "info");

    static final List<String> BANDS = List.of("low", "in-range", "borderline", "high", "very-high");
    static final List<String> DOSES =
            List.of("none", "up to 0.5 mg", "up to 1 mg", "up to 1.5 mg", "up to 2 mg", "above 2 mg", "not computable");
    static final List<String> DELAYS = List.of("1 to 30 days", "31 to 90 days", "91 to 180 days", "over 180 days");

    private static final BigDecimal[] DOSE_TOPS = {
        new BigDecimal("0.5"), BigDecimal.ONE, new BigDecimal("1.5"), new BigDecimal("2")
    };
    private static final int[] DELAY_TOPS = {30, 90, 180};
    private static final List<String> INHIBITORS = List.of("anastrozole", "letrozole", "exemestane");

    private long rows;
    private long deceased;
    private final Map<String, Long> states = new TreeMap<>();
    private final Map<String, Long> running = new TreeMap<>();
    private final Map<String, long[]> rules = new TreeMap<>();
    private final long[][] estradiolByDose = new long[DOSES.size()][BANDS.size()];
    private final Map<String, long[]> delays = new TreeMap<>();
    private final Map<ClinicMeasure, long[]> measures = new EnumMap<>(ClinicMeasure.class);
    private long silent;

    public RowTally() {
        for (var measure : ClinicMeasure.values()) {
            measures.put(measure, new long[2]);
        }
    }

    /** One more row. */
    public void add(JsonNode row) {
        if (row.path("deceased").asBoolean()) {
            deceased++;
            return;
        }
        rows++;
        states.merge(row.path("state").asText(), 1L, Long::sum);
        row.path("running").forEach(drug -> running.merge(drug.asText(), 1L, Long::sum));
        if (row.has("rule")) {
            rules.computeIfAbsent(row.path("rule").asText(), none -> new long[INDICATORS.size()])[
                    INDICATORS.indexOf(row.path("indicator").asText())]++;
        } else {
            silent++;
        }
        estradiol(row);
        overdue(row);
        for (var measure : ClinicMeasure.values()) {
            var met = row.path("measures").path(measure.word());
            if (met.isBoolean()) {
                measures.get(measure)[met.booleanValue() ? 1 : 0]++;
            }
        }
    }

    private void estradiol(JsonNode row) {
        var band = BANDS.indexOf(row.path("estradiolBand").asText());
        if (band >= 0 && !row.path("running").isEmpty()) {
            estradiolByDose[dose(row)][band]++;
        }
    }

    /** Doses are anastrozole's: another inhibitor's is not computable in them. */
    private static int dose(JsonNode row) {
        if (!row.has("weeklyDoseMg")) {
            for (var drug : row.path("running")) {
                if (INHIBITORS.contains(drug.asText())) {
                    return DOSES.size() - 1;
                }
            }
            return 0;
        }
        var mg = row.path("weeklyDoseMg").decimalValue();
        var group = 0;
        while (group < DOSE_TOPS.length && mg.compareTo(DOSE_TOPS[group]) > 0) {
            group++;
        }
        return group + 1;
    }

    private void overdue(JsonNode row) {
        var today = row.path("on").asText();
        for (var due : row.path("due")) {
            var days = ChronoUnit.DAYS.between(LocalDate.parse(due.path("to").asText()), LocalDate.parse(today));
            if (days > 0) {
                var group = 0;
                while (group < DELAY_TOPS.length && days > DELAY_TOPS[group]) {
                    group++;
                }
                delays.computeIfAbsent(due.path("rule").asText(), none -> new long[DELAYS.size()])[group]++;
            }
        }
    }

    long rows() {
        return rows;
    }

    long deceased() {
        return deceased;
    }

    long silent() {
        return silent;
    }

    Map<String, Long> states() {
        return new LinkedHashMap<>(states);
    }

    Map<String, Long> running() {
        return new LinkedHashMap<>(running);
    }

    /** By rule of the first card, a count for each of {@link #INDICATORS}. */
    Map<String, long[]> rules() {
        return rules;
    }

    /** A row for each of {@link #DOSES}, a column for each of {@link #BANDS}. */
    long[][] estradiolByDose() {
        return estradiolByDose;
    }

    /** By rule of the calendar, a count for each of {@link #DELAYS}. */
    Map<String, long[]> delays() {
        return delays;
    }

    /** How many do not meet a measure that concerns them, and how many do. */
    long[] measure(ClinicMeasure measure) {
        return measures.get(measure);
    }
}
