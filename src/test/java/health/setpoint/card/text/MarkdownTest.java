package health.setpoint.card.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MarkdownTest {

    @Property(tries = 5000, seed = "20261128")
    void everyRunOfSpacesBecomesOneSpace(@ForAll long seed) {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append("ab \t\n\u000b\f\r\u00a0\u0001".charAt(random.nextInt(10)));
        }
        assertEquals(text.toString().replaceAll("\\s+", " "), Markdown.singleSpaced(text.toString()));
    }

    @Test
    void markUpIsEscapedWhereverItStandsAndNumbersStayAsTheyAre() {
        assertEquals("\\*\\*bold\\*\\* \\<b>a\\[x\\](http\\://y)", Markdown.escape("**bold**  <b>a[x](http://y)"));
        assertEquals("<5 pg/mL, 0.5-1 mg", Markdown.escape("<5 pg/mL, 0.5-1 mg"));
        assertEquals("\\- no list, www\\.x.y", Markdown.escape("- no list, www.x.y"));
        assertEquals("plain", Markdown.escape("plain"));
    }

    @Test
    void linesAreSetUnderOneAnotherAndNoLinesAreNothing() {
        var two = Markdown.escaped(List.of("*a*", "b"));
        assertEquals("- \\*a\\*\n- b", Markdown.bullets(two).text());
        assertEquals("1. \\*a\\*\n2. b\n", Markdown.numbered(two).text());
        assertEquals("\\*a\\*\nb", Markdown.lines(two).text());
        assertEquals("\\*a\\* b", Markdown.sentences(two).text());
        assertEquals(Markdown.NOTHING, Markdown.bullets(List.of()));
        assertEquals(Markdown.NOTHING, Markdown.numbered(List.of()));
    }
}
