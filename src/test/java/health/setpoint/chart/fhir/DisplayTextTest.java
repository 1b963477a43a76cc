package health.setpoint.chart.fhir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is plain already is shown as it is; everything else goes the long way. */
class DisplayTextTest {

    private static final List<String> PIECES = List.of(
            "anastrozole",
            " ",
            "1",
            "MG",
            ".",
            ",",
            "-",
            "/",
            "%",
            "(",
            ")",
            "<b>",
            "<",
            ">",
            "*",
            "_",
            "`",
            "\n",
            "\t",
            "é",
            "≥",
            "\u200b",
            "[",
            "]",
            "!",
            "#",
            "{",
            "}",
            "|",
            "\\",
            ":",
            "'",
            "&");

    @Test
    void aNameOfAProductStaysAsItIs() {
        assertEquals("anastrozole 1 MG Oral Tablet", DisplayText.plain("anastrozole 1 MG Oral Tablet", 80));
    }

    @Test
    void markUpAndControlCharactersAndDoubledSpacesAreGone() {
        assertEquals("bold or not", DisplayText.plain(" <b>bold</b>  or*not\n", 80));
        assertEquals("long na…", DisplayText.plain("long names are cut", 8));
    }

    @Test
    void theShortWayAndTheLongWayShowTheSame() {
        var random = new Random(20261128);
        for (int i = 0; i < 40_000; i++) {
            var text = new StringBuilder();
            for (int pieces = random.nextInt(7); pieces > 0; pieces--) {
                // Mostly plain pieces, so that many texts take the short way.
                text.append(PIECES.get(random.nextInt(random.nextInt(3) > 0 ? 11 : PIECES.size())));
            }
            assertEquals(theLongWay(text.toString()), DisplayText.plain(text.toString(), 200), text::toString);
        }
    }

    private static String theLongWay(String text) {
        var tags = Pattern.compile("</?[A-Za-z!][^>]{0,200}>?").matcher(text).replaceAll(" ");
        var fit = Pattern.compile("[\\p{Cntrl}\\p{Cf}`*_\\[\\]{}\\\\#!|]+")
                .matcher(tags)
                .replaceAll(" ");
        return fit.replaceAll("\\s+", " ").strip();
    }
}
