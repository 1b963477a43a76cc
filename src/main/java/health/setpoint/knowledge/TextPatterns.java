package health.setpoint.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Words by which drugs, analytes, symptoms and methods are known, in their order in the table. */
final class TextPatterns {

    // No word, product name or instruction that matters is longer; longer text costs time only.
    private static final int LONGEST = 500;

    private final List<Words> words = new ArrayList<>();

    TextPatterns(List<Tables.Row> rows) {
        for (Tables.Row row : rows) {
            words.add(new Words(row, pattern(row)));
        }
    }

    private static Pattern pattern(Tables.Row row) {
        try {
            return Pattern.compile(
                    "(?<![\\p{L}\\p{N}])(?:" + row.text("pattern") + ")(?![\\p{L}\\p{N}])",
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        } catch (PatternSyntaxException broken) {
            throw row.refuse("not a pattern: " + broken.getDescription());
        }
    }

    /** The rows of a kind whose words stand in the text. */
    List<Tables.Row> in(String kind, String text) {
        String read = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        List<Tables.Row> found = new ArrayList<>();
        for (Words candidate : words) {
            if (candidate.row.is("kind", kind)
                    && candidate.pattern.matcher(read).find()) {
                found.add(candidate.row);
            }
        }
        return found;
    }

    boolean any(String kind, String concept, String text) {
        return in(kind, text).stream().anyMatch(row -> row.is("concept", concept));
    }

    private record Words(Tables.Row row, Pattern pattern) {}
}
