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
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What callers hold over HTTP/2 is bounded in memory, however long they may hold it: calls that do not go on, answers that are not let come. */
@QuarkusTest
@TestProfile(Http2MemoryTest.LittleMemory.class)
@Tag("attack")
class Http2MemoryTest {

    /** A megabyte for one address: 64 streams without anything. */
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

    private static final String SERVICE = "/cds-services/titration-order-sign";
    /** 32 times what is left of the megabyte beside 32 streams. */
    private static final String PAGE = "/q/openapi";

    private static final int STREAMS = 32;

    @TestHTTPResource
    URL base;

    @Test
    void theAnswerThatDoesNotFitIsThrownAwayAtOnceAndAllOnceTheirCallerIsGone() throws Exception {
        whatDoesNotFitIsReset(Http2Frames.CANCEL, 1, stream -> Http2Frames.get(stream, PAGE));
    }

    @Test
    void theCallThatDoesNotFitIsRefusedAndAllAreLetGoOnceTheirCallerIsGone() throws Exception {
        whatDoesNotFitIsReset(Http2Frames.REFUSED_STREAM, 3, stream -> Http2Frames.begun(stream, SERVICE));
    }

    private void whatDoesNotFitIsReset(int why, int connections, IntFunction<byte[]> call) throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                var socket = new Socket(base.getHost(), base.getPort());
                open.add(socket);
                socket.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
                socket.getOutputStream().write(Http2Frames.takingNothing());
                for (int stream = 0; stream < STREAMS; stream++) {
                    socket.getOutputStream().write(call.apply(2 * stream + 1));
                }
                socket.getOutputStream().flush();
            }
            assertEquals(why, firstReset(open));
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
