package health.setpoint.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service is told to stop (SIGTERM): what was begun is finished, what is new is refused, and it ends. */
class StopIT {

    private static final int CALLERS = 12;
    private static final int SLOW = 50;
    private static final int TERMINATED = 143;
    private static final List<String> UNCOMPILED = Stream.of("health/setpoint/*.*", "java/util/regex/*.*")
            .map(classes -> "-XX:CompileCommand=exclude," + classes)
            .toList();
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
        assertFalse(service.log().contains("Timed out waiting"));
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

    /** An evaluation that burns for minutes, as its code is not compiled, is not waited for beyond the limit. */
    @Test
    void anEvaluationThatBurnsDoesNotKeepItAlive() throws Exception {
        var service =
                RunningJar.start(place.resolve("burning"), Map.of("setpoint.evaluation-deadline", "300s"), UNCOMPILED);
        var body = service.largeBody("burning");
        try (var socket = new Socket(service.base().getHost(), service.base().getPort())) {
            socket.setSoTimeout(120_000);
            socket.getOutputStream()
                    .write((HEAD + body.length + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            assertTrue(service.burns(Duration.ofSeconds(3)));
            service.stop();
            assertEquals(TERMINATED, service.exit());
            assertFalse(all(socket.getInputStream()).startsWith("HTTP/1.1 200"));
        }
        try (var again = RunningJar.start(place.resolve("burning"), Map.of())) {
            assertEquals(200, again.call().statusCode());
        }
    }

    /** A reader who was cut off is no call that is waited for. */
    @Test
    void aReaderWhoWasCutOffIsNotWaitedFor() throws Exception {
        var service = RunningJar.start(place.resolve("read"), Map.of("setpoint.slowest-reader", "1s"));
        var reader = new Socket();
        try (var load = new Load(service)) {
            // Several times what the buffers between the two take.
            load.awaitAnswers(1500);
            load.stop();
        }
        reader.setReceiveBufferSize(4096);
        reader.connect(
                new InetSocketAddress(service.base().getHost(), service.base().getPort()));
        try (reader) {
            reader.getOutputStream()
                    .write("GET /journal/decisions.ndjson HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 600 && !service.log().contains("its reader is cut off"); i++) {
                Thread.sleep(100);
            }
            service.stop();
        }
        assertEquals(TERMINATED, service.exit());
        var log = service.log();
        var lines = log.lines()
                .filter(line -> line.contains("its reader") || line.contains("ERROR"))
                .toList();
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.get(0).contains("is cut off"), lines::toString);
    }
}
