package health.setpoint.journal;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Readers of an export who take nothing of it: they stop nobody, and are cut off. */
@QuarkusTest
@TestProfile(StalledReadersTest.ShortPatience.class)
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

    @Test
    void stalledReadersStopNobodyAndAreCutOff() throws Exception {
        for (int i = 0; i < DECISIONS; i++) {
            journal.record(Decisions.showing(Decisions.card("long-" + i).put("detail", "x".repeat(LETTERS))));
        }
        List<Socket> stalled = new ArrayList<>();
        try {
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
        } finally {
            for (var reader : stalled) {
                reader.close();
            }
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
