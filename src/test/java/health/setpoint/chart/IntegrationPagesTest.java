package health.setpoint.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.prefetch.PrefetchKeys;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.facts.Hook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("The pages on integration")
class IntegrationPagesTest {

    private static final Path FOLDER = Path.of("docs/integrate");

    /** Pages for EHRs into which somebody types the prefetch. */
    private static final List<String> WITH_PREFETCH =
            List.of("epic.md", "oracle-health.md", "athenahealth.md", "plain-r4.md");

    private static final Pattern BLOCK = Pattern.compile("```json prefetch\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+?)(?:#[^)]*)?\\)");

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @TestFactory
    @DisplayName("give the prefetch that discovery publishes (write it anew with -Dsetpoint.pages=write)")
    Stream<DynamicTest> givePrefetchAsPublished() {
        return WITH_PREFETCH.stream()
                .map(page -> DynamicTest.dynamicTest(page, () -> {
                    Path file = FOLDER.resolve(page);
                    String text = Files.readString(file);
                    if ("write".equals(System.getProperty("setpoint.pages"))) {
                        text = BLOCK.matcher(text)
                                .replaceAll(Matcher.quoteReplacement("```json prefetch\n" + published() + "\n```"));
                        Files.writeString(file, text);
                    }
                    Matcher block = BLOCK.matcher(text);
                    assertTrue(block.find(), page + " has no prefetch block");
                    assertEquals(published(), block.group(1));
                }));
    }

    @Test
    @DisplayName("link to files that exist")
    void linkToFilesThatExist() throws IOException {
        try (Stream<Path> pages = Files.list(FOLDER)) {
            List<String> broken = pages.filter(page -> page.toString().endsWith(".md"))
                    .flatMap(page -> LINK.matcher(read(page))
                            .results()
                            .map(link -> link.group(1))
                            .filter(link -> !Files.exists(FOLDER.resolve(link)))
                            .map(link -> page.getFileName() + ": " + link))
                    .toList();
            assertEquals(List.of(), broken);
        }
    }

    /** The templates without date limits, which move every day. */
    private static String published() throws JsonProcessingException {
        ObjectNode prefetch = JsonNodeFactory.instance.objectNode();
        new PrefetchKeys(Knowledge.load().terminology())
                .forHook(Hook.ORDER_SIGN)
                .forEach(key -> prefetch.put(key.name(), key.query()));
        return JSON.writeValueAsString(prefetch);
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
