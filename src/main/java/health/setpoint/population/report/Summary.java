package health.setpoint.population.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.knowledge.evidence.RuleTexts;
import health.setpoint.population.bulk.IntakeCounts;
import health.setpoint.population.decision.ClinicMeasure;
import health.setpoint.titration.advice.RuleId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The counts of a run as they may be published. What stands in it is all that the page shows. */
public final class Summary {

    private static final int MOST_CODES = 50;

    private final About about;
    private final RowTally tally;
    private final ObjectNode json;

    private Summary(About about, RowTally tally) {
        this.about = about;
        this.tally = tally;
        this.json = about.json();
    }

    /**
     * The summary of a run.
     *
     * @param patients decided or not, those of whom nothing is to be said and the dead included
     * @param unmapped the local codes, the most frequent first
     */
    public static ObjectNode of(
            About about,
            long patients,
            RowTally tally,
            IntakeCounts lines,
            long late,
            ArrayNode unmapped,
            RuleTexts texts) {
        var summary = new Summary(about, tally);
        summary.patients(patients);
        summary.rules(texts);
        summary.estradiol();
        summary.overdue(texts);
        summary.measures();
        summary.quality(lines, late, unmapped);
        return summary.json;
    }

    /** The rest of a sum is a cell of it. */
    private void patients(long patients) {
        var decided = tally.states();
        var counts = new LinkedHashMap<String, Long>();
        counts.put("with advice", tally.rows() - tally.silent());
        counts.put("on treatment, nothing to say", tally.silent() - decided.getOrDefault("refused", 0L));
        counts.put("record cannot be decided", decided.getOrDefault("refused", 0L));
        counts.put("deceased", tally.deceased());
        counts.put("neither treated nor any advice", patients - tally.rows() - tally.deceased());
        var section = json.putObject("patients").put("all", patients);
        list(section.putArray("groups"), "group", counts);
        section.set("incomplete", published(decided.getOrDefault("incomplete", 0L)));
        // A man may be on several: these add up to nothing.
        var drugs = section.putArray("running");
        tally.running()
                .forEach((drug, count) -> drugs.addObject().put("drug", drug).set("patients", published(count)));
    }

    private JsonNode published(long count) {
        return count > 0 && count < about.smallestCell()
                ? JsonNodeFactory.instance.nullNode()
                : JsonNodeFactory.instance.numberNode(count);
    }

    private void list(ArrayNode array, String member, Map<String, Long> counts) {
        var row = counts.values().stream().mapToLong(Long::longValue).toArray();
        var hidden = SmallCells.hidden(new long[][] {row}, about.smallestCell());
        var column = 0;
        for (var name : counts.keySet()) {
            put(array.addObject().put(member, name), "patients", row[column], hidden[0][column]);
            column++;
        }
    }

    private static void put(ObjectNode into, String member, long count, boolean hidden) {
        if (hidden) {
            into.putNull(member);
        } else {
            into.put(member, count);
        }
    }

    private void table(ArrayNode rows, String member, List<String> names, List<String> columns, long[][] counts) {
        var hidden = SmallCells.hidden(counts, about.smallestCell());
        for (int row = 0; row < counts.length; row++) {
            var each = rows.addObject().put(member, names.get(row));
            for (int column = 0; column < columns.size(); column++) {
                put(each, columns.get(column), counts[row][column], hidden[row][column]);
            }
        }
    }

    private void rules(RuleTexts texts) {
        var rules = json.putArray("rules");
        table(
                rules,
                "rule",
                List.copyOf(tally.rules().keySet()),
                RowTally.INDICATORS,
                tally.rules().values().toArray(long[][]::new));
        rules.forEach(rule -> says((ObjectNode) rule, texts));
    }

    private void says(ObjectNode line, RuleTexts texts) {
        Arrays.stream(RuleId.values())
                .filter(rule -> rule.id().equals(line.path("rule").asText()))
                .findFirst()
                .ifPresent(rule -> line.put(
                        "when", texts.on(rule, about.asOf().toLocalDate()).when()));
    }

    private void estradiol() {
        table(json.putArray("estradiolByDose"), "dose", RowTally.DOSES, RowTally.BANDS, tally.estradiolByDose());
    }

    private void overdue(RuleTexts texts) {
        var overdue = json.putArray("overdue");
        table(
                overdue,
                "rule",
                List.copyOf(tally.delays().keySet()),
                RowTally.DELAYS,
                tally.delays().values().toArray(long[][]::new));
        overdue.forEach(rule -> says((ObjectNode) rule, texts));
    }

    private void measures() {
        var measures = json.putArray("measures");
        for (var measure : ClinicMeasure.values()) {
            var counts = tally.measure(measure);
            var hidden = SmallCells.hidden(new long[][] {counts}, about.smallestCell())[0];
            var each = measures.addObject()
                    .put("measure", measure.word())
                    .put("says", measure.word().replace('-', ' '));
            var all = counts[0] + counts[1];
            put(each, "denominator", all, all > 0 && all < about.smallestCell());
            put(each, "numerator", counts[1], hidden[1]);
        }
    }

    private void quality(IntakeCounts lines, long late, ArrayNode unmapped) {
        var quality = json.putObject("dataQuality");
        var fates = quality.putObject("lines");
        for (var fate : IntakeCounts.Fate.values()) {
            fates.put(
                    fate.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    lines.of(fate) + (fate == IntakeCounts.Fate.REJECTED ? late : 0));
        }
        quality.put("errorsOfTheServer", lines.errors());
        var types = quality.putObject("types");
        lines.types().forEach(types::put);
        var codes = quality.putArray("unmappedCodes");
        for (var code : unmapped) {
            if (codes.size() < MOST_CODES && code.path("lines").asLong() >= about.smallestCell()) {
                codes.add(code);
            }
        }
        quality.put("unmappedCodesInAll", unmapped.size());
    }
}
