package health.setpoint.client.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.client.token.Keys;
import health.setpoint.client.token.Tokens;
import health.setpoint.hook.LogLines;
import health.setpoint.knowledge.SignedForm;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The service with registered clients: who is let in, and what each of them gets. */
@QuarkusTest
@TestProfile(RegisteredClientsTest.WithClients.class)
@Tag("attack")
class RegisteredClientsTest {

    /** An empty folder, to be filled while the service runs. */
    public static class WithClients implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "setpoint.clients.folder",
                    TestClients.folder().toString(),
                    "setpoint.clients.poll",
                    "1s",
                    "setpoint.public-url",
                    Tokens.BASE,
                    "setpoint.operator-token",
                    OPERATOR,
                    "setpoint.slowest-body",
                    "1s",
                    "setpoint.largest-bundle",
                    "300",
                    "setpoint.capture.folder",
                    TestClients.folder().resolve("captured").toString(),
                    "setpoint.capture.clients",
                    "signs",
                    "setpoint.sign-off",
                    SignedForm.shipped(item -> item.id().equals("R-55")).toString());
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPERATOR = "the operator's token";
    private static final String ORDER_SIGN = "/cds-services/titration-order-sign";

    @ConfigProperty(name = "setpoint.clients.folder")
    Path folder;

    @ConfigProperty(name = "setpoint.capture.folder")
    Path captured;

    @TestHTTPResource
    URL base;

    @Inject
    AccessControlBeans opened;

    @Inject
    @DataSource("embedded")
    AgroalDataSource journal;

    @BeforeEach
    void register() throws IOException, InterruptedException {
        if (opened.registry().orElseThrow().clients().size() > 0) {
            return;
        }
        given().get("/q/health/ready").then().statusCode(503).body("checks.name", hasItem("clients"));
        assertEquals(401, call("full", order()).statusCode(), "a folder without a client serves nobody");
        write("full", "mode: full\nmay: [explain, reports]\nfhir-client-id: setpoint");
        write("shadow", "mode: shadow");
        write("off", "mode: off");
        write("cautious", "mode: safety-only");
        write("signs", "mode: full\nservices: [titration-order-sign]");
        write("busy", "mode: full\nlimits: {calls-per-second: 1, calls-at-once: 50}");
        write("narrow", "mode: full\nlimits: {calls-at-once: 1}\nlab-search: category");
        write("inferno", "mode: full\ndialect: inferno\nmay: [explain]\nmute-days: 30");
        for (int i = 0; opened.registry().orElseThrow().clients().size() < 8; i++) {
            assertTrue(
                    i < 100,
                    "the clients come into force: "
                            + opened.registry().orElseThrow().faults());
            Thread.sleep(100);
        }
    }

    private void write(String name, String more) throws IOException {
        Files.writeString(folder.resolve(name + ".yaml"), """
                name: %s
                issuer: https://%s.example/r4
                keys: {jwks: %s}
                zone: UTC
                %s
                """.formatted(name, name, Keys.jwks(Keys.EC), more));
    }

    private static Tokens of(String client) {
        return Tokens.good().without("jku").claim("iss", "https://" + client + ".example/r4");
    }

    private static ObjectNode order() {
        try {
            var sample = (ObjectNode) JSON.readTree(given().get("/samples/order-sign.json")
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString());
            return sample.put("hookInstance", UUID.randomUUID().toString());
        } catch (JsonProcessingException noJson) {
            throw new AssertionError(noJson);
        }
    }

    private static Response call(String client, JsonNode body) {
        return send(of(client).token(), ORDER_SIGN, body);
    }

    private static Response send(String token, String path, JsonNode body) {
        return given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(body.toString())
                .post(path);
    }

    private static List<JsonNode> kept(JsonNode body) throws JsonProcessingException {
        List<JsonNode> kept = new ArrayList<>();
        for (var line : given().header("Authorization", "Bearer " + OPERATOR)
                .get("/journal/decisions.ndjson")
                .asString()
                .lines()
                .toList()) {
            var decision = JSON.readTree(line);
            if (decision.path("hookInstance").equals(body.path("hookInstance"))) {
                kept.add(decision);
            }
        }
        return kept;
    }

    private static List<String> advice(Response answer) {
        return answer.jsonPath().getList("cards.extension.'health.setpoint.advice'.advice");
    }

    @Test
    void whatAClinicianSignedIsShownOnCardsAndInTheSourceAttributes() {
        var detail = call("full", order()).jsonPath().getString("cards[0].detail");
        assertTrue(detail.contains(", signed in part by Anna Berg (endocrinologist, 2026-02-01): 0 of "), detail);
        var attributes = given().get("/dsi/source-attributes").jsonPath();
        assertEquals(1, attributes.getInt("signOff.rules.signed"));
        assertEquals("Anna Berg, endocrinologist", attributes.getString("rules.find { it.rule == 'R-55' }.signedBy"));
    }

    @Test
    void discoveryAsksForResultsAsTheClientsLaboratoryNeedsIt() {
        for (var client : List.of("full", "narrow")) {
            var labs = given().header(
                            "Authorization",
                            "Bearer "
                                    + of(client)
                                            .claim("aud", Tokens.BASE + "/cds-services")
                                            .token())
                    .get("/cds-services")
                    .jsonPath()
                    .getString("services[0].prefetch.labs");
            assertEquals(client.equals("narrow"), labs.contains("&category=laboratory&"), labs);
        }
    }

    @Test
    void aRefusedCallOfTheClientThatIsLookedAtIsWrittenWithoutItsPatient() throws IOException {
        var lacking = order();
        lacking.withObject("/prefetch").remove("labs");
        assertEquals(412, call("full", lacking).statusCode());
        assertEquals(200, call("signs", order()).statusCode());
        assertEquals(401, send("no.token.atall", ORDER_SIGN, lacking).statusCode());
        var refused = call("signs", lacking);
        assertEquals(412, refused.statusCode());
        try (var files = Files.list(captured)) {
            var kept = files.toList();
            assertEquals(1, kept.size(), kept::toString);
            assertTrue(kept.get(0).toString().contains("412-" + refused.header("X-Request-Id")), kept::toString);
            var call = JSON.readTree(kept.get(0).toFile());
            assertEquals(lacking.path("prefetch").size(), call.path("prefetch").size());
            assertFalse(
                    call.toString().contains(lacking.at("/context/patientId").asText()));
        }
    }

    @Test
    void aClientHasTheDialectOfItsFile() {
        assertEquals(
                403,
                send(of("full").token(), ORDER_SIGN + "?dialect=epic", order()).statusCode());
    }

    @Test
    void thePageAtTheRootShowsNoDoorThatIsClosed() {
        given().header("Accept", "text/html")
                .get("/")
                .then()
                .statusCode(200)
                .body(containsString("Registered clients only"))
                .body(not(containsString("/sandbox")))
                .body(not(containsString("/journal")))
                .body(not(containsString("\"/cds-services\"")));
        for (var path : List.of(
                "/sandbox",
                "/sandbox/",
                "/sandbox/main.js",
                "/sandbox/patients.json",
                "/sandbox/fhir/metadata",
                "/sandbox/fhir/.well-known/smart-configuration",
                "/sandbox/auth/authorize",
                "/app",
                "/app/launch",
                "/webjars/uplot/dist/uPlot.min.css")) {
            given().get(path).then().statusCode(404);
        }
    }

    @Test
    void whoeverShowsNoTokenLearnsOnlyThatOneIsNeeded() {
        Set<String> told = new LinkedHashSet<>();
        for (var path : List.of(ORDER_SIGN, ORDER_SIGN + "/feedback", "/cds-services/nothing")) {
            var answer = given().contentType("application/json").body("{}").post(path);
            assertEquals(401, answer.statusCode(), path);
            assertEquals("Bearer", answer.header("WWW-Authenticate"));
            told.add(answer.jsonPath().getString("issue.details.text"));
        }
        var discovery = given().get("/cds-services");
        assertEquals(401, discovery.statusCode());
        told.add(discovery.jsonPath().getString("issue.details.text"));
        for (var token : List.of(
                of("nobody").token(),
                of("full").claim("exp", 1).token(),
                of("full").claim("aud", "https://other.example").token(),
                of("full").header("kid", "other").token(),
                "no.token.atall")) {
            var answer = send(token, ORDER_SIGN, order());
            assertEquals(401, answer.statusCode());
            assertEquals("OperationOutcome", answer.jsonPath().getString("resourceType"));
            told.add(answer.jsonPath().getString("issue.details.text"));
        }
        assertEquals(1, told.size(), "no reason is told: " + told);
    }

    @Test
    void theDescriptionOfTheApiIsOpenAndNamesNoClient() {
        var document =
                given().get("/q/openapi").then().statusCode(200).extract().asString();
        assertTrue(document.contains("/cds-services/{id}/feedback"), document);
        for (var secret : List.of(OPERATOR, "cautious", "shadow.example", folder.toString())) {
            assertFalse(document.contains(secret), secret);
        }
    }

    @Test
    void aClientGetsTheCardsThatItsFileSays() throws JsonProcessingException {
        var order = order();
        var answer = call("full", order);
        assertEquals(200, answer.statusCode());
        assertEquals("start", advice(answer).get(0));
        assertEquals("full", kept(order).get(0).path("client").textValue());
        assertFalse(kept(order).get(0).path("silent").booleanValue());
        assertNotNull(call("inferno", order()).jsonPath().get("systemActions"), "a dialect shapes the answer");
    }

    @Test
    void inTheShadowEverythingIsKeptAndNothingIsShown() throws JsonProcessingException {
        var order = order();
        assertEquals("{\"cards\":[]}", call("shadow", order).asString());
        var kept = kept(order).get(0);
        assertEquals("shadow", kept.path("client").textValue());
        assertTrue(kept.path("silent").booleanValue());
        assertFalse(kept.path("cards").isEmpty(), "what would have been shown");
    }

    @Test
    void aClientThatIsOffGets404AndTheJournalSaysSo() throws JsonProcessingException {
        var order = order();
        assertEquals(404, call("off", order).statusCode());
        assertEquals(404, kept(order).get(0).path("status").intValue());
        assertEquals("off", kept(order).get(0).path("client").textValue());
        assertEquals(List.of(), discovery("off"));
    }

    @Test
    void safetyOnlyNeverSuggestsAStart() {
        var answer = call("cautious", order());
        assertEquals(200, answer.statusCode());
        assertFalse(advice(answer).isEmpty());
        assertTrue(
                Collections.disjoint(advice(answer), List.of("start", "increase")),
                advice(answer).toString());
    }

    private static List<String> discovery(String client) {
        return given().header(
                        "Authorization",
                        "Bearer "
                                + of(client)
                                        .claim("aud", Tokens.BASE + "/cds-services")
                                        .token())
                .get("/cds-services")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("services.id");
    }

    @Test
    void aClientSeesAndCallsOnlyTheServicesOfItsFile() {
        assertEquals(List.of("titration-order-sign"), discovery("signs"));
        assertEquals(3, discovery("full").size());
        var view = Tokens.BASE + "/cds-services/titration-patient-view";
        assertEquals(
                403,
                send(of("signs").claim("aud", view).token(), "/cds-services/titration-patient-view", order())
                        .statusCode());
    }

    @Test
    void aTokenIsGoodOnce() {
        var token = of("full").token();
        assertEquals(200, send(token, ORDER_SIGN, order()).statusCode());
        assertEquals(401, send(token, ORDER_SIGN, order()).statusCode());
    }

    @Test
    void theHostHeaderDecidesNothing() {
        var elsewhere = of("full").claim("aud", base + "cds-services/titration-order-sign");
        assertEquals(401, send(elsewhere.token(), ORDER_SIGN, order()).statusCode());
        var answer = given().header(
                        "Authorization",
                        "Bearer "
                                + of("full")
                                        .claim("aud", "https://evil.example" + ORDER_SIGN)
                                        .token())
                .header("Host", "evil.example")
                .header("X-Forwarded-Host", "evil.example")
                .contentType("application/json")
                .body(order().toString())
                .post(ORDER_SIGN);
        assertEquals(401, answer.statusCode());
    }

    @Test
    void pathsWrittenOddlyDoNotGoRoundTheDoor() {
        for (var path : List.of(
                "/cds-services/",
                "//cds-services",
                "/cds-services;a=b",
                "/x/../cds-services",
                "/cds-services/%74itration-order-sign",
                "/CDS-SERVICES")) {
            var answer = given().urlEncodingEnabled(false).get(path);
            assertTrue(answer.statusCode() >= 400, path + " " + answer.statusCode());
        }
    }

    @Test
    void feedbackIsKeptUnderTheClientsNameAndTakesBothSpellingsOfItsAudience()
            throws JsonProcessingException, SQLException {
        for (var audience : List.of(Tokens.ORDER_SIGN, Tokens.ORDER_SIGN + "/feedback")) {
            var card = UUID.randomUUID().toString();
            var feedback = JSON.readTree("{\"feedback\":[{\"card\":\"" + card
                    + "\",\"outcome\":\"overridden\",\"outcomeTimestamp\":\"2026-11-23T15:00:00Z\"}]}");
            assertEquals(
                    200,
                    send(of("shadow").claim("aud", audience).token(), ORDER_SIGN + "/feedback", feedback)
                            .statusCode());
            assertEquals("shadow", clientOfFeedback(card));
        }
    }

    private String clientOfFeedback(String card) throws SQLException {
        try (var connection = journal.getConnection();
                var question = connection.prepareStatement("select client from feedback where card = ?")) {
            question.setString(1, card);
            var rows = question.executeQuery();
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }

    private static Response report(String token) {
        return given().header("Authorization", "Bearer " + token).get("/journal/report");
    }

    private static Tokens forReport(String client) {
        return of(client).claim("aud", Tokens.BASE + "/journal/report");
    }

    @Test
    void aClientThatMayReadsTheReportOnItsOwnCardsOnly() {
        call("full", order());
        call("cautious", order());
        assertEquals(401, given().get("/journal/report").statusCode());
        assertEquals(401, report("no.such.token").statusCode());
        assertEquals(401, report(of("full").token()).statusCode(), "a token for another URL");
        assertEquals(403, report(forReport("cautious").token()).statusCode());
        var token = forReport("full").token();
        var own = report(token).then().statusCode(200).extract().jsonPath();
        assertEquals(Set.of("full"), Set.copyOf(own.getList("rules.client")));
        assertTrue(own.getInt("decisions") > 0);
        assertEquals(401, report(token).statusCode(), "a token is good once");
        var all = report(OPERATOR).then().statusCode(200).extract().jsonPath();
        assertTrue(Set.copyOf(all.getList("rules.client")).containsAll(Set.of("full", "cautious")));
        assertTrue(all.getInt("decisions") > own.getInt("decisions"));
    }

    @Test
    void theJournalsExportsAreTheOperatorsAlone() {
        for (var path : List.of("decisions", "feedback", "audit-events")) {
            var export = "/journal/" + path + ".ndjson";
            assertEquals(401, given().get(export).statusCode());
            assertEquals(
                    401,
                    given().header(
                                    "Authorization",
                                    "Bearer "
                                            + of("full")
                                                    .claim("aud", Tokens.BASE + export)
                                                    .token())
                            .get(export)
                            .statusCode());
        }
    }

    /** From an address of its own, so that the others' lines are not used up. */
    private String from(String address, String path, String authorization) throws IOException {
        try (var socket = new Socket()) {
            socket.bind(new InetSocketAddress(address, 0));
            socket.connect(new InetSocketAddress("127.0.0.1", base.getPort()));
            socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
                                    + authorization + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whoTriesOperatorsTokensLeavesItsAddressAndLocksNobodyOut() throws IOException {
        for (var path : List.of("/journal/decisions.ndjson", "/journal/report")) {
            var address = path.endsWith("report") ? "127.0.0.31" : "127.0.0.32";
            try (var log = new LogLines()) {
                List<String> statuses = new ArrayList<>();
                for (int i = 0; i < 70; i++) {
                    statuses.add(from(address, path, "Bearer wrong-" + i).substring(9, 12));
                }
                assertEquals(
                        List.of("401"),
                        statuses.subList(0, 10).stream().distinct().toList());
                assertTrue(Collections.frequency(statuses, "429") > 40, statuses::toString);
                assertEquals("200", from(address, path, "Bearer " + OPERATOR).substring(9, 12));
                var lines = log.with("(from " + address + ")", Duration.ofSeconds(5));
                assertTrue(lines.size() >= 50 && lines.size() <= 65, lines.size() + " lines");
                assertFalse(log.all().toString().contains("wrong-"));
            }
        }
    }

    @Test
    void anExportLeavesALineThatSaysWhoAskedAndForWhat() throws IOException {
        try (var log = new LogLines()) {
            var answer =
                    from("127.0.0.33", "/journal/decisions.ndjson?from=2026-11-01&to=2026-11-30", "Bearer " + OPERATOR);
            var id = answer.split("X-Request-Id: ")[1].split("\r")[0];
            assertEquals(
                    List.of("request " + id + ": the journal's decisions from 2026-11-01 to 2026-11-30 are exported to"
                            + " the operator at 127.0.0.33"),
                    log.with("exported", Duration.ofSeconds(5)));
        }
    }

    @Test
    void anAddressThatExportsOverAndOverIsAskedToWait() throws IOException {
        var last = "";
        for (int i = 0; i < 200 && !last.startsWith("HTTP/1.1 429"); i++) {
            last = from("127.0.0.34", "/journal/feedback.ndjson?from=2020-01-01&to=2020-01-01", "Bearer " + OPERATOR);
        }
        assertTrue(last.startsWith("HTTP/1.1 429") && last.contains("Retry-After: "), last);
        assertTrue(from("127.0.0.35", "/journal/feedback.ndjson", "Bearer " + OPERATOR)
                .startsWith("HTTP/1.1 200"));
    }

    @Test
    void callersWithoutAGoodTokenLeaveSoManyLinesAndNoMore() throws IOException {
        try (var log = new LogLines()) {
            for (int i = 0; i < 150; i++) {
                assertTrue(from("127.0.0.36", "/cds-services", "Bearer no.good.token")
                        .startsWith("HTTP/1.1 401"));
            }
            var lines = log.with("(from 127.0.0.36)", Duration.ofSeconds(5));
            assertTrue(lines.size() >= 40 && lines.size() <= 80, lines.size() + " lines");
        }
    }

    @Test
    void anExplanationStandsBesideTheVeryAnswerOfTheClientsDialect() {
        var order = order();
        ((ObjectNode) order.path("context")).put("userId", "Practitioner/" + UUID.randomUUID());
        var all = answerIn(explained(order));
        assertEquals(answerOf("inferno", order), all);
        assertTrue(all.has("systemActions"), all::toString);
        override("inferno", all);
        var fewer = answerIn(explained(order));
        assertEquals(answerOf("inferno", order), fewer);
        assertTrue(fewer.path("cards").size() < all.path("cards").size(), "what is muted is muted here too");
    }

    private static ObjectNode explained(ObjectNode order) {
        var answer = send(of("inferno").token(), ORDER_SIGN + "?explain=true", order);
        assertEquals(200, answer.statusCode());
        return json(answer);
    }

    private static ObjectNode answerIn(ObjectNode explained) {
        assertTrue(explained.remove("explanation").isObject());
        return withoutLinks(explained);
    }

    private static ObjectNode answerOf(String client, ObjectNode order) {
        return withoutLinks(json(call(client, order)));
    }

    /** Each answer is a decision of its own, to which its cards link. */
    private static ObjectNode withoutLinks(ObjectNode answer) {
        answer.path("cards")
                .forEach(card -> assertTrue(((ObjectNode) card).remove("links").isArray()));
        return answer;
    }

    private static ObjectNode json(Response answer) {
        try {
            return (ObjectNode) JSON.readTree(answer.asString());
        } catch (JsonProcessingException noJson) {
            throw new AssertionError(noJson);
        }
    }

    /** Two hospitals may name their calls alike, and their patients and users too. */
    @Test
    void whatOneClientReportsOfAnothersCardsTouchesNothing() throws SQLException {
        var order = order();
        ((ObjectNode) order.path("context")).put("userId", "Practitioner/" + UUID.randomUUID());
        var shown = answerOf("inferno", order);
        var others = answerOf("full", order);
        assertEquals(shown.path("cards").size(), others.path("cards").size());
        assertTrue(Collections.disjoint(uuids(shown), uuids(others)), shown + " " + others);
        assertEquals(uuids(shown), uuids(answerOf("inferno", order)), "a retry gives the same cards");
        override("full", shown);
        for (var card : uuids(shown)) {
            assertFalse(isKnown(card), "to the client that reports it");
        }
        assertEquals(uuids(shown), uuids(answerOf("inferno", order)), "nothing is muted");
        override("inferno", shown);
        assertTrue(uuids(shown).size() > uuids(answerOf("inferno", order)).size(), "its own feedback mutes");
    }

    private static Set<String> uuids(ObjectNode answer) {
        return Set.copyOf(answer.findValuesAsText("uuid"));
    }

    private boolean isKnown(String card) throws SQLException {
        try (var connection = journal.getConnection();
                var question = connection.prepareStatement("select count(*) from feedback where card = ? and known")) {
            question.setString(1, card);
            var rows = question.executeQuery();
            assertTrue(rows.next());
            return rows.getInt(1) > 0;
        }
    }

    private static void override(String client, ObjectNode answer) {
        var feedback = JSON.createObjectNode();
        var events = feedback.putArray("feedback");
        answer.path("cards").forEach(card -> events.addObject()
                .put("card", card.path("uuid").textValue())
                .put("outcome", "overridden")
                .put("outcomeTimestamp", "2026-11-23T15:00:00Z"));
        assertEquals(
                200,
                send(of(client).token(), ORDER_SIGN + "/feedback", feedback).statusCode());
    }

    private static ObjectNode authorizing(String subject) {
        var order = order().put("fhirServer", "https://ehr.example/r4");
        order.putObject("fhirAuthorization")
                .put("access_token", "of-the-ehr")
                .put("token_type", "Bearer")
                .put("expires_in", 300)
                .put("scope", "patient/*.rs")
                .put("subject", subject);
        return order;
    }

    @Test
    void anAccessTokenThatWasGivenToAnotherServiceIsRefused() {
        var refused = call("full", authorizing("another-app"));
        assertEquals(400, refused.statusCode());
        assertEquals("conflict", refused.jsonPath().getString("issue[0].code"));
        assertEquals("fhirAuthorization.subject", refused.jsonPath().getString("issue[0].expression[0]"));
        assertEquals(200, call("full", authorizing("setpoint")).statusCode());
        assertEquals(200, call("cautious", authorizing("another-app")).statusCode(), "its file names no id to compare");
    }

    @Test
    void aCallerWhoIsNotLetInLeavesOneLineThatSaysWhy() {
        var expired = of("full").claim("exp", 1).token();
        for (var refused : Map.of(expired, "client (unknown): POST " + ORDER_SIGN + " was refused with 401: expired;")
                .entrySet()) {
            try (var log = new LogLines()) {
                var answer = send(refused.getKey(), ORDER_SIGN, order());
                var id = answer.header("X-Request-Id");
                assertEquals(401, answer.statusCode());
                var lines = log.with(id, Duration.ofSeconds(5));
                assertEquals(1, lines.size(), lines::toString);
                assertTrue(lines.get(0).contains(refused.getValue()), lines::toString);
                assertFalse(answer.asString().contains("expired"));
            }
        }
        try (var log = new LogLines()) {
            var answer = send(of("shadow").token(), ORDER_SIGN + "?explain=true", order());
            var lines = log.with(answer.header("X-Request-Id"), Duration.ofSeconds(5));
            assertEquals(1, lines.size(), lines::toString);
            assertTrue(lines.get(0).contains("client shadow: POST"), lines::toString);
        }
    }

    @Test
    void onlyAClientThatMayAsksForExplanations() {
        assertEquals(
                403,
                send(of("shadow").token(), ORDER_SIGN + "?explain=true", order())
                        .statusCode());
        assertEquals(
                200,
                send(of("full").token(), ORDER_SIGN + "?explain=true", order()).statusCode());
    }

    @Test
    void whoCallsTooOftenIsAskedToWaitAndTheOthersAreServed() throws Exception {
        var order = order();
        List<Callable<Response>> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            var token = of("busy").token();
            calls.add(() -> send(token, ORDER_SIGN, order));
        }
        var threads = Executors.newFixedThreadPool(calls.size());
        try (var log = new LogLines()) {
            List<Response> answers = new ArrayList<>();
            for (var answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            assertTrue(answers.stream().anyMatch(answer -> answer.statusCode() == 200));
            var later = answers.stream()
                    .filter(answer -> answer.statusCode() == 429)
                    .findFirst()
                    .orElseThrow();
            assertTrue(Integer.parseInt(later.header("Retry-After")) >= 1);
            assertEquals(
                    1,
                    log.with(later.header("X-Request-Id"), Duration.ofSeconds(5))
                            .size());
            assertEquals("OperationOutcome", later.jsonPath().getString("resourceType"));
        } finally {
            threads.shutdownNow();
        }
        assertEquals(200, call("full", order()).statusCode());
    }

    @Test
    void whoHasAsManyCallsUnderWayAsAgreedIsAskedToWait() throws Exception {
        try (var first = open(of("narrow").token())) {
            assertTrue(first.isConnected());
            Response second = null;
            for (int i = 0; i < 20 && (second == null || second.statusCode() != 503); i++) {
                second = call("narrow", order());
                Thread.sleep(50);
            }
            assertEquals(503, second.statusCode());
            assertEquals("1", second.header("Retry-After"));
        }
        var status = 503;
        for (int i = 0; i < 100 && status == 503; i++) {
            Thread.sleep(100);
            status = call("narrow", order()).statusCode();
        }
        assertEquals(200, status, "a call that was broken off is over");
    }

    /** A call of which only the beginning is sent. */
    private Socket open(String token) throws IOException {
        var socket = new Socket(base.getHost(), base.getPort());
        socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
        socket.getOutputStream()
                .write(("POST " + ORDER_SIGN + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                + "Authorization: Bearer " + token + "\r\nContent-Length: 1000\r\n\r\n{")
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    @Test
    void aBodyThatTricklesInIsGivenUp() throws IOException {
        try (var socket = open(of("full").token())) {
            var out = socket.getOutputStream();
            var began = System.nanoTime();
            var trickle = new Thread(() -> {
                try {
                    for (int i = 0; i < 60; i++) {
                        Thread.sleep(200);
                        out.write(' ');
                        out.flush();
                    }
                } catch (IOException | InterruptedException closed) {
                    // as it should be
                }
            });
            trickle.start();
            var status = new byte[12];
            assertEquals(12, socket.getInputStream().readNBytes(status, 0, 12));
            assertEquals("HTTP/1.1 408", new String(status, StandardCharsets.US_ASCII));
            assertTrue(System.nanoTime() - began < Duration.ofSeconds(8).toNanos());
            trickle.interrupt();
        }
    }

    @Test
    void aBundleOfTooManyEntriesIsRefused() {
        var order = order();
        var entries = ((ObjectNode) order.path("prefetch").path("labs")).withArray("entry");
        for (int i = 0; i < 300; i++) {
            entries.addObject();
        }
        var answer = call("full", order);
        assertEquals(413, answer.statusCode());
        assertEquals("prefetch.labs", answer.jsonPath().getString("issue[0].expression[0]"));
    }

    @Test
    void theHealthCheckCountsClientsAndKeepsTheirSecrets() {
        var health = given().get("/q/health/ready");
        health.then()
                .statusCode(200)
                .body("checks.find { it.name == 'clients' }.data.inForce", equalTo(8))
                .body("checks.find { it.name == 'clients' }.data.refused", equalTo(0));
        assertFalse(health.asString().contains("example"));
        var metrics = given().get("/q/metrics").asString();
        assertTrue(metrics.contains("setpoint_clients_in_force"));
    }

    @Test
    void noAnswerTellsWhatSoftwareGaveIt() {
        var answer = call("full", order());
        for (var header : answer.headers()) {
            assertFalse(
                    header.getName().equalsIgnoreCase("Server")
                            || header.getName().equalsIgnoreCase("X-Powered-By")
                            || header.getValue().toLowerCase(Locale.ROOT).contains("quarkus"),
                    header.toString());
        }
        assertEquals("nosniff", answer.header("X-Content-Type-Options"));
        assertEquals("no-store", answer.header("Cache-Control"));
        assertEquals("DENY", answer.header("X-Frame-Options"));
    }

    @Test
    void noLogLineHoldsATokenANameOrAnId() {
        var lines = new CopyOnWriteArrayList<String>();
        var handler = new Handler() {
            private final SimpleFormatter format = new SimpleFormatter();

            @Override
            public void publish(LogRecord line) {
                lines.add(line.getLevel() + " " + line.getLoggerName() + " " + format.format(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger.getLogger("").addHandler(handler);
        List<String> secrets = new ArrayList<>();
        try {
            var order = order();
            ((ObjectNode) order.path("context"))
                    .put("patientId", "pat-secret-1")
                    .put("userId", "Practitioner/doc-secret-2");
            order.put("fhirServer", "https://full.example/r4");
            order.putObject("fhirAuthorization")
                    .put("access_token", "access-secret-3")
                    .put("token_type", "Bearer")
                    .put("expires_in", 300)
                    .put("scope", "patient/*.rs")
                    .put("subject", "setpoint");
            var text = order.toString().replace("\"Patient/", "\"Patient/pat-secret-1-");
            for (var token : List.of(
                    of("full").token(),
                    of("shadow").token(),
                    of("nobody").token(),
                    of("full").claim("exp", 1).token(),
                    of("full").header("kid", "other").token(),
                    Tokens.signedBy(Keys.STRANGER, "ES384")
                            .without("jku")
                            .claim("iss", "https://full.example/r4")
                            .token())) {
                for (var body : List.of(order.toString(), text, "{\"name\":\"Name-Secret-4\",")) {
                    given().header("Authorization", "Bearer " + token)
                            .contentType("application/json")
                            .body(body)
                            .post(ORDER_SIGN);
                }
                secrets.addAll(List.of(token.split("\\.")));
            }
        } finally {
            Logger.getLogger("").removeHandler(handler);
        }
        secrets.addAll(List.of("pat-secret-1", "doc-secret-2", "access-secret-3", "Name-Secret-4"));
        assertTrue(lines.stream().anyMatch(line -> line.contains("client-unknown")), "why is logged: " + lines);
        assertTrue(lines.stream().anyMatch(line -> line.contains("replayed")), "why is logged");
        for (var secret : secrets) {
            assertTrue(lines.stream().noneMatch(line -> line.contains(secret)), () -> secret + " in " + lines);
        }
    }
}
