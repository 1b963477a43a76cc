package health.setpoint.clinic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.clinic.ClinicTables.Row;
import health.setpoint.clinic.DialectAnswers.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@DisplayName("The answer in each dialect")
class DialectAnswersTest {

    private static final Path FOLDER = Path.of("src/test/resources/dialects");
    private static final String BY_HAND = "**By hand:** ";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @TestFactory
    @DisplayName("is the one on file (write it anew with -Dsetpoint.dialects=write)")
    Stream<DynamicTest> isTheOneOnFile() {
        return DialectAnswers.SITES.stream().flatMap(site -> ClinicTables.rows(FOLDER.resolve("families.md")).stream()
                .map(row -> test(site, row)));
    }

    private static DynamicTest test(Site site, Row row) {
        return DynamicTest.dynamicTest(site.folder() + ", " + row.title(), () -> {
            Path file = FOLDER.resolve(site.folder()).resolve(row.title().replace(' ', '-') + ".json");
            String answer = written(DialectAnswers.answer(row, site).deepCopy());
            if ("write".equals(System.getProperty("setpoint.dialects"))) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, answer);
            }
            assertEquals(read(file), answer);
        });
    }

    private static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static String written(ObjectNode answer) throws JsonProcessingException {
        for (JsonNode card : answer.path("cards")) {
            ObjectNode shortened = (ObjectNode) card;
            List<String> byHand = byHand(card.path("detail").asText());
            if (byHand.isEmpty()) {
                shortened.remove("detail");
            } else {
                ArrayNode lines = JsonNodeFactory.instance.arrayNode();
                byHand.forEach(lines::add);
                shortened.set("detail", lines);
            }
            JsonNode advice = card.path("extension").path("health.setpoint.advice");
            ((ObjectNode) advice).retain("rules", "advice", "proposedWeeklyDoseMg");
        }
        return JSON.writeValueAsString(answer) + "\n";
    }

    private static List<String> byHand(String detail) {
        return detail.lines()
                .filter(line -> line.startsWith(BY_HAND))
                .map(line -> line.substring(BY_HAND.length()))
                .toList();
    }
}
