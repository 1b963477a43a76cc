package health.setpoint.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service is told to stop (SIGTERM): what was begun is finished, what is new is refused, and it ends. */
class StopIT {

    private static final int CALLERS = 12;
    private static final int SLOW = 50;
    private static final int TERMINATED = 143;
    private static final String HEAD = "POST /cds-services/titration-order-sign HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: ";

    @TempDir
    Path place;

    /** A call on a connection of its own, and what came back. */
    private record Called(String hookInstance, boolean begunBefore, String answer) {

        boolean isWhole() {
            var head = answer.indexOf("\r\n\r\n");
            return head > 0 && answer.endsWith("}");
        }

        int status() {
            return isWhole() ? Integer.parseInt(answer.substring(9, 12)) : 0;
        }
    }

    private final Queue<Called> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean told;

    private void keepCalling(RunningJar service) {
        while (true) {
            var id = UUID.randomUUID().toString();
            try (var socket =
                    new Socket(service.base().getHost(), service.base().getPort())) {
                socket.setSoTimeout(60_000);
                var body = service.body(id);
                var head = HEAD + body.length + "\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(body);
                socket.getOutputStream().flush();
                var before = !told;
                calls.add(new Called(id, before, all(socket.getInputStream())));
                answered.incrementAndGet();
            } catch (IOException refused) {
                return;
            }
        }
    }

    private static String all(InputStream answer) {
        var text = new StringBuilder();
        try {
            for (int c = answer.read(); c >= 0; c = answer.read()) {
                text.append((char) c);
            }
        } catch (IOException cut) {
            text.append("(cut)");
        }
        return text.toString();
    }

    @Test
    void underLoadEveryCallThatWasBegunIsAnsweredAndKept() throws Exception {
        var service = RunningJar.start(place.resolve("data"), Map.of());
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            var caller = new Thread(() -> keepCalling(service));
            callers.add(caller);
            caller.start();
        }
        for (int i = 0; i < 1200 && answered.get() < 200; i++) {
            Thread.sleep(50);
        }
        told = true;
        service.stop();
        for (var caller : callers) {
            caller.join();
        }
        assertEquals(TERMINATED, service.exit());
        assertFalse(service.log().contains("Timed out waiting"), service.log());
        var broken = calls.stream()
                .filter(call -> call.begunBefore() && call.status() != 200 && call.status() != 503)
                .toList();
        assertEquals(List.of(), broken);
        var delivered = calls.stream().filter(call -> call.status() == 200).toList();
        assertTrue(delivered.size() >= 200, delivered.size() + " answers");
        try (var again = RunningJar.start(place.resolve("data"), Map.of())) {
            var kept = again.get("/journal/decisions.ndjson").body();
            for (var call : delivered) {
                assertTrue(kept.contains(call.hookInstance()), call.hookInstance());
            }
        }
    }

    @Test
    void bodiesThatDoNotComeToTheirEndDoNotKeepItAlive() throws Exception {
        var settings = Map.of("setpoint.slowest-body", "10m", "quarkus.http.read-timeout", "10m");
        var service = RunningJar.start(place.resolve("slow"), settings);
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < SLOW; i++) {
            var socket = new Socket(service.base().getHost(), service.base().getPort());
            socket.getOutputStream().write((HEAD + "1000\r\n\r\n{").getBytes(StandardCharsets.US_ASCII));
            slow.add(socket);
        }
        assertEquals(200, service.call().statusCode());
        service.stop();
        assertEquals(TERMINATED, service.exit());
        for (var socket : slow) {
            socket.close();
        }
    }
}
