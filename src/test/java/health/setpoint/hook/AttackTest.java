package health.setpoint.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tests that stand for a promise about hostile input all run in a long attack. */
@Tag("attack")
class AttackTest {

    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|OnAnyStore))`");

    @Test
    void theLongAttackRunsEveryTestThatThePageOnSecurityNames() throws IOException {
        var named = NAMED.matcher(Files.readString(Path.of("docs/security.md")))
                .results()
                .map(MatchResult::group)
                .map(name -> name.substring(1, name.length() - 1))
                .distinct()
                .toList();
        assertTrue(named.size() > 30, () -> named.toString());
        assertEquals(List.of(), named.stream().filter(name -> !isTagged(name)).toList(), "without @Tag(\"attack\")");
    }

    private static boolean isTagged(String name) {
        try (var files = Files.walk(TESTS)) {
            var file = files.filter(path -> path.endsWith(name + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no test " + name));
            var type = TESTS.relativize(file).toString().replace(".java", "").replace('/', '.');
            return Arrays.stream(Class.forName(type, false, AttackTest.class.getClassLoader())
                            .getAnnotationsByType(Tag.class))
                    .anyMatch(tag -> tag.value().equals("attack"));
        } catch (IOException | ClassNotFoundException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
