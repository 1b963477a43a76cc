package health.setpoint.hook.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import health.setpoint.hook.Calls;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Answers that callers over HTTP/2 ask for and do not let come are bounded in memory, however long they could be held. */
@QuarkusTest
@TestProfile(UntakenAnswersTest.LittleMemory.class)
@Tag("attack")
class UntakenAnswersTest {

    /** A megabyte for one address: a hundred times the list of services. */
    public static class LittleMemory implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "setpoint.memory-in-flight",
                    "2M",
                    "setpoint.slowest-reader",
                    "1h",
                    "quarkus.http.idle-timeout",
                    "1h");
        }
    }

    private static final String LIST = "/cds-services";
    private static final int STREAMS = 32;
    private static final int MOST_CONNECTIONS = 64;

    @TestHTTPResource
    URL base;

    @Test
    void theOneThatDoesNotFitIsThrownAwayAtOnceAndAllOnceTheirCallerIsGone() throws Exception {
        var size = Calls.request().get(LIST).asByteArray().length;
        var connections = (1 << 20) / size / STREAMS + 1;
        if (connections > MOST_CONNECTIONS) {
            throw new AssertionError("too small to fill the memory: " + size);
        }
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                var socket = new Socket(base.getHost(), base.getPort());
                open.add(socket);
                socket.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
                socket.getOutputStream().write(Http2Frames.takingNothing());
                for (int stream = 0; stream < STREAMS; stream++) {
                    socket.getOutputStream().write(Http2Frames.get(2 * stream + 1, LIST));
                }
                socket.getOutputStream().flush();
            }
            assertEquals(Http2Frames.CANCEL, firstReset(open));
        } finally {
            for (var socket : open) {
                socket.close();
            }
        }
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    200, Calls.send("order-sign", Calls.sandbox("order-sign")).statusCode());
        }
    }

    /** Why the first of them is reset, on whichever connection. */
    private static int firstReset(List<Socket> open) throws Exception {
        var first = new CompletableFuture<Integer>();
        for (var socket : open) {
            var reader = new Thread(() -> {
                try {
                    first.complete(Http2Frames.reset(socket));
                } catch (IOException none) {
                    // another has one
                }
            });
            reader.setDaemon(true);
            reader.start();
        }
        return first.get(1, TimeUnit.MINUTES);
    }
}
