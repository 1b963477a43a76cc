package health.setpoint.hook;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import health.setpoint.journal.JournalReader;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A prefetch key that did not come: the EHR's FHIR server on this machine is asked, and no other. */
@QuarkusTest
class MissingPrefetchTest {

    private static final String RULES = "cards.extension.'health.setpoint.advice'.rules.flatten()";

    @Inject
    JournalReader journal;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void startFhirServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/fhir/", this::answer);
        server.start();
    }

    @AfterEach
    void stopFhirServer() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .ifPresent(tokens::add);
        String body = path.endsWith("Observation")
                ? captured().at("/prefetch/labs").toString()
                : "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":0}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", "application/fhir+json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static ObjectNode captured() {
        return Calls.sandbox("order-sign");
    }

    private ObjectNode withoutLabs(String fhirServer) {
        return Calls.with(captured(), call -> {
            ((ObjectNode) call.get("prefetch")).remove("labs");
            call.put("fhirServer", fhirServer);
        });
    }

    private String here() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/fhir";
    }

    @Test
    void missingLabsAreFetchedFromAServerOnThisMachine() {
        Calls.send("order-sign", withoutLabs(here())).then().statusCode(200).body(RULES, hasItem("R-60"));
        assertTrue(asked.contains("/fhir/Observation"), () -> "asked: " + asked);
        assertEquals(List.of(), tokens);
    }

    @Test
    void theTimeOfFetchingStandsInTheJournal() {
        var call = withoutLabs(here()).put("hookInstance", UUID.randomUUID().toString());
        Calls.send("order-sign", call).then().statusCode(200);
        List<String> timings = new ArrayList<>();
        journal.decisions(Instant.EPOCH, FixedClock.NOW.plusSeconds(3600), decision -> {
            if (decision.hookInstance().equals(call.get("hookInstance").textValue())) {
                timings.add(decision.timings());
            }
        });
        assertEquals(1, timings.size());
        assertTrue(Calls.json(timings.get(0)).path("fetch").asLong() > 0, timings.get(0));
    }

    @Test
    void theTokenOfTheRequestGoesToThatServer() {
        var call = withoutLabs(here());
        call.putObject("fhirAuthorization")
                .put("access_token", "a-token-for-this-call")
                .put("token_type", "Bearer")
                .put("expires_in", 300)
                .put("scope", "patient/*.rs")
                .put("subject", "setpoint");
        Calls.send("order-sign", call).then().statusCode(200);
        org.hamcrest.MatcherAssert.assertThat(tokens, everyItem(containsString("Bearer a-token-for-this-call")));
        assertTrue(!tokens.isEmpty(), "the server saw the token");
    }

    @Test
    void aServerElsewhereIsNotAskedAndTheAnswerNamesTheKey() {
        Calls.send("order-sign", withoutLabs("https://ehr.example.org/fhir"))
                .then()
                .statusCode(412)
                .body("issue.diagnostics.join(' ')", containsString("labs"));
        assertEquals(List.of(), asked);
    }
}
