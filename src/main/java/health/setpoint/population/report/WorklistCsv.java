package health.setpoint.population.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/** The work list for a spreadsheet. What a spreadsheet would take for a formula is text. */
public final class WorklistCsv implements AutoCloseable {

    private static final String NOT_REVIEWED = "work list for a clinician; not reviewed";
    private static final String FORMULA = "=+-@\t\r";

    private final CSVPrinter printer;
    private final String signature;

    /** Writes the names of the columns. */
    public WorklistCsv(Appendable out, About about) throws IOException {
        this.printer = new CSVPrinter(
                out,
                CSVFormat.RFC4180
                        .builder()
                        .setQuoteMode(QuoteMode.ALL_NON_NULL)
                        .setHeader(
                                "patient",
                                "state",
                                "indicator",
                                "rule",
                                "advice",
                                "other rules",
                                "due",
                                "overdue days",
                                "running",
                                "anastrozole mg/week",
                                "estradiol",
                                "estradiol on",
                                "testosterone",
                                "testosterone on",
                                "reasons",
                                "chart",
                                "as of",
                                "knowledge",
                                "what this is")
                        .get());
        this.signature = about.signature();
    }

    /** One more row; the dead are left out. */
    public void add(JsonNode row) throws IOException {
        if (row.path("deceased").asBoolean()) {
            return;
        }
        printer.printRecord(cells(row).stream().map(WorklistCsv::guarded).toList());
    }

    private List<String> cells(JsonNode row) {
        var cells = new ArrayList<String>();
        for (var member : List.of("patient", "state", "indicator", "rule", "advice")) {
            cells.add(row.path(member).asText());
        }
        cells.add(others(row));
        cells.add(due(row));
        cells.add(row.path("overdueDays").asText());
        cells.add(joined(row.path("running")));
        cells.add(row.path("weeklyDoseMg").asText());
        for (var analyte : List.of("estradiol", "testosterone")) {
            var last = row.path(analyte);
            cells.add(
                    last.isMissingNode()
                            ? ""
                            : (last.path("comparator").asText()
                                    + last.path("value").asText() + " "
                                    + last.path("unit").asText()));
            cells.add(last.path("at").asText());
        }
        cells.add(joined(row.path("reasons")));
        cells.add(row.path("link").asText());
        cells.add(row.path("on").asText());
        cells.add(row.path("knowledge").asText());
        cells.add(NOT_REVIEWED + "; " + signature);
        return cells;
    }

    private static String others(JsonNode row) {
        var rules = new ArrayList<String>();
        for (var card : row.path("cards")) {
            card.at("/advice/rules").forEach(rule -> rules.add(rule.asText()));
        }
        rules.remove(row.path("rule").asText());
        return String.join(" ", rules.stream().distinct().toList());
    }

    private static String due(JsonNode row) {
        var due = new ArrayList<String>();
        for (var line : row.path("due")) {
            due.add(joined(line.path("labs")) + " since " + line.path("from").asText() + " ("
                    + line.path("rule").asText() + ")");
        }
        return String.join("; ", due);
    }

    private static String joined(JsonNode list) {
        var words = new ArrayList<String>();
        list.forEach(each -> words.add(each.asText()));
        return String.join(", ", words);
    }

    /** A cell that begins like a formula is one to a spreadsheet, whatever stands around it. */
    static String guarded(String cell) {
        return !cell.isEmpty() && FORMULA.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }

    @Override
    public void close() throws IOException {
        printer.close(true);
    }
}
