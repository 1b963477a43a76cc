package health.setpoint.client.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.client.token.Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/** Members that a page shows are put into the sample file, in place of those of the same name, as an engineer would. */
@DisplayName("What the pages show of a client's file")
class ClientFilesOnPagesTest {

    private static final Path FOLDER = Path.of("docs/integrate");
    private static final Pattern BLOCK = Pattern.compile("```yaml[^\n]*\n(.*?)\n```", Pattern.DOTALL);

    private record Block(String page, String yaml) {}

    @TestFactory
    @DisplayName("is taken in the sample file")
    Stream<DynamicTest> isTakenInTheSampleFile() {
        return blocks().stream()
                .map(block -> DynamicTest.dynamicTest(
                        block.page(), () -> assertEquals(List.of(), faults(block.yaml()), block::yaml)));
    }

    @Test
    @DisplayName("is found")
    void isFound() {
        assertTrue(blocks().stream().anyMatch(block -> block.page().equals("epic.md")));
    }

    @Test
    @DisplayName("is refused where a member is misspelt")
    void isRefusedWhereAMemberIsMisspelt() {
        for (var block : blocks()) {
            assertFalse(faults(block.yaml() + "\ndialekt: epic\n").isEmpty());
        }
        assertFalse(faults("orderables: {dozes: []}").isEmpty());
    }

    private static List<String> faults(String members) {
        Map<String, Object> file = new TreeMap<>(yaml(read(FOLDER.resolve("sample-client.yaml"))));
        file.putAll(yaml(members));
        var folder = ClientFiles.folder(
                "north.yaml",
                new Yaml().dump(file),
                "cds-hooks-sandbox-keys.json",
                Keys.jwks(Keys.EC),
                "inferno-keys.json",
                Keys.jwks(Keys.EC));
        return ClientFile.read("north.yaml", folder, ClientFiles.OFFER).faults().stream()
                .map(ClientFileFault::toString)
                .toList();
    }

    private static Map<String, Object> yaml(String text) {
        return new Yaml().load(text);
    }

    private static List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        try (var pages = Files.list(FOLDER)) {
            pages.filter(page -> page.toString().endsWith(".md")).sorted().forEach(page -> BLOCK.matcher(read(page))
                    .results()
                    .forEach(found -> blocks.add(new Block(page.getFileName().toString(), found.group(1)))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return blocks;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
