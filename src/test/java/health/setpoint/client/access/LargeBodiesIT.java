package health.setpoint.client.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.client.token.Keys;
import health.setpoint.client.token.Tokens;
import health.setpoint.journal.RunningJar;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large bodies by the dozen leave the packaged service its memory, and another client its answers. */
class LargeBodiesIT {

    private static final int CALLERS = 36;
    private static final int ROUNDS = 4;
    private static final int ORDINARY = 20;
    private static final int CUT_OFF = 0;
    /** The heap of 256 MB, as much beside it for buffers, and what the JVM itself takes. */
    private static final long MOST_KILOBYTES = 900_000;

    private static final byte[] EMPTY_OBJECTS =
            ("{\"prefetch\":{\"x\":[" + "{},".repeat(1_300_000) + "{}]}}").getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path place;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<Integer> statuses = new ConcurrentSkipListSet<>();
    private final AtomicInteger ends = new AtomicInteger();

    private HttpResponse<String> call(RunningJar service, Optional<String> client, byte[] body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(service.base().resolve("/cds-services/titration-order-sign"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(2))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        client.ifPresent(name -> request.header("Authorization", "Bearer " + token(name)));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String token(String client) {
        var now = Instant.now().getEpochSecond();
        return Tokens.good()
                .without("jku")
                .claim("iss", "https://" + client + ".example/r4")
                .claim("iat", now)
                .claim("exp", now + 300)
                .token();
    }

    private void send(RunningJar service, Optional<String> client) {
        for (int i = 0; i < ROUNDS; i++) {
            try {
                statuses.add(call(service, client, EMPTY_OBJECTS).statusCode());
            } catch (IOException cutOff) {
                // Who was refused and goes on sending for longer than a body may take.
                statuses.add(CUT_OFF);
            } catch (InterruptedException hurried) {
                return;
            }
            ends.incrementAndGet();
        }
    }

    private List<Thread> sendByTheDozen(RunningJar service, Optional<String> client) {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            var caller = new Thread(() -> send(service, client));
            callers.add(caller);
            caller.start();
        }
        return callers;
    }

    private void assertStanding(RunningJar service, List<Thread> callers, long mostKilobytes) throws Exception {
        for (var caller : callers) {
            caller.join();
        }
        assertEquals(CALLERS * ROUNDS, ends.get());
        assertTrue(statuses.contains(400), "none was read: " + statuses);
        assertTrue(Set.of(CUT_OFF, 400, 408, 429, 503).containsAll(statuses), statuses.toString());
        assertTrue(
                Math.max(mostKilobytes, service.residentKilobytes()) < MOST_KILOBYTES,
                mostKilobytes + " and " + service.residentKilobytes() + " kB");
        assertFalse(service.log().contains("OutOfMemory"), service.log());
    }

    @Test
    void anotherClientIsServed() throws Exception {
        var clients = Files.createDirectory(place.resolve("clients"));
        for (var name : List.of("greedy", "ordinary")) {
            Files.writeString(clients.resolve(name + ".yaml"), """
                    name: %s
                    mode: full
                    issuer: https://%s.example/r4
                    keys: {jwks: %s}
                    zone: UTC
                    """.formatted(name, name, Keys.jwks(Keys.EC)));
        }
        var settings = Map.of("setpoint.clients.folder", clients.toString(), "setpoint.public-url", Tokens.BASE);
        try (var service = RunningJar.start(place.resolve("data"), settings)) {
            var callers = sendByTheDozen(service, Optional.of("greedy"));
            var most = 0L;
            for (int i = 0; i < ORDINARY; i++) {
                var answer = call(
                        service,
                        Optional.of("ordinary"),
                        service.body(UUID.randomUUID().toString()));
                assertEquals(200, answer.statusCode(), answer.body());
                most = Math.max(most, service.residentKilobytes());
            }
            assertStanding(service, callers, most);
        }
    }

    /** Where nobody is registered all callers of this machine are one: it stands, and serves again. */
    @Test
    void localModeStandsIt() throws Exception {
        try (var service = RunningJar.start(place.resolve("local"), Map.of())) {
            var callers = sendByTheDozen(service, Optional.empty());
            var most = 0L;
            for (int i = 0; i < ORDINARY; i++) {
                var answer = call(
                        service,
                        Optional.empty(),
                        service.body(UUID.randomUUID().toString()));
                assertTrue(Set.of(200, 503).contains(answer.statusCode()), answer.body());
                most = Math.max(most, service.residentKilobytes());
            }
            assertStanding(service, callers, most);
            assertEquals(200, service.call().statusCode());
        }
    }
}
