package health.setpoint.card;

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
                "Draft order: \\*x\\*.",
                TEXTS.markdown("concerns_draft", Map.of("medication", "*x*")).text());
        assertEquals(
                "**x** (R-10)",
                TEXTS.markdown("why_line", Map.of("text", new Markdown("**x**"), "rule", "R-10"))
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
                "concerns", Markdown.NOTHING,
                "why", new Markdown("- Because."),
                "also", Markdown.NOTHING,
                "unknowns", Markdown.NOTHING,
                "options", Markdown.NOTHING,
                "byHand", Markdown.NOTHING,
                "sample", Markdown.NOTHING,
                "evidence", Markdown.NOTHING,
                "provenance", new Markdown("Rule R-45."));
        assertEquals("""
                Keep the dose.

                And wait.

                - Because.

                Rule R-45.""", TEXTS.paragraphs("detail", blocks).text());
    }
}
