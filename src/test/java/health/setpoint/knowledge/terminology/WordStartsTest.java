package health.setpoint.knowledge.terminology;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.knowledge.yaml.KnowledgeException;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordStartsTest {

    private static final Random RANDOM = new Random(21);

    /** Pieces of what the patterns find, of what nearly is that, and of what stands between words. */
    private static final List<String> PIECES = List.of(
            "ca",
            "cancer",
            "Cad",
            "of",
            "the",
            "prostate",
            "PSA",
            "5",
            "19",
            "a1",
            "cyp",
            "-",
            " ",
            " ",
            ".",
            "/",
            "n",
            "é",
            "ö",
            "anti",
            "estrogen",
            "o",
            "no",
            "?",
            "\n",
            "r",
            "x",
            "(",
            "LOW",
            "l",
            "b",
            "prost",
            "cyp19a1",
            "n/a");

    private static final List<Pattern> PATTERNS = List.of(
                    "ca(?! ?[.]? ?[0-9])( (of )?(the )?prostate)?|(ad)?e?no|cad",
                    "(?<!anti[ -])o?estrogens?(?! *(block|support))|cyp19a1",
                    "l|low|[?]|n/?a|r/?o",
                    "\\w{2} ?\\d|[5-9] x|(cancer|psa).{0,4}no")
            .stream()
            .map(words ->
                    Pattern.compile("(?<![\\p{L}\\p{N}])(?:" + words + ")(?![\\p{L}\\p{N}])", Pattern.CASE_INSENSITIVE))
            .toList();

    @Test
    void whereverThePatternFindsSomethingItMayStand() {
        for (var pattern : PATTERNS) {
            var starts = WordStarts.of(pattern);
            var letter = WordStarts.byLetter(pattern);
            var found = 0;
            for (int i = 0; i < 20_000; i++) {
                var text = text();
                if (pattern.matcher(text).find()) {
                    found++;
                    assertTrue(starts.mayStandIn(text), text);
                    assertTrue(letter.mayStandIn(text), text);
                }
            }
            assertTrue(found > 100, pattern.pattern());
        }
    }

    @Test
    void aTextWithoutSuchABeginningNeedsNoSearch() {
        var starts = WordStarts.of(PATTERNS.get(0));

        assertFalse(starts.mayStandIn("Hypogonadism, secondary"));
        assertFalse(starts.mayStandIn("Focal fracture"));
        assertFalse(starts.mayStandIn(""));
        assertFalse(starts.mayStandIn("a carcinoma"));
        assertFalse(WordStarts.byLetter(PATTERNS.get(1)).mayStandIn("Hypogonadism, secondary"));
    }

    @Test
    void aPatternThatLooksBackIsRefused() {
        assertThrows(KnowledgeException.class, () -> WordStarts.of(Pattern.compile("(?<=no )cancer")));
    }

    private static String text() {
        return IntStream.range(0, 1 + RANDOM.nextInt(6))
                .mapToObj(i -> PIECES.get(RANDOM.nextInt(PIECES.size())))
                .collect(Collectors.joining());
    }
}
