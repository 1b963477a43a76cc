package health.setpoint.knowledge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The CSV tables of the knowledge, read strictly: the header as expected, every row complete. */
final class Tables {

    private final Map<String, String> texts;
    private final Located index;

    Tables(Map<String, String> texts, Located index) {
        this.texts = texts;
        this.index = index;
    }

    List<Row> rows(String file, String... columns) {
        String text = texts.get(file);
        if (text == null) {
            throw index.refuse(file + " is missing");
        }
        List<Row> rows = new ArrayList<>();
        List<String> header = List.of(columns);
        int line = 0;
        for (String written : text.lines().toList()) {
            line++;
            if (written.isBlank()) {
                continue;
            }
            List<String> cells = cells(file, line, written);
            if (line == 1) {
                if (!cells.equals(header)) {
                    throw new KnowledgeException(file + ":1: expected the columns " + String.join(",", header));
                }
                continue;
            }
            if (cells.size() != header.size()) {
                throw new KnowledgeException(
                        file + ":" + line + ": " + cells.size() + " cells, expected " + header.size());
            }
            Map<String, String> named = new HashMap<>();
            for (int i = 0; i < cells.size(); i++) {
                named.put(header.get(i), cells.get(i));
            }
            rows.add(new Row(file, line, named));
        }
        if (rows.isEmpty()) {
            throw new KnowledgeException(file + ":1: the table is empty");
        }
        return rows;
    }

    private static List<String> cells(String file, int line, String written) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            boolean doubled = quoted && c == '"' && i + 1 < written.length() && written.charAt(i + 1) == '"';
            if (doubled) {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        if (quoted) {
            throw new KnowledgeException(file + ":" + line + ": a quotation mark is not closed");
        }
        cells.add(cell.toString());
        return cells;
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
