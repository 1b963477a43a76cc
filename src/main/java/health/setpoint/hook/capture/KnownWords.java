package health.setpoint.hook.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The words of the shipped vocabulary: of laboratories, drugs, dosages and units. What they do not know may be a name. */
final class KnownWords {

    private static final List<String> FILES =
            List.of("sig-words.csv", "lab-names.csv", "labs.csv", "medications.csv", "units.csv", "dose-units.csv");
    private static final Pattern WORD = Pattern.compile("\\p{L}+");
    private static final Pattern PIECE =
            Pattern.compile("(?<number>\\d{1,3}(?:[.,]\\d{1,3})?)(?=\\s?(?<next>\\p{L}+))|\\d+|\\p{L}+");

    private final Set<String> known = new HashSet<>();

    KnownWords() {
        for (var name : FILES) {
            try (InputStream file = KnownWords.class.getResourceAsStream("/knowledge/" + name)) {
                if (file == null) {
                    throw new IllegalStateException("knowledge/" + name + " is not shipped");
                }
                WORD.matcher(new String(file.readAllBytes(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT))
                        .results()
                        .map(MatchResult::group)
                        .forEach(known::add);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

    /**
     * A text in which other words are made of x, and digits of 1.
     *
     * @param withAmounts whether a short number before a known word stays, as in a dosage
     */
    String only(String text, boolean withAmounts) {
        return PIECE.matcher(text)
                .replaceAll(found -> covered(found.group(), found.group(1) == null ? "" : found.group(2), withAmounts));
    }

    private String covered(String piece, String next, boolean withAmounts) {
        if (Character.isDigit(piece.codePointAt(0))) {
            return withAmounts && isKnown(next) ? piece : piece.replaceAll("\\d", "1");
        }
        return isKnown(piece) ? piece : "x".repeat(piece.length());
    }

    private boolean isKnown(String word) {
        return known.contains(word.toLowerCase(Locale.ROOT));
    }
}
