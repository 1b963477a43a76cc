package health.setpoint.http.error;

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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Requests off the wire as no client should send them: each gets an answer or a refusal that says what to fix, and none
 * breaks the service or its journal.
 */
@QuarkusTest
@TestProfile(OddRequestsTest.OfItsOwn.class)
@Tag("attack")
class OddRequestsTest {

    /** What it leaves in the log is looked at. */
    public static class OfItsOwn implements QuarkusTestProfile {}

    private static final String SERVICE = "/cds-services/titration-order-sign";
    private static final String JSON = "Content-Type: application/json";
    private static final String OUTCOME = "\"resourceType\":\"OperationOutcome\"";

    @TestHTTPResource
    URL base;

    /** What came before the connection ended: a server that closes with bytes of the request unread resets it. */
    private String exchange(byte[] request) {
        var answer = new ByteArrayOutputStream();
        try (var socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            socket.getInputStream().transferTo(answer);
        } catch (SocketException reset) {
            // the end all the same
        } catch (IOException silent) {
            throw new AssertionError("not ended after: " + answer, silent);
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    /** What came until this did: the connection stays open after an upgrade, and after one that is refused. */
    private String until(String sign, byte[] request) throws IOException {
        try (var socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
            socket.getOutputStream().write(request);
            var answer = "";
            while (!answer.contains(sign)) {
                var more = socket.getInputStream().readNBytes(16);
                assertTrue(more.length > 0, "only: " + answer);
                answer += new String(more, StandardCharsets.ISO_8859_1);
            }
            return answer;
        }
    }

    private static byte[] request(String line, byte[] body, String... headers) {
        var head = line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n"
                + String.join("\r\n", headers) + (headers.length > 0 ? "\r\n" : "") + "\r\n";
        return joined(head.getBytes(StandardCharsets.ISO_8859_1), body);
    }

    private static byte[] joined(byte[]... parts) {
        var whole = new ByteArrayOutputStream();
        for (var part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    private static int status(String answer) {
        assertTrue(answer.startsWith("HTTP/1."), () -> "no answer but '" + answer + "'");
        return Integer.parseInt(answer.substring(9, 12));
    }

    private DynamicTest refused(int status, String what, byte[] request) {
        return dynamicTest(status + " " + what, () -> {
            var answer = exchange(request);
            assertEquals(status, status(answer), answer);
            assertTrue(answer.contains(OUTCOME), answer);
        });
    }

    /** What is no HTTP at all is refused before anything of the service sees it. */
    private DynamicTest noHttp(String what, byte[] request) {
        return dynamicTest("no HTTP: " + what, () -> {
            var answer = exchange(request);
            assertTrue(answer.isEmpty() || Set.of(400, 414, 431).contains(status(answer)), answer);
        });
    }

    private DynamicTest answered(String what, byte[] request) {
        return dynamicTest("200 " + what, () -> {
            var answer = exchange(request);
            assertEquals(200, status(answer), answer);
            assertTrue(answer.contains("\"cards\""), answer);
        });
    }

    private static byte[] body() {
        return Calls.sandbox("order-sign").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] in(String charset) {
        return new String(body(), StandardCharsets.UTF_8).getBytes(Charset.forName(charset));
    }

    private static byte[] zipped() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(body());
        }
        return bytes.toByteArray();
    }

    private static byte[] chunked(String size, String trailers) {
        return joined(
                ("POST " + SERVICE + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + JSON
                                + "\r\nTransfer-Encoding: chunked\r\n\r\n" + size + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII),
                body(),
                ("\r\n0\r\n" + trailers + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    @TestFactory
    Stream<DynamicTest> oddMethods() {
        return Stream.of("PUT", "DELETE", "PATCH", "GET", "TRACE", "PROPFIND", "post", "X-Y")
                .map(method -> refused(405, method, request(method + " " + SERVICE, body(), JSON)));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoHttp() {
        var post = "POST " + SERVICE;
        return Stream.of(
                noHttp("a NUL in the method", request("PO\0ST " + SERVICE, body(), JSON)),
                noHttp("a blank in a header's name", request(post, body(), JSON, "X Y: 1")),
                noHttp("a NUL in a header's value", request(post, body(), JSON, "X-A: a\0b")),
                noHttp("two lengths", request(post, body(), JSON, "Content-Length: 3")),
                noHttp("a length and chunks", request(post, body(), JSON, "Transfer-Encoding: chunked")),
                noHttp("70 kB of headers", request(post, body(), JSON, "X-A: " + "a".repeat(70_000))),
                noHttp("a path of 100 kB", request("GET /" + "a".repeat(100_000), new byte[0])));
    }

    @TestFactory
    Stream<DynamicTest> oddHeadersThatMeanNothingHere() {
        return Stream.of(
                        "X-A: é",
                        "X-A: " + "a".repeat(7000),
                        "Accept-Language: ÿ;q=x",
                        "X-Request-Id: " + "z".repeat(5000),
                        "Authorization: ÿþ",
                        "traceparent: zz",
                        "Range: bytes=zz",
                        "If-Modified-Since: never",
                        "Expect: 200-maybe",
                        "Content-Type: text/plain")
                .map(header -> answered(
                        header.substring(0, Math.min(10, header.length())),
                        request("POST " + SERVICE, body(), JSON, header)));
    }

    @TestFactory
    Stream<DynamicTest> oddEncodings() throws IOException {
        var post = "POST " + SERVICE;
        return Stream.of(
                refused(400, "compressed", request(post, zipped(), JSON)),
                refused(400, "compressed, and said so", request(post, zipped(), JSON, "Content-Encoding: gzip")),
                refused(
                        400,
                        "two bytes of UTF-8 for one of ASCII",
                        request(post, new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'}, JSON)),
                refused(400, "Latin 1", request(post, "{\"é\":1}".getBytes(StandardCharsets.ISO_8859_1), JSON)),
                refused(415, "another charset's type", request(post, body(), "Content-Type: text/json;charset=x")),
                answered("UTF-16 with its mark", request(post, in("UTF-16"), JSON)),
                answered("UTF-32", request(post, in("UTF-32"), JSON)),
                answered("UTF-8 with a mark", request(post, joined(new byte[] {-17, -69, -65}, body()), JSON)),
                answered("a charset that is not", request(post, body(), JSON + ";charset=nonsense")),
                answered("chunks", chunked(Integer.toHexString(body().length), "")),
                answered("trailers", chunked(Integer.toHexString(body().length), "X-T: 1\r\nContent-Length: 5\r\n")),
                noHttp("a chunk of no size", chunked("zz", "")),
                noHttp("a chunk of negative size", chunked("-5", "")));
    }

    @TestFactory
    Stream<DynamicTest> oddPathsAndQueries() {
        return Stream.of(
                refused(404, "a NUL in the id", request("POST /cds-services/%00", body(), JSON)),
                refused(404, "an id that is no UTF-8", request("POST /cds-services/%ff/feedback", body(), JSON)),
                refused(404, "an endless id", request("POST /cds-services/" + "a".repeat(3000), body(), JSON)),
                refused(404, "another id's path", request("GET /samples/..%2f..%2fx.json", new byte[0])),
                refused(400, "a day that is none", request("GET /journal/report?from=%00", new byte[0])),
                refused(400, "a far year", request("GET /journal/report?to=+999999999-12-31", new byte[0])),
                refused(
                        400,
                        "a year before all",
                        request("GET /journal/decisions.ndjson?from=-999999999-01-01", new byte[0])),
                answered("explain twice", request("POST " + SERVICE + "?explain=true&explain=false", body(), JSON)),
                answered("explain maybe", request("POST " + SERVICE + "?explain=%00%ff", body(), JSON)),
                answered("an endless query", request("POST " + SERVICE + "?" + "a=1&".repeat(900), body(), JSON)),
                answered("a blank query", request("POST " + SERVICE + "?&&=&;", body(), JSON)));
    }

    private static final List<String> ODD_TEXTS =
            List.of("a\0b", "\ud800", "x\udc00y", "\u202e", "\uffff", "\u0001\u001b", "\u2028", "😀".repeat(50));

    /** As JSON escapes, since a lone half of a pair has no bytes. */
    private static byte[] escaped(ObjectNode call) {
        var text = new StringBuilder();
        for (char c : call.toString().toCharArray()) {
            text.append(c < 0x80 ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static ObjectNode with(String odd, Function<ObjectNode, ObjectNode> where, String name) {
        var call = Calls.sandbox("order-sign");
        where.apply(call).put(name, odd);
        return call;
    }

    @Test
    void oddTextsInIdsWordsAndDosagesAreAnsweredOrRefused() {
        var before = "/prefetch/labs/entry/0/resource";
        for (var odd : ODD_TEXTS) {
            for (var call : List.of(
                    with(odd, own -> own, "hookInstance"),
                    with("Practitioner/" + odd, own -> own.withObject("/context"), "userId"),
                    with(odd, own -> own.withObject("/context"), "patientId"),
                    with(odd, own -> own.withObject("/context"), "encounterId"),
                    with(odd, own -> (ObjectNode) own.at(before), "id"),
                    with(odd, own -> (ObjectNode) own.at(before + "/code"), "text"),
                    with(odd, own -> (ObjectNode) own.at("/context/draftOrders/entry/0/resource"), "id"))) {
                var answer = exchange(request("POST " + SERVICE, escaped(call), JSON));
                assertTrue(Set.of(200, 400, 412).contains(status(answer)), answer);
                assertTrue(answer.contains("\"cards\"") || answer.contains(OUTCOME), answer);
            }
        }
    }

    @Test
    void oddTextsInFeedbackAreKeptOrRefused() {
        for (var odd : ODD_TEXTS) {
            for (var member : List.of("card", "comment", "code", "outcomeTimestamp")) {
                var batch = (ObjectNode) Calls.json("""
                        {"feedback":[{"card":"4a6b1c3e-0000-4000-8000-000000000000","outcome":"overridden",
                         "outcomeTimestamp":"2026-11-23T15:00:00Z","overrideReason":{"reason":{"code":"a"}}}]}""");
                var event = (ObjectNode) batch.at("/feedback/0");
                switch (member) {
                    case "comment" -> event.withObject("/overrideReason").put("userComment", odd);
                    case "code" -> event.withObject("/overrideReason/reason").put("code", odd);
                    default -> event.put(member, odd);
                }
                var answer = exchange(request("POST " + SERVICE + "/feedback", escaped(batch), JSON));
                assertTrue(Set.of(200, 400).contains(status(answer)), answer);
            }
        }
    }

    private static byte[] upgrade(String header) {
        var head = "POST " + SERVICE + " HTTP/1.1\r\nHost: localhost\r\n" + header + JSON + "\r\nContent-Length: "
                + body().length + "\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n";
        return joined(head.getBytes(StandardCharsets.US_ASCII), body());
    }

    @Test
    void anUpgradeToTheOtherVersionOfHttpIsNoAccident() throws IOException {
        try (var log = new LogLines()) {
            assertEquals(101, status(until("\"cards\"", upgrade(""))));
            assertEquals(400, status(until("400 Bad", upgrade("Connection: close\r\n"))));
            Calls.request().get("/cds-services").then().statusCode(200);
            assertFalse(log.all().stream().anyMatch(line -> line.contains("IllegalState")), () -> log.all()
                    .toString());
        }
    }
}
