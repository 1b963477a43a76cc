package health.setpoint.hook.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.hook.Calls;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Callers who send slowly hold no thread: this service has four, and waits for a body longer than the tests do, so that it
 * would answer nobody else if they did.
 */
@QuarkusTest
@TestProfile(SlowCallersTest.FourThreads.class)
@Tag("attack")
class SlowCallersTest {

    public static class FourThreads implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.thread-pool.max-threads",
                    "4",
                    "setpoint.slowest-body",
                    "10m",
                    "quarkus.http.read-timeout",
                    "10m",
                    "setpoint.slowest-reader",
                    "3s",
                    "quarkus.http.idle-timeout",
                    "10m");
        }
    }

    private static final int SLOW = 400;
    private static final int STREAMS_ALLOWED = 32;
    private static final int STREAMS_TRIED = 100;
    private static final int CONNECTIONS = 32;
    private static final String PATH = "/cds-services/titration-order-sign";

    @TestHTTPResource
    URL base;

    private final List<Socket> open = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (var socket : open) {
            socket.close();
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket(base.getHost(), base.getPort());
        socket.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
        open.add(socket);
        return socket;
    }

    private static byte[] body() {
        return Calls.sandbox("order-sign").toString().getBytes(StandardCharsets.UTF_8);
    }

    private Socket begun(String header, byte[] beginning) throws IOException {
        var socket = connect();
        send(
                socket,
                ("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + header
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        send(socket, beginning);
        return socket;
    }

    private static void send(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    private static String statusLine(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
    }

    private static void assertOthersAreServed() {
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    200, Calls.send("order-sign", Calls.sandbox("order-sign")).statusCode());
        }
    }

    @Test
    void fourHundredSlowBodiesHoldNoThreadAndAreAnsweredOnceTheyHaveCome() throws IOException {
        var body = body();
        var half = ByteBuffer.wrap(body, 0, body.length / 2);
        var beginning = new byte[half.remaining()];
        half.get(beginning);
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < SLOW; i++) {
            slow.add(
                    i % 2 == 0
                            ? begun("Content-Length: " + body.length, beginning)
                            : begun("Transfer-Encoding: chunked", "1\r\n{\r\n".getBytes(StandardCharsets.US_ASCII)));
        }
        assertOthersAreServed();
        for (int i = 0; i < SLOW; i += 40) {
            slow.get(i).getOutputStream().write(body, beginning.length, body.length - beginning.length);
            assertEquals("HTTP/1.1 200", statusLine(slow.get(i)));
        }
    }

    @Test
    void theBodyThatIsOnlyAnnouncedIsAskedFor() throws IOException {
        var body = body();
        var socket = begun("Expect: 100-continue\r\nContent-Length: " + body.length, new byte[0]);
        assertEquals("HTTP/1.1 100", statusLine(socket));
        assertEquals(
                " Continue\r\n\r\n", new String(socket.getInputStream().readNBytes(13), StandardCharsets.US_ASCII));
        send(socket, body);
        assertEquals("HTTP/1.1 200", statusLine(socket));
    }

    @Test
    void whoIsRefusedBeforeItsBodyHasComeIsAnsweredAtOnce() throws IOException {
        for (var refused : List.of(
                "POST /cds-services/nothing HTTP/1.1\r\nContent-Type: application/json",
                "POST " + PATH + " HTTP/1.1\r\nContent-Type: text/plain",
                "POST " + PATH + " HTTP/1.1\r\nX-Nothing: x",
                "POST /cds-services HTTP/1.1\r\nContent-Type: application/json",
                "POST /nothing HTTP/1.1\r\nContent-Type: application/json")) {
            var socket = connect();
            send(
                    socket,
                    (refused + "\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            assertTrue(statusLine(socket).startsWith("HTTP/1.1 4"), refused);
        }
        assertOthersAreServed();
    }

    /** A caller who never confirms the server's settings is not held by them. */
    private Socket manyStreams(boolean confirms) throws IOException {
        var socket = connect();
        send(socket, Http2Frames.PREFACE);
        send(socket, Http2Frames.frame(Http2Frames.SETTINGS, 0, 0, new byte[0]));
        if (confirms) {
            Http2Frames.next(socket, Http2Frames.SETTINGS);
            send(socket, Http2Frames.frame(Http2Frames.SETTINGS, Http2Frames.CONFIRMED, 0, new byte[0]));
        }
        for (int i = 0; i < STREAMS_TRIED; i++) {
            var stream = 2 * i + 1;
            send(
                    socket,
                    Http2Frames.frame(
                            Http2Frames.HEADERS,
                            Http2Frames.END_HEADERS,
                            stream,
                            Http2Frames.headers(
                                    ":method",
                                    "POST",
                                    ":scheme",
                                    "http",
                                    ":authority",
                                    "localhost",
                                    ":path",
                                    PATH,
                                    "content-type",
                                    "application/json")));
            if (!confirms) {
                send(socket, Http2Frames.frame(Http2Frames.DATA, 0, stream, "{".getBytes(StandardCharsets.US_ASCII)));
            }
        }
        return socket;
    }

    @Test
    void aThousandSlowStreamsHoldNoThreadAndOneConnectionHasNoMoreThanItsShare() throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            var connection = manyStreams(i % 2 == 0);
            for (int refused = 0; refused < STREAMS_TRIED - STREAMS_ALLOWED; refused++) {
                assertEquals(Http2Frames.REFUSED_STREAM, Http2Frames.reset(connection));
            }
        }
        assertOthersAreServed();
    }

    @Test
    void answersThatNobodyTakesAreThrownAway() throws IOException {
        var socket = connect();
        send(socket, Http2Frames.takingNothing());
        for (int i = 0; i < STREAMS_ALLOWED; i++) {
            send(socket, Http2Frames.get(2 * i + 1, "/cds-services"));
        }
        assertEquals(Http2Frames.CANCEL, Http2Frames.reset(socket));
        assertOthersAreServed();
    }
}
