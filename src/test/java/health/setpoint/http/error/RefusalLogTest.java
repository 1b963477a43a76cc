package health.setpoint.http.error;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.hook.Calls;
import health.setpoint.hook.LogLines;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever runs the service finds each refused call in its log, once, and no patient there. */
@QuarkusTest
@TestProfile(RefusalLogTest.NothingRefusedYet.class)
@Tag("attack")
class RefusalLogTest {

    /** A service of its own: lines about unknown callers are limited by the minute, and other tests use them up. */
    public static class NothingRefusedYet implements QuarkusTestProfile {}

    private static final String SECRET = "Testman-secret-0815";
    private static final String ORDER_SIGN = "/cds-services/titration-order-sign";

    @TestHTTPResource
    URL base;

    private static String call(Consumer<ObjectNode> change) {
        return Calls.with(Calls.sandbox("order-sign"), call -> {
                    call.withObject("/context").put("encounterId", SECRET);
                    change.accept(call);
                })
                .toString();
    }

    private static Response post(String path, String type, String body) {
        return given().contentType(type).body(body).post(path);
    }

    private static DynamicTest refusal(int status, String line, Supplier<Response> call) {
        return dynamicTest(status + " " + line, () -> {
            try (var log = new LogLines()) {
                var answer = call.get();
                assertEquals(status, answer.statusCode());
                var id = answer.header("X-Request-Id");
                assertTrue(log.with(id, Duration.ofSeconds(5)).size() == 1, () -> id + " in " + log.all());
                var written = log.with(id, Duration.ZERO).get(0);
                assertTrue(written.startsWith("request " + id + " of client " + line), written);
                if (!answer.asString().isEmpty()) {
                    assertEquals(id, id(answer));
                }
                assertTrue(
                        log.all().stream().noneMatch(each -> each.contains(SECRET) || each.contains("trt-52m")),
                        () -> log.all().toString());
            }
        });
    }

    private static String id(Response answer) {
        var body = Calls.json(answer.asString());
        return (body.has("outcome") ? body.path("outcome") : body).path("id").asText();
    }

    @TestFactory
    Stream<DynamicTest> aRefusedCallLeavesOneLine() {
        var json = "application/json";
        return Stream.of(
                refusal(
                        400,
                        "local: POST " + ORDER_SIGN
                                + " was refused with 400: hookInstance required; context.userId value",
                        () -> post(ORDER_SIGN, json, call(changed -> {
                            changed.remove("hookInstance");
                            changed.withObject("/context").put("userId", SECRET);
                        }))),
                refusal(
                        400,
                        "local: POST " + ORDER_SIGN + " was refused with 400: The JSON ends too early (line 1, column",
                        () -> post(ORDER_SIGN, json, "{\"name\": \"" + SECRET)),
                refusal(
                        400,
                        "local: POST " + ORDER_SIGN + " was refused with 400: prefetch.patient conflict",
                        () -> post(ORDER_SIGN, json, call(changed -> changed.withObject("/prefetch")
                                .withObject("/patient")
                                .put("id", SECRET)))),
                refusal(
                        404,
                        "local: POST (another path) was refused with 404: ",
                        () -> post("/cds-services/" + SECRET, json, "{}")),
                refusal(404, "(unknown): GET (another path) was refused with 404: Nothing is here.", () -> given().get(
                                "/Patient/" + SECRET)),
                refusal(
                        405,
                        "(unknown): GET " + ORDER_SIGN + " was refused with 405: This URL does not answer",
                        () -> given().get(ORDER_SIGN)),
                refusal(
                        412,
                        "local: POST " + ORDER_SIGN + " was refused with 412: prefetch.labs required",
                        () -> post(ORDER_SIGN, json, call(changed -> changed.withObject("/prefetch")
                                .remove("labs")))),
                refusal(
                        412,
                        "local: POST " + ORDER_SIGN + " was refused with 412: prefetch.labs required",
                        () -> post(
                                ORDER_SIGN + "?explain=true&patient=" + SECRET,
                                json,
                                call(changed -> changed.withObject("/prefetch").remove("labs")))),
                refusal(
                        413,
                        "(unknown): POST " + ORDER_SIGN + " was refused with 413: The body is larger",
                        () -> post(ORDER_SIGN, json, SECRET.repeat(300_000))),
                refusal(
                        415,
                        "(unknown): POST " + ORDER_SIGN + " was refused with 415: Send the body",
                        () -> post(ORDER_SIGN, "text/plain", SECRET)),
                refusal(
                        403,
                        "(unknown): POST " + ORDER_SIGN + " was refused with 403: its page is of an origin",
                        () -> given().header("Origin", "https://" + SECRET + ".example")
                                .contentType(json)
                                .body(call(same -> {}))
                                .post(ORDER_SIGN)),
                refusal(
                        403,
                        "(unknown): OPTIONS " + ORDER_SIGN + " was refused with 403: its page is of an origin",
                        () -> given().header("Origin", "https://evil.example")
                                .header("Access-Control-Request-Method", "POST")
                                .options(ORDER_SIGN)));
    }

    @Test
    void aKeyOfTheClientsOwnCannotForgeALine() {
        try (var log = new LogLines()) {
            post(ORDER_SIGN, "application/json", call(changed -> changed.withObject("/prefetch")
                    .putObject("x\nrequest 1 of client local: nothing")
                    .put("resourceType", "Condition")
                    .putObject("subject")
                    .put("reference", "Patient/" + SECRET)));
            log.with("was refused with 400", Duration.ofSeconds(5));
            assertFalse(log.all().stream().anyMatch(line -> line.contains("\n")), () -> log.all()
                    .toString());
        }
    }

    /** The next version of HTTP written as text has no authority, on which the router gives up before any filter. */
    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/2.0", "OPTIONS * HTTP/2.0", "POST " + ORDER_SIGN + " HTTP/2.0"})
    void whatTheRouterItselfDoesNotTakeLeavesOneLineToo(String request) throws IOException {
        try (var log = new LogLines();
                var socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
            socket.getOutputStream().write((request + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertEquals("400", answer.substring(9, 12), answer);
            var id = Calls.json(answer.substring(answer.indexOf("\r\n\r\n")))
                    .path("id")
                    .asText();
            assertEquals(1, log.with("request " + id, Duration.ofSeconds(10)).size(), () -> log.all()
                    .toString());
            assertEquals(1, log.all().size(), () -> log.all().toString());
        }
    }

    @Test
    void anAnswerLeavesNone() {
        try (var log = new LogLines()) {
            assertEquals(
                    200, post(ORDER_SIGN, "application/json", call(same -> {})).statusCode());
            assertEquals(List.of(), log.with("was refused", Duration.ofMillis(200)));
        }
    }
}
