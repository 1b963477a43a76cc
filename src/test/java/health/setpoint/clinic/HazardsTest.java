package health.setpoint.clinic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The list of hazards")
class HazardsTest {

    private static final Pattern ROW = Pattern.compile("^\\| H\\d+ \\|.*\\| (?<tests>[^|]*) \\|$", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    @Test
    void names_for_each_hazard_tests_that_exist() throws IOException {
        var hazards = Files.readString(Path.of("docs/clinical/hazards.md"));
        List<String> tests =
                ROW.matcher(hazards).results().map(row -> row.group(1)).toList();
        assertEquals(hazards.lines().filter(line -> line.startsWith("| H")).count(), tests.size());
        for (String cell : tests) {
            var names = NAME.matcher(cell).results().map(MatchResult::group).toList();
            assertFalse(names.isEmpty(), cell);
            for (String name : names) {
                assertFalse(files(name.replace("`", "")).isEmpty(), name + " is no test");
            }
        }
    }

    private static List<Path> files(String name) throws IOException {
        if (name.endsWith(".md")) {
            var table = Path.of("src/test/resources").resolve(name);
            return Files.exists(table) ? List.of(table) : List.of();
        }
        try (var sources = Files.walk(Path.of("src/test/java"))) {
            return sources.filter(file -> file.getFileName().toString().equals(name + ".java"))
                    .toList();
        }
    }
}
