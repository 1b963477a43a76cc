package health.setpoint.operator.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.signoff.SignOff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The rule book")
class RuleBookTest {

    private static final Path BOOK = Path.of("docs/clinical/rule-book.md");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 29);

    @Test
    @DisplayName("says what the knowledge says (write it anew with -Dsetpoint.rule-book=write)")
    void saysWhatTheKnowledgeSays() throws IOException {
        String book = new RuleBook(Knowledge.load(), SignOff.NONE, DAY).page();
        if ("write".equals(System.getProperty("setpoint.rule-book"))) {
            Files.writeString(BOOK, book);
        }
        assertEquals(book, Files.readString(BOOK));
    }
}
