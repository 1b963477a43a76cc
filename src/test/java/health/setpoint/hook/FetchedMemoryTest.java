package health.setpoint.hook;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a FHIR server answers is charged to the memory of all calls under way, as what callers send is. */
@QuarkusTest
@TestProfile(FetchedMemoryTest.LittleMemory.class)
@Tag("attack")
class FetchedMemoryTest {

    /** Half of it for one address: many usual calls, and no answer of half a megabyte. */
    public static class LittleMemory implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("setpoint.memory-in-flight", "2M");
        }
    }

    private static final String BUNDLE = "{\"resourceType\":\"Bundle\",\"entry\":[%s]}";

    private volatile String answer;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Response withLabsFetched(String bundle) {
        answer = bundle;
        return Calls.send("order-sign", Calls.with(Calls.sandbox("order-sign"), call -> {
            call.put("hookInstance", UUID.randomUUID().toString());
            call.put("fhirServer", "http://127.0.0.1:" + server.getAddress().getPort() + "/fhir");
            call.withObject("/prefetch").remove("labs");
        }));
    }

    @Test
    void anAnswerThatDoesNotFitIsA503WithALineAndHoldsNothingAfterwards() {
        var tooManyBytes = BUNDLE.formatted(
                "{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"" + "x".repeat(700_000) + "\"}}");
        var tooManyTokens = BUNDLE.formatted("{},".repeat(60_000) + "{}");
        for (var odd : List.of(tooManyBytes, tooManyTokens)) {
            for (int i = 0; i < 5; i++) {
                try (var log = new LogLines()) {
                    var refused = withLabsFetched(odd);
                    refused.then()
                            .statusCode(503)
                            .header("Retry-After", "1")
                            .body("issue[0].code", equalTo("transient"));
                    var id = refused.header("X-Request-Id");
                    assertEquals(1, log.with(id, Duration.ofSeconds(5)).size(), () -> id + " in " + log.all());
                }
            }
            // The server was not at fault, and is still asked.
            assertEquals(200, withLabsFetched(BUNDLE.formatted("")).statusCode());
        }
    }
}
