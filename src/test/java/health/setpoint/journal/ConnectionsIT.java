package health.setpoint.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No more connections than agreed are open at once, whether or not their callers say anything. */
class ConnectionsIT {

    private static final int MOST = 20;
    private static final int TRIED = 60;

    @TempDir
    Path place;

    private static boolean isOpen(Socket socket) throws IOException {
        socket.setSoTimeout(200);
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException nobodyHungUp) {
            return true;
        } catch (IOException reset) {
            return false;
        }
    }

    private static List<Socket> connect(RunningJar service, String beginning) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < TRIED; i++) {
            var socket = new Socket(service.base().getHost(), service.base().getPort());
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
            sockets.add(socket);
        }
        return sockets;
    }

    private static List<Socket> open(List<Socket> sockets) throws IOException {
        List<Socket> open = new ArrayList<>();
        for (var socket : sockets) {
            if (isOpen(socket)) {
                open.add(socket);
            }
        }
        return open;
    }

    @Test
    void silentAndTalkingCallersAreCountedAndWhoHangsUpMakesRoom() throws Exception {
        var settings = Map.of("quarkus.http.limits.max-connections", String.valueOf(MOST));
        try (var service = RunningJar.start(place.resolve("data"), settings)) {
            // One of them may be the connection over which readiness was asked.
            var silent = connect(service, "");
            var held = open(silent).size();
            assertTrue(held <= MOST && held >= MOST - 2, held + " of " + TRIED + " are open");
            for (var socket : silent) {
                socket.close();
            }
            var talking = connect(service, "GET /cds-services HTTP/1.1\r\nHost: ");
            var spoken = open(talking).size();
            assertTrue(spoken <= MOST && spoken >= MOST - 2, spoken + " of " + TRIED + " are open");
            for (var socket : talking) {
                socket.close();
            }
            for (int i = 0; i < 50 && status(service) != 200; i++) {
                Thread.sleep(100);
            }
            assertEquals(200, status(service));
        }
    }

    private static int status(RunningJar service) throws InterruptedException {
        try {
            return service.call().statusCode();
        } catch (IOException noRoomYet) {
            return 0;
        }
    }
}
