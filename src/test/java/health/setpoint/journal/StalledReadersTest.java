package health.setpoint.journal;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.hook.LogLines;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Readers of an export who take nothing of it: they stop nobody, and are cut off. */
@QuarkusTest
@TestProfile(StalledReadersTest.ShortPatience.class)
@Tag("attack")
class StalledReadersTest {

    private static final String EXPORT = "/journal/decisions.ndjson";
    private static final int DECISIONS = 60;
    /** Many times what the buffers of both ends take. */
    private static final int LETTERS = 400_000;

    public static final class ShortPatience implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("setpoint.slowest-reader", "20s", "setpoint.journal.patience", "60s");
        }
    }

    @Inject
    Journal journal;

    @TestHTTPResource
    URL base;

    @BeforeEach
    void keepMuch() {
        for (int i = 0; i < DECISIONS; i++) {
            journal.record(Decisions.showing(
                    Decisions.card("long-" + UUID.randomUUID()).put("detail", "x".repeat(LETTERS))));
        }
    }

    /** The reader of one of them left one line, and nobody's end is an accident. */
    private static void assertQuiet(LogLines log, int readers) {
        assertEquals(
                readers,
                log.all().stream().filter(line -> line.contains("its reader")).count(),
                () -> log.all().toString());
        assertTrue(log.all().stream().noneMatch(line -> line.contains(" failed: ")), () -> log.all()
                .toString());
    }

    @Test
    void stalledReadersStopNobodyAndAreCutOff() throws Exception {
        List<Socket> stalled = new ArrayList<>();
        try (var log = new LogLines()) {
            for (int i = 0; i < 3; i++) {
                stalled.add(stalledReader());
            }
            var fourth = given().get(EXPORT);
            assertEquals(503, fourth.statusCode());
            assertNotNull(fourth.header("Retry-After"));
            assertEquals(503, given().get("/journal/report").statusCode());
            journal.record(Decisions.withCards("meanwhile"));
            assertEquals(200, given().get("/q/health/ready").statusCode());

            var complete = given().get(EXPORT);
            for (int i = 0; i < 600 && complete.statusCode() == 503; i++) {
                Thread.sleep(200);
                complete = given().get(EXPORT);
            }
            assertEquals(200, complete.statusCode());
            assertTrue(complete.asString().lines().count() > DECISIONS);
            for (var reader : stalled) {
                assertTrue(rest(reader) < (long) DECISIONS * LETTERS, "was cut off");
            }
            assertQuiet(log, 3);
        } finally {
            for (var reader : stalled) {
                reader.close();
            }
        }
    }

    /** Whoever takes a little again and again is never silent for long, and would keep its place for hours. */
    @Test
    void aReaderWhoTricklesIsCutOff() throws Exception {
        try (var log = new LogLines();
                var reader = stalledReader()) {
            var some = new byte[512];
            var isCut = false;
            for (int i = 0; i < 3000 && !isCut; i++) {
                try {
                    isCut = reader.getInputStream().read(some) < 0;
                } catch (IOException reset) {
                    isCut = true;
                }
                Thread.sleep(50);
                isCut |= !log.with("is cut off", Duration.ZERO).isEmpty();
            }
            assertTrue(isCut);
            assertEquals(1, log.with("is cut off", Duration.ofSeconds(10)).size());
            assertQuiet(log, 1);
        }
    }

    @Test
    void aReaderWhoGoesAwayLeavesOneLine() throws Exception {
        try (var log = new LogLines()) {
            stalledReader().close();
            assertEquals(
                    1, log.with("its reader went away", Duration.ofSeconds(60)).size());
            assertEquals(200, given().get("/journal/report").statusCode());
            assertQuiet(log, 1);
        }
    }

    @Test
    void aReaderWhoStallsOverHttp2IsCutOffToo() throws Exception {
        var vertx = Vertx.vertx();
        try (var log = new LogLines()) {
            var client = vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false)
                    .setHttp2MaxPoolSize(1));
            var ended = new CompletableFuture<Throwable>();
            client.request(HttpMethod.GET, base.getPort(), base.getHost(), EXPORT)
                    .compose(HttpClientRequest::send)
                    .onSuccess(answer -> {
                        answer.pause();
                        answer.exceptionHandler(ended::complete);
                    });
            assertNotNull(ended.get(2, TimeUnit.MINUTES));
            assertQuiet(log, 1);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
        }
    }

    /** Has read the first byte of its answer. */
    private Socket stalledReader() throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(base.getHost(), base.getPort()));
        socket.setSoTimeout(60_000);
        socket.getOutputStream()
                .write(("GET " + EXPORT + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        assertEquals('H', socket.getInputStream().read());
        return socket;
    }

    /** Bytes that come until the end. */
    private static long rest(Socket socket) {
        var count = 0L;
        try {
            var in = socket.getInputStream();
            var some = new byte[1 << 16];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                count += read;
            }
        } catch (IOException reset) {
            // as good an end
        }
        return count;
    }
}
