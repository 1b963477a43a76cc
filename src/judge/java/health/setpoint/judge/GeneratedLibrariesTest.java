package health.setpoint.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/**
 * The libraries of codes and numbers are those of the knowledge. A wanted change is written with {@code
 * -Dsetpoint.cql=write}.
 */
class GeneratedLibrariesTest {

    @Test
    void theCodesAreThoseOfTheTables() throws IOException {
        assertWritten("SetpointConcepts", ConceptsLibrary.written(ConfigLibrary.packageVersion()));
    }

    @Test
    void theNumbersAreThoseOfTheKnowledge() throws IOException {
        assertWritten("SetpointConfig", ConfigLibrary.written());
    }

    private static void assertWritten(String library, String text) throws IOException {
        var file = ReferenceEngine.LIBRARIES.resolve(library + ".cql");
        if ("write".equals(System.getProperty("setpoint.cql"))) {
            Files.writeString(file, text);
        }
        assertEquals(text, Files.readString(file));
    }
}
