package health.setpoint.app;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.client.token.Tokens;
import health.setpoint.hook.Calls;
import health.setpoint.hook.FixedClock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The SMART app for a registered client: where it can be launched, and to whom it answers. */
@QuarkusTest
@TestProfile(LaunchingClient.class)
@Tag("attack")
class AppOfClientTest {

    private static final String ADVICE = "/app/for/north/services/titration-patient-view";

    @ConfigProperty(name = LaunchingClient.EHR_PORT)
    int port;

    @ConfigProperty(name = "setpoint.public-url")
    String publicUrl;

    private StubEhr ehr;

    @BeforeEach
    void start() throws IOException {
        ehr = new StubEhr(port);
    }

    @AfterEach
    void stop() {
        ehr.close();
    }

    private String fhir() {
        return "http://127.0.0.1:" + port + "/fhir";
    }

    /** A call as the app sends it, with nothing prefetched. */
    private ObjectNode question(String fhirServer, String token) {
        var body = (ObjectNode) Calls.json("""
                {"hook": "patient-view", "context": {"userId": "Practitioner/1", "patientId": "%s"},
                 "fhirAuthorization": {"token_type": "Bearer", "expires_in": 300, "scope": "", "subject": "titration-app"}}
                """.formatted(StubEhr.PATIENT));
        body.put("hookInstance", UUID.randomUUID().toString()).put("fhirServer", fhirServer);
        body.withObject("/fhirAuthorization").put("access_token", token);
        return body;
    }

    private static Response ask(JsonNode body) {
        return given().contentType("application/json").body(body.toString()).post(ADVICE);
    }

    private List<JsonNode> linksOfCards(String client, String fhirServer) {
        var body =
                (ObjectNode) Calls.json(given().get("/samples/order-sign.json").asString());
        body.put("hookInstance", UUID.randomUUID().toString());
        if (!fhirServer.isEmpty()) {
            body.put("fhirServer", fhirServer);
        }
        var token = Tokens.good()
                .without("jku")
                .claim("iss", "https://" + client + ".example/r4")
                .claim("aud", publicUrl + "/cds-services/titration-order-sign")
                .claim("iat", FixedClock.NOW.getEpochSecond())
                .claim("exp", FixedClock.NOW.plusSeconds(300).getEpochSecond())
                .token();
        var answer = given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(body.toString())
                .post("/cds-services/titration-order-sign");
        assertEquals(200, answer.statusCode(), answer.asString());
        return StreamSupport.stream(
                        Calls.json(answer.asString()).at("/cards/0/links").spliterator(), false)
                .toList();
    }

    @Test
    void aCardLaunchesTheAppWhereTheEhrCan() {
        for (var server : List.of("", fhir())) {
            var links = linksOfCards("north", server);
            assertEquals("absolute", links.get(0).path("type").asText());
            assertTrue(links.get(0).path("appContext").isMissingNode());
            assertEquals("smart", links.get(1).path("type").asText());
            assertEquals(
                    publicUrl + "/app/for/north/launch",
                    links.get(1).path("url").asText());
            var context = Calls.json(links.get(1).path("appContext").asText());
            assertTrue(links.get(0)
                    .path("url")
                    .asText()
                    .contains(context.path("decision").asText()));
            assertFalse(context.toString().contains("example-patient"), "names no patient");
        }
    }

    @Test
    void noCardHasALinkThatCannotBeFollowed() {
        assertEquals(1, linksOfCards("south", fhir()).size(), "its file names no app");
        assertEquals(1, linksOfCards("north", "https://other.example/fhir").size(), "that server launches nothing");
        given().get("/app/for/south/launch").then().statusCode(404);
        given().get("/app/for/quiet/launch").then().statusCode(404);
        given().get("/app/for/nobody/launch").then().statusCode(404);
        given().get("/app/for/local/launch").then().statusCode(404);
    }

    @Test
    void theSandboxesOwnAppStaysClosed() {
        for (var path : List.of("/app", "/app/launch", "/app/configuration", "/sandbox", "/sandbox/auth/keys")) {
            given().get(path).then().statusCode(404);
        }
    }

    @Test
    void thePagesConnectToTheServersOfThisClientOnly() {
        for (var path : List.of("/app/for/north", "/app/for/north/launch")) {
            given().get(path)
                    .then()
                    .statusCode(200)
                    .header(
                            "Content-Security-Policy",
                            allOf(
                                    containsString("connect-src 'self' http://127.0.0.1:" + port + ";"),
                                    containsString("script-src 'self';"),
                                    containsString("frame-ancestors 'none'")));
        }
        given().get("/app/for/north/configuration")
                .then()
                .statusCode(200)
                .body("clientId", equalTo(StubEhr.CLIENT_ID))
                .body("servers", equalTo(List.of(fhir())))
                .body("sandbox", equalTo(false));
    }

    @Test
    void whoeverMayReadThePatientIsAnsweredAndTheEhrIsAskedForTheRest() {
        ask(question(fhir(), StubEhr.TOKEN))
                .then()
                .statusCode(200)
                .body("cards.summary", hasItem(containsString("hold anastrozole")))
                .body("explanation.trace.rule", hasItem("R-40"));
    }

    @Test
    void whoeverMayNotReadThePatientLearnsNothing() {
        var patient = question(fhir(), "a-guess");
        patient.withObject("/prefetch/patient")
                .put("resourceType", "Patient")
                .put("id", StubEhr.PATIENT)
                .put("gender", "male")
                .put("birthDate", "1970-01-01");
        var another = question(fhir(), StubEhr.TOKEN);
        another.withObject("/context").put("patientId", "somebody-else");
        var none = question(fhir(), StubEhr.TOKEN);
        none.remove("fhirAuthorization");
        var nowhere = question(fhir(), StubEhr.TOKEN);
        nowhere.remove("fhirServer");
        for (var refused : List.of(patient, another, none, nowhere)) {
            ask(refused).then().statusCode(401).body(not(containsString("explanation")));
        }
    }

    @Test
    void aForeignServerIsNotSentTheToken() {
        for (var server : List.of(
                "https://evil.example/fhir",
                "http://127.0.0.1:" + port + "/fhirs",
                "http://127.0.0.1:" + port + "/fhir/../other",
                "http://127.0.0.1:" + port + "/fhir/%2e%2e/other",
                "http://north@127.0.0.1:" + port + "/fhir")) {
            var status = ask(question(server, StubEhr.TOKEN)).statusCode();
            assertTrue(status == 401 || status == 400, server + " " + status);
        }
        assertEquals(List.of(), ehr.asked());
    }

    @Test
    void anAddressThatKeepsGuessingIsToldToWait() throws IOException {
        var last = 0;
        for (int i = 0; i < 200 && last != 429; i++) {
            last = guessFromElsewhere();
        }
        assertEquals(429, last);
    }

    /** From another address of this machine, so that the other tests are not told to wait. */
    private int guessFromElsewhere() throws IOException {
        try (var socket =
                new Socket("127.0.0.1", URI.create(publicUrl).getPort(), InetAddress.getByName("127.0.0.2"), 0)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("POST " + ADVICE + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 2\r\nConnection: close\r\n\r\n{}")
                            .getBytes(StandardCharsets.US_ASCII));
            var line =
                    new String(socket.getInputStream().readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
            return Integer.parseInt(line.substring("HTTP/1.1 ".length()));
        }
    }
}
