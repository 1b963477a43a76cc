package health.setpoint.knowledge.terminology;

import health.setpoint.knowledge.yaml.KnowledgeException;
import health.setpoint.knowledge.yaml.Located;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The CSV tables of the knowledge, read strictly: the header as expected, every row complete. */
public final class Tables {

    private final Map<String, String> texts;
    private final Located index;

    public Tables(Map<String, String> texts, Located index) {
        this.texts = texts;
        this.index = index;
    }

    List<Row> rows(String file, String... columns) {
        String text = texts.get(file);
        if (text == null) {
            throw index.refuse(file + " is missing");
        }
        List<Row> rows = new ArrayList<>();
        long line = 0;
        try (CSVParser parser = CSVFormat.RFC4180.parse(new StringReader(text))) {
            for (CSVRecord written : parser) {
                line = parser.getCurrentLineNumber();
                if (!isBlank(written)) {
                    row(file, (int) line, List.of(columns), written.toList()).ifPresent(rows::add);
                }
            }
        } catch (IOException | UncheckedIOException open) {
            throw new KnowledgeException(file + ":" + (line + 1) + ": a quotation mark is not closed", open);
        }
        if (rows.isEmpty()) {
            throw new KnowledgeException(file + ":1: the table is empty");
        }
        return rows;
    }

    private static boolean isBlank(CSVRecord written) {
        return written.size() == 1 && written.get(0).isBlank();
    }

    /** Of any line but the first, which is the header. */
    private static Optional<Row> row(String file, int line, List<String> columns, List<String> cells) {
        if (line == 1) {
            if (!cells.equals(columns)) {
                throw new KnowledgeException(file + ":1: expected the columns " + String.join(",", columns));
            }
            return Optional.empty();
        }
        if (cells.size() != columns.size()) {
            throw new KnowledgeException(
                    file + ":" + line + ": " + cells.size() + " cells, expected " + columns.size());
        }
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            named.put(columns.get(i), cells.get(i));
        }
        return Optional.of(new Row(file, line, named));
    }

    /** One row; a cell is asked for by its column. */
    record Row(String file, int line, Map<String, String> cells) {

        /** The cell, which may be empty. */
        String maybe(String column) {
            return cells.get(column);
        }

        /** The cell, which may not be empty. */
        String text(String column) {
            String cell = cells.get(column);
            if (cell.isBlank()) {
                throw refuse(column + " is missing");
            }
            return cell;
        }

        boolean is(String column, String word) {
            return cells.get(column).equals(word);
        }

        <E extends Enum<E>> E oneOf(String column, Class<E> words) {
            for (E word : words.getEnumConstants()) {
                if (word.name().equals(text(column))) {
                    return word;
                }
            }
            throw refuse(column + ": unknown word " + text(column));
        }

        KnowledgeException refuse(String why) {
            return new KnowledgeException(file + ":" + line + ": " + why);
        }
    }
}
