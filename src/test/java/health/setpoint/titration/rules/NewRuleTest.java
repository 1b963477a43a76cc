package health.setpoint.titration.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.rules.Rule.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whoever adds a safety rule writes in the places that docs/architecture.md names, and in no other. */
class NewRuleTest {

    /** Where a rule of phase C stands; whoever adds a place here has made the next rule dearer. */
    private static final Set<String> PLACES = Set.of(
            "RuleId.java",
            "SafetyConditions.java",
            "RuleTable.java",
            "rules.yaml",
            "evidence.yaml",
            "cards.yaml",
            "safety.md");

    /** What only some rules have: a word for what they withhold, an answer of their own beside what can be clicked. */
    private static final Set<String> PLACES_OF_SOME = Set.of("Withheld.java", "words.md");

    @TestFactory
    Stream<DynamicTest> aRuleOfPhaseCStandsInThesePlaces() {
        var rules = RuleTable.SAFETY_RULES.stream()
                .filter(rule -> rule.phase() == Phase.SAFETY)
                .map(Rule::id)
                .toList();
        assertTrue(rules.contains(RuleId.R_25), rules::toString);
        return rules.stream()
                .map(rule -> DynamicTest.dynamicTest(rule.id(), () -> {
                    var places = places(rule);
                    places.removeAll(PLACES_OF_SOME);
                    assertEquals(new TreeSet<>(PLACES), places);
                }));
    }

    @Test
    void theArchitectureNamesThesePlaces() throws IOException {
        var row = Files.readAllLines(Path.of("docs/architecture.md")).stream()
                .filter(line -> line.startsWith("| add a safety rule |"))
                .findFirst()
                .orElseThrow();
        for (var place : PLACES) {
            assertTrue(row.contains(place.replace(".java", "")) || place.startsWith("SafetyConditions"), place);
        }
    }

    /** Files that decide or say something of it; patients of the sandbox may tell of any rule. */
    private static TreeSet<String> places(RuleId rule) {
        var named =
                Pattern.compile("(?<![A-Za-z0-9])(%s|%s(?![A-Z0-9]))(?![a-z0-9])".formatted(rule.id(), rule.name()));
        return sources().stream()
                .filter(file -> named.matcher(read(file)).find())
                .map(file -> file.getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> sources() {
        try (var files = Files.walk(Path.of("src/main"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("sandbox"))
                    .filter(file -> file.toString().matches(".*\\.(java|yaml|md|csv|html|properties)"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
