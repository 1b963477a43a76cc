package health.setpoint.http.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.hook.Calls;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A web page that had its own name point to this machine reads nothing, on no path and in no version of HTTP. */
@QuarkusTest
@Tag("attack")
class HostCheckTest {

    private static final List<String> PATHS = List.of(
            "/",
            "/cds-services",
            "/cds-services/titration-order-sign",
            "/samples/order-sign.json",
            "/journal/report",
            "/journal/decisions.ndjson",
            "/journal/feedback.ndjson",
            "/journal/audit-events.ndjson",
            "/dsi/source-attributes",
            "/q/health",
            "/q/health/ready",
            "/q/metrics",
            "/q/openapi",
            "/nothing");

    @TestHTTPResource
    URL base;

    private String exchange(String request) {
        try (var socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new AssertionError(request, broken);
        }
    }

    private String get(String target, String... headers) {
        var lines = new StringBuilder("GET " + target + " HTTP/1.1\r\n");
        for (var header : headers) {
            lines.append(header).append("\r\n");
        }
        return exchange(lines + "Connection: close\r\n\r\n");
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    private static void assertMisdirected(String answer) {
        assertEquals(421, status(answer), answer);
        var body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        var outcome = Calls.json(body);
        assertEquals("OperationOutcome", outcome.path("resourceType").textValue());
        assertTrue(answer.contains("X-Request-Id: " + outcome.path("id").textValue()), answer);
        assertFalse(body.contains("evil"), body);
    }

    @Test
    void aForeignHostReadsNothingOnAnyPath() {
        for (var path : PATHS) {
            assertMisdirected(get(path, "Host: evil.example:" + base.getPort()));
            assertTrue(status(get(path, "Host: localhost:" + base.getPort())) != 421, path);
        }
    }

    @Test
    void everySpellingIsHeldOverHttp() {
        for (var host : LocalHostsTest.OURS) {
            assertEquals(200, status(get("/cds-services", "Host: " + host)), host);
        }
        for (var host : LocalHostsTest.OTHERS) {
            var answer = get("/cds-services", "Host: " + host);
            assertTrue(List.of(421, 400).contains(status(answer)), host + " " + answer);
            assertFalse(answer.contains("titration-order-sign"), host);
        }
    }

    @Test
    void everyMethodIsHeld() {
        for (var method : List.of("POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "PATCH")) {
            var answer = exchange(method + " /cds-services/titration-order-sign HTTP/1.1\r\nHost: evil.example\r\n"
                    + "Origin: http://localhost\r\nAccess-Control-Request-Method: POST\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
            assertEquals(421, status(answer), method + " " + answer);
            assertFalse(answer.toLowerCase().contains("access-control-allow-origin"), answer);
        }
    }

    @Test
    void oneHostOfSeveralIsNotEnough() {
        assertFalse(
                get("/cds-services", "Host: localhost", "Host: evil.example").contains("titration-order-sign"));
        assertFalse(
                get("/cds-services", "Host: evil.example", "Host: localhost").contains("titration-order-sign"));
        assertEquals(400, status(get("/cds-services")));
        assertMisdirected(get("/cds-services", "X-Forwarded-Host: localhost", "Host: evil.example"));
        assertMisdirected(get("/cds-services", "Forwarded: host=localhost", "Host: evil.example"));
        assertEquals(200, status(get("/cds-services", "X-Forwarded-Host: evil.example", "Host: localhost")));
    }

    @Test
    void anAbsoluteTargetCountsAsAHost() {
        assertMisdirected(get("http://evil.example/cds-services", "Host: localhost"));
        assertMisdirected(get("HTTPS://evil.example:80/cds-services?x=/", "Host: localhost"));
        assertMisdirected(get("http://evil.example", "Host: localhost"));
        assertMisdirected(get("http://localhost/cds-services", "Host: evil.example"));
        assertMisdirected(get("http://localhost@evil.example/cds-services", "Host: localhost"));
        assertTrue(status(get("http://localhost/cds-services", "Host: localhost")) != 421);
    }

    /** Browsers speak no HTTP/1.0; probes do, often without naming a host. */
    @Test
    void aProbeOfHttp10NeedsNoHost() {
        assertEquals(200, status(exchange("GET /q/health/ready HTTP/1.0\r\n\r\n")));
        assertEquals(421, status(exchange("GET /q/health/ready HTTP/1.0\r\nHost: evil.example\r\n\r\n")));
    }

    @Test
    void theAuthorityOfHttp2CountsAsAHost() throws Exception {
        assertEquals(200, overHttp2("localhost"));
        assertEquals(200, overHttp2("127.0.0.1"));
        assertEquals(200, overHttp2("[::1]"));
        assertEquals(421, overHttp2("evil.example"));
        assertEquals(421, overHttp2("127.0.0.1.evil.example"));
    }

    private int overHttp2(String host) throws Exception {
        var vertx = Vertx.vertx();
        try {
            var client = vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false));
            return client.request(new RequestOptions()
                            .setServer(SocketAddress.inetSocketAddress(base.getPort(), base.getHost()))
                            .setHost(host)
                            .setPort(base.getPort())
                            .setURI("/cds-services"))
                    .compose(request -> {
                        assertEquals(HttpVersion.HTTP_2, request.version());
                        return request.send();
                    })
                    .map(HttpClientResponse::statusCode)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }
}
