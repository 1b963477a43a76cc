package health.setpoint.card.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final Texts TEXTS = Texts.load();

    @Test
    void aTextThatOnlyNamesValuesIsFilledWithThem() {
        assertEquals(
                "2026-03-30 to 2026-04-13",
                TEXTS.plain("when_window", Map.of("from", "2026-03-30", "to", "2026-04-13")));
    }

    @Test
    void aValueIsEscapedInMarkdownUnlessItIsMarkdownAlready() {
        assertEquals(
                "Draft: \\*x\\*.",
                TEXTS.markdown("draft", Map.of("medication", "*x*", "agrees", false))
                        .text());
        assertEquals(
                "**Because:** **x**",
                TEXTS.markdown("block_because", Map.of("lines", new Markdown("**x**")))
                        .text());
    }

    @Test
    void aTextWithoutOneOfItsValuesIsAnErrorAndNoGapInASentence() {
        assertThrows(RuntimeException.class, () -> TEXTS.plain("when_window", Map.of("from", "2026-03-30")));
        assertThrows(RuntimeException.class, () -> TEXTS.markdown("input", Map.of("name", "Estradiol")));
        assertThrows(IllegalStateException.class, () -> TEXTS.plain("when_day", Map.of("from", " ")));
        assertThrows(IllegalStateException.class, () -> TEXTS.plain("no such text", Map.of()));
    }

    @Test
    void aDetailHasNoSpacesAtTheEndOfALineAndNoTwoBlankLines() {
        var blocks = Map.<String, Object>of(
                "advice", new Markdown("Keep the dose. \n\n\n\nAnd wait."),
                "because", new Markdown("- Because."),
                "unknowns", Markdown.NOTHING,
                "options", Markdown.NOTHING,
                "byHand", Markdown.NOTHING,
                "fine", new Markdown("R-45."),
                "explanation", Markdown.NOTHING);
        assertEquals("""
                Keep the dose.

                And wait.

                - Because.

                R-45.""", TEXTS.paragraphs("detail", blocks).text());
    }
}
