package health.setpoint.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@DisplayName("What is said of each entry")
class ReadableNotesTest {

    /** Names of constants, empty brackets, and what Java prints of records, options and lists. */
    private static final List<Pattern> UNREADABLE = List.of(
            Pattern.compile("\\b[A-Z]{2,}_[A-Z_]+\\b"),
            Pattern.compile(
                    "\\b(ACTIVE|ENDED|HELD|ANASTROZOLE|TESTOSTERONE|ESTRADIOL|ORDER|STATEMENT|DISPENSE|ADMINISTRATION|DRAFT|GYNECOMASTIA|ORAL|INTRAMUSCULAR|LABS|UNKNOWN|TABLET|CYPIONATE|OTHER)\\b"),
            Pattern.compile("\\[\\s*[,\\]]|\\(\\s*\\)|\\{\\s*}"),
            Pattern.compile("Optional|[A-Za-z]+\\[[a-z]+="),
            Pattern.compile("\\bnull\\b"));

    private static List<String> faults(ChartOutcome outcome) {
        return outcome.notes().stream()
                .filter(note -> UNREADABLE.stream()
                        .anyMatch(pattern -> pattern.matcher(note.text()).find()))
                .map(note -> note.reference() + ": " + note.text())
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> isInWords() throws IOException {
        try (Stream<Path> files = Stream.concat(
                Files.list(Path.of("src/test/resources/cases")),
                Files.walk(Path.of("src/test/resources/calls")).filter(Files::isRegularFile))) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.getFileName().toString().startsWith("53-"))
                    .sorted()
                    .toList()
                    .stream()
                    .map(file -> dynamicTest(file.getFileName().toString(), () -> {
                        var call = (ObjectNode) Chart.JSON.readTree(file.toFile());
                        if (call.at("/context/patientId").isTextual()
                                && call.path("hook").isTextual()) {
                            var outcome = Chart.READER.read(Chart.request(call, LocalDateTime.of(2026, 11, 29, 9, 0)));
                            assertFalse(outcome.notes().isEmpty());
                            assertEquals(List.of(), faults(outcome));
                        }
                    }));
        }
    }
}
