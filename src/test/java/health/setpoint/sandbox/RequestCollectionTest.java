package health.setpoint.sandbox;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each request of the collection that is shipped for trials is answered, and shows the rule that its title names. */
@QuarkusTest
class RequestCollectionTest {

    private static final Path COLLECTION = Path.of("docs/integrate/setpoint.http");
    private static final Pattern RULE = Pattern.compile("\\((R-\\d+)\\)");

    @TestFactory
    Stream<DynamicTest> everyRequestWorksAsItIsShipped() throws IOException {
        var requests = Files.readString(COLLECTION).split("(?m)^### ");
        assertTrue(requests.length > 10, "a request begins with ###");
        return Arrays.stream(requests)
                .skip(1)
                .map(request ->
                        DynamicTest.dynamicTest(request.lines().findFirst().orElseThrow(), () -> send(request)));
    }

    private static void send(String written) {
        var parts = written.replace("{{base}}", "http://localhost:" + RestAssured.port)
                .split("\n\n", 2);
        var lines = parts[0].lines().toList();
        var call = lines.get(1).split(" ", 2);
        var request = given().urlEncodingEnabled(true);
        lines.stream().skip(2).map(line -> line.split(": ", 2)).forEach(header -> request.header(header[0], header[1]));
        if (call[0].equals("POST")) {
            request.body(parts[1].strip());
        }
        var answer = request.request(call[0], call[1]);
        assertEquals(200, answer.statusCode(), answer::asString);
        var rule = RULE.matcher(lines.get(0));
        if (rule.find()) {
            assertTrue(answer.asString().contains("\"" + rule.group(1) + "\""), answer::asString);
        }
    }
}
