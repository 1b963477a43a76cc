package health.setpoint.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The cases of {@code fhir-profiles/input/tests} are those of the clinic tables. A wanted change is written with {@code
 * -Dsetpoint.cases=write}.
 */
class RuleCasesTest {

    private static Map<Path, String> written;

    @BeforeAll
    static void write() throws IOException {
        written = new RuleCases().written();
        if (!"write".equals(System.getProperty("setpoint.cases"))) {
            return;
        }
        for (var rule : rules()) {
            try (Stream<Path> below = Files.walk(rule)) {
                for (var file : below.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        for (var file : written.entrySet()) {
            Files.createDirectories(file.getKey().getParent());
            Files.writeString(file.getKey(), file.getValue());
        }
    }

    @Test
    void theCasesAreThoseOfTheClinicTables() throws IOException {
        Map<Path, String> present = new TreeMap<>();
        for (var rule : rules()) {
            try (Stream<Path> below = Files.walk(rule)) {
                for (var file : below.filter(Files::isRegularFile).toList()) {
                    present.put(file, Files.readString(file));
                }
            }
        }
        assertEquals(written.keySet(), present.keySet());
        written.forEach((file, json) -> assertTrue(json.equals(present.get(file)), file + " is not current"));
    }

    @Test
    void moreThanFortyRulesHaveAManOnEachSideOfTheLine() throws IOException {
        var without = new TreeSet<String>();
        var rules = rules();
        for (var rule : rules) {
            try (Stream<Path> cases = Files.list(rule)) {
                if (cases.count() != 2) {
                    without.add(rule.getFileName().toString());
                }
            }
        }
        assertEquals(new TreeSet<>(), without);
        assertTrue(rules.size() > 40, () -> rules.size() + " rules");
    }

    private static TreeSet<Path> rules() throws IOException {
        try (Stream<Path> folders = Files.list(RuleCases.FOLDER)) {
            return new TreeSet<>(folders.filter(Files::isDirectory).toList());
        }
    }
}
