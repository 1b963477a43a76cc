package health.setpoint.knowledge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

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
        Map<String, List<Words>> byKind = new HashMap<>();
        for (Tables.Row row : rows) {
            byKind.computeIfAbsent(row.text("kind"), none -> new ArrayList<>()).add(new Words(row, pattern(row)));
        }
        byKind.forEach((kind, words) -> kinds.put(kind, new Kind(List.copyOf(words), any(words))));
    }

    private static Pattern pattern(Tables.Row row) {
        try {
            Pattern.compile(row.text("pattern"));
            String words = CAPTURING.matcher(row.text("pattern")).replaceAll("(?:");
            return words.startsWith(ANYTHING) && words.endsWith(ANYTHING)
                    ? compiled(words.substring(ANYTHING.length(), words.length() - ANYTHING.length()))
                    : compiled("(?<![\\p{L}\\p{N}])(?:" + words + ")(?![\\p{L}\\p{N}])");
        } catch (PatternSyntaxException broken) {
            throw row.refuse("not a pattern: " + broken.getDescription());
        }
    }

    private static Pattern any(List<Words> words) {
        return compiled(words.stream().map(each -> each.pattern.pattern()).collect(Collectors.joining("|")));
    }

    private static Pattern compiled(String expression) {
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** The rows of a kind whose words stand in the text. */
    List<Tables.Row> in(String kind, String text) {
        String read = shortened(text);
        Kind known = kinds.get(kind);
        // Most texts of a record hold no such word, and one search says so.
        if (known == null || !known.any.matcher(read).find()) {
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
     */
    private record Kind(List<Words> words, Pattern any) {}
}
