package health.setpoint.clinic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the Markdown tables of {@code src/test/resources/clinic}. Their language is described in the README there. */
public final class ClinicTables {

    private static final Path FOLDER = Path.of("src/test/resources/clinic");
    private static final String DEFAULTS = "Every row:";
    private static final Pattern SEPARATOR = Pattern.compile("\\|(\\s*:?-+:?\\s*\\|)+");
    private static final Pattern CELL_BOUNDARY = Pattern.compile("(?<!\\\\)\\|");

    private ClinicTables() {}

    /** One row of a table, its section's defaults filled in. */
    public record Row(String file, int line, String section, boolean open, Map<String, String> cells) {

        /** The sentence that names the case. */
        public String title() {
            return cell("case").orElseThrow(() -> new IllegalArgumentException(where() + ": a row needs a case"));
        }

        /** The content of a column, empty where the column is missing or the cell blank. */
        public Optional<String> cell(String column) {
            return Optional.ofNullable(cells.get(column)).filter(text -> !text.isBlank());
        }

        public String where() {
            return file + ":" + line;
        }
    }

    static List<Path> files() {
        try (Stream<Path> found = Files.list(FOLDER)) {
            return found.filter(path -> path.toString().endsWith(".md"))
                    .filter(path -> !path.endsWith("README.md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of one file. */
    public static List<Row> rows(Path file) {
        try {
            return rows(file.getFileName().toString(), Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Row> rows(String file, List<String> lines) {
        List<Row> rows = new ArrayList<>();
        String section = "";
        boolean open = false;
        Map<String, String> defaults = Map.of();
        List<String> header = List.of();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith("#")) {
                section = line.replaceFirst("#+\\s*", "");
                open = section.startsWith("Open readings");
                defaults = Map.of();
            } else if (line.startsWith(DEFAULTS)) {
                defaults = defaults(line.substring(DEFAULTS.length()), file + ":" + (i + 1));
            }
            if (!line.startsWith("|")) {
                header = List.of();
            } else if (header.isEmpty()) {
                header = cells(line).stream().map(ClinicTables::plain).toList();
                if (i + 1 >= lines.size()
                        || !SEPARATOR.matcher(lines.get(i + 1).strip()).matches()) {
                    throw new IllegalArgumentException(file + ":" + (i + 1) + ": a table starts with a header");
                }
                i++;
            } else {
                rows.add(row(file, i + 1, section, open, defaults, header, cells(line)));
            }
        }
        return rows;
    }

    private static Row row(
            String file,
            int line,
            String section,
            boolean open,
            Map<String, String> defaults,
            List<String> header,
            List<String> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException(
                    file + ":" + line + ": " + cells.size() + " cells under " + header.size() + " headings");
        }
        Map<String, String> named = new LinkedHashMap<>(defaults);
        for (int i = 0; i < header.size(); i++) {
            if (!cells.get(i).isBlank()) {
                named.put(header.get(i), cells.get(i));
            }
        }
        return new Row(file, line, section, open, named);
    }

    private static Map<String, String> defaults(String text, String where) {
        Map<String, String> defaults = new LinkedHashMap<>();
        for (String part : text.split("·")) {
            String[] pair = part.split("=", 2);
            if (pair.length != 2) {
                throw new IllegalArgumentException(where + ": write defaults as Column = value, not " + part);
            }
            defaults.put(plain(pair[0]), pair[1].strip());
        }
        return defaults;
    }

    private static List<String> cells(String line) {
        String inner = line.substring(1, line.endsWith("|") ? line.length() - 1 : line.length());
        return Stream.of(CELL_BOUNDARY.split(inner, -1))
                .map(cell -> cell.strip().replace("\\|", "|"))
                .toList();
    }

    private static String plain(String heading) {
        return heading.strip().replace("*", "").toLowerCase(java.util.Locale.ROOT);
    }
}
