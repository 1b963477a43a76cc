package health.setpoint.hook;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README promises a card; whoever sends its sample gets that card, dates apart. */
@QuarkusTest
class ReadmeTest {

    @Test
    void theCardOfTheReadmeIsTheOneThatComesBack() throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        var sample = Calls.request().get("/samples/order-sign.json").asString();
        var card = Calls.json(Calls.send("order-sign", sample).asString()).at("/cards/0");
        var advice = card.at("/extension/health.setpoint.advice");

        shows(readme, card.path("summary").textValue());
        shows(readme, "(" + card.path("indicator").textValue() + ")");
        shows(readme, "\"advice\": \"" + advice.path("advice").textValue() + "\"");
        shows(readme, "\"proposedWeeklyDoseMg\": " + advice.path("proposedWeeklyDoseMg"));
        for (JsonNode rule : advice.path("rules")) {
            shows(readme, "\"" + rule.textValue() + "\"");
        }
        card.path("suggestions")
                .path(0)
                .path("actions")
                .forEach(action -> shows(readme, "`" + action.path("type").textValue() + "`"));
    }

    private static void shows(String readme, String text) {
        assertTrue(readme.contains(text), "README.md does not show: " + text);
    }
}
