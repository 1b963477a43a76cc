package health.setpoint.knowledge.terminology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words by which drugs, analytes, symptoms and methods are known, in their order in the table. */
final class TextPatterns {

    // No word, product name or instruction that matters is longer; longer text costs time only.
    private static final int LONGEST = 500;

    /** An opening bracket that captures: what it captures is never asked for. */
    private static final Pattern CAPTURING = Pattern.compile("(?<!\\\\)\\((?!\\?)");

    /** Before and after words that count within other words too. */
    private static final String ANYTHING = ".*";

    private final Map<String, Kind> kinds = new HashMap<>();

    TextPatterns(List<Tables.Row> rows) {
        Map<String, List<Tables.Row>> byKind = new LinkedHashMap<>();
        for (Tables.Row row : rows) {
            byKind.computeIfAbsent(row.text("kind"), none -> new ArrayList<>()).add(row);
        }
        byKind.forEach((kind, all) -> kinds.put(
                kind,
                new Kind(all.stream().map(row -> new Words(row, pattern(row))).toList(), any(all), starts(all))));
    }

    private static Pattern pattern(Tables.Row row) {
        try {
            Pattern.compile(row.text("pattern"));
            if (row.text("pattern").chars().anyMatch(letter -> letter > 0x7f)) {
                throw row.refuse("only letters without accents are found in both cases");
            }
            return compiled(isWithinWords(row) ? words(row) : asWhole(words(row)));
        } catch (PatternSyntaxException broken) {
            throw row.refuse("not a pattern: " + broken.getDescription());
        }
    }

    /** One pattern for all, which looks for the start of a word only once. */
    private static Pattern any(List<Tables.Row> rows) {
        String whole = rows.stream()
                .filter(row -> !isWithinWords(row))
                .map(TextPatterns::words)
                .collect(Collectors.joining("|"));
        String within = rows.stream()
                .filter(TextPatterns::isWithinWords)
                .map(TextPatterns::words)
                .collect(Collectors.joining("|"));
        return compiled(Stream.of(whole.isEmpty() ? "" : asWhole(whole), within)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("|")));
    }

    private static Optional<WordStarts> starts(List<Tables.Row> rows) {
        return rows.stream().anyMatch(TextPatterns::isWithinWords)
                ? Optional.empty()
                : Optional.of(WordStarts.of(any(rows)));
    }

    private static boolean isWithinWords(Tables.Row row) {
        return row.text("pattern").startsWith(ANYTHING) && row.text("pattern").endsWith(ANYTHING);
    }

    private static String words(Tables.Row row) {
        String words = CAPTURING.matcher(row.text("pattern")).replaceAll("(?:");
        return isWithinWords(row) ? words.substring(ANYTHING.length(), words.length() - ANYTHING.length()) : words;
    }

    private static String asWhole(String words) {
        return "(?<![\\p{L}\\p{N}])(?:" + words + ")(?![\\p{L}\\p{N}])";
    }

    private static Pattern compiled(String expression) {
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
    }

    /** The rows of a kind whose words stand in the text. */
    List<Tables.Row> in(String kind, String text) {
        String read = shortened(text);
        Kind known = kinds.get(kind);
        // Most texts of a record hold no such word, and one search says so.
        if (known == null || !known.mayStandIn(read) || !known.any.matcher(read).find()) {
            return List.of();
        }
        List<Tables.Row> found = new ArrayList<>();
        for (Words candidate : known.words) {
            if (candidate.pattern.matcher(read).find()) {
                found.add(candidate.row);
            }
        }
        return found;
    }

    boolean any(String kind, String concept, String text) {
        String read = shortened(text);
        Kind known = kinds.get(kind);
        return known != null
                && known.words.stream()
                        .anyMatch(each -> each.row.is("concept", concept)
                                && each.pattern.matcher(read).find());
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private record Words(Tables.Row row, Pattern pattern) {}

    /**
     * @param any finds something wherever one of the words stands
     * @param starts how words of the kind begin; empty where some stand within other words
     */
    private record Kind(List<Words> words, Pattern any, Optional<WordStarts> starts) {

        boolean mayStandIn(String text) {
            return starts.isEmpty() || starts.get().mayStandIn(text);
        }
    }
}
