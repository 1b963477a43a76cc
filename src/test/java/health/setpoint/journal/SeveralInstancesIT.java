package health.setpoint.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import health.setpoint.client.token.Keys;
import health.setpoint.client.token.Tokens;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three packaged instances on one PostgreSQL, called in turn: a token is good once on all of them, keys change, one is
 * killed, the server is restarted. {@code -Dsetpoint.instances.calls=10000} for the long version.
 */
class SeveralInstancesIT {

    private static final int CALLS = Integer.getInteger("setpoint.instances.calls", 450);
    private static final int CALLERS = 6;
    private static final int INSTANCES = 3;
    private static final String SERVICE = "/cds-services/titration-order-sign";
    private static final Duration KEYS_KNOWN = Duration.ofSeconds(60);
    /** Before a call gets 503 it is tried for 2 seconds, and a server that is back is asked again within one. */
    private static final Duration BACK = Duration.ofSeconds(5);

    private static final Duration AWAY = Duration.ofSeconds(4);

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path place;

    private final List<RunningJar> instances = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();
    private final Set<String> delivered = ConcurrentHashMap.newKeySet();
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final Queue<Instant> refusals = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger cutOff = new AtomicInteger();
    private volatile PublicJsonWebKey key = Keys.EC;
    private volatile boolean goOn = true;

    private EmbeddedPostgres server;
    private Path clients;
    private Map<String, String> settings;

    @BeforeEach
    void start() throws Exception {
        server = postgresql(0);
        clients = Files.createDirectory(place.resolve("clients"));
        register(Keys.EC);
        settings = new HashMap<>(Stores.postgresql(server, "refuse"));
        settings.put("setpoint.clients.folder", clients.toString());
        settings.put("setpoint.public-url", Tokens.BASE);
        settings.put("setpoint.journal.hash-key", "one key for all of the instances");
        for (int i = 0; i < INSTANCES; i++) {
            instances.add(instance(i));
        }
    }

    @AfterEach
    void stop() throws IOException {
        goOn = false;
        instances.forEach(RunningJar::close);
        server.close();
    }

    private EmbeddedPostgres postgresql(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(place.resolve("postgresql"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    private RunningJar instance(int number) throws Exception {
        return RunningJar.start(place.resolve("instance-" + number), settings);
    }

    /** By a file that takes the other's place at once, as a mounted secret does. */
    private void register(PublicJsonWebKey... keys) throws IOException {
        var file = Files.writeString(place.resolve("ehr.new"), """
                name: ehr
                mode: full
                issuer: https://ehr.example/r4
                keys: {jwks: %s}
                zone: UTC
                limits: {calls-per-second: 1000, calls-at-once: 50}
                """.formatted(Keys.jwks(keys)));
        Files.move(file, clients.resolve("ehr.yaml"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String token(PublicJsonWebKey key) {
        var now = Instant.now().getEpochSecond();
        return Tokens.signedBy(key, "ES384")
                .without("jku")
                .claim("iat", now)
                .claim("exp", now + 300)
                .token();
    }

    private HttpResponse<String> call(RunningJar instance, String token) throws IOException, InterruptedException {
        var body = instances.get(0).body(UUID.randomUUID().toString());
        return http.send(
                HttpRequest.newBuilder(instance.base().resolve(SERVICE))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .timeout(Duration.ofSeconds(30))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void keepCalling(int instancesInTurn) {
        while (goOn) {
            var instance = instances.get(turn.getAndIncrement() % instancesInTurn);
            try {
                var answer = call(instance, token(key));
                if (answer.statusCode() == 200) {
                    delivered.addAll(RunningJar.cards(answer));
                    said.add(advice(answer));
                    answers.incrementAndGet();
                } else if (answer.statusCode() == 503) {
                    refusals.add(Instant.now());
                    pause();
                } else {
                    wrong.add(answer.statusCode() + " " + answer.body());
                }
            } catch (IOException gone) {
                // Nothing was delivered: the EHR shows no card.
                cutOff.incrementAndGet();
                pause();
            } catch (InterruptedException hurried) {
                return;
            }
        }
    }

    private static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }

    /** What the cards say, without what differs from call to call. */
    private static String advice(HttpResponse<String> answer) throws IOException {
        var advice = new StringBuilder();
        for (var card : JSON.readTree(answer.body()).path("cards")) {
            advice.append(card.path("summary")).append(card.path("detail")).append(card.path("extension"));
        }
        return advice.toString();
    }

    private List<Thread> callers(int instancesInTurn) {
        goOn = true;
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            var caller = new Thread(() -> keepCalling(instancesInTurn));
            callers.add(caller);
            caller.start();
        }
        return callers;
    }

    private void join(List<Thread> callers) throws InterruptedException {
        goOn = false;
        for (var caller : callers) {
            caller.join();
        }
    }

    private void awaitAnswers(int more) throws InterruptedException {
        int goal = answers.get() + more;
        for (int i = 0; i < 60 * CALLS && answers.get() < goal; i++) {
            Thread.sleep(50);
        }
        assertTrue(answers.get() >= goal, () -> answers + " answers of " + goal + "; " + wrong.peek());
    }

    private double perSecond(int instancesInTurn) throws InterruptedException {
        var callers = callers(instancesInTurn);
        awaitAnswers(CALLS / 9);
        var before = answers.get();
        var start = System.nanoTime();
        awaitAnswers(CALLS / 9);
        var rate = (answers.get() - before) / ((System.nanoTime() - start) / 1e9);
        join(callers);
        return rate;
    }

    private void awaitOnEveryInstance(PublicJsonWebKey signedBy, int status) throws Exception {
        var until = System.nanoTime() + KEYS_KNOWN.toNanos();
        for (var instance : instances) {
            while (call(instance, token(signedBy)).statusCode() != status) {
                assertTrue(System.nanoTime() - until < 0, () -> "still not " + status + ": " + signedBy.getKeyId());
                Thread.sleep(100);
            }
        }
    }

    @Test
    void nothingDeliveredIsLostAndNothingWrongIsAnswered() throws Exception {
        var ofOne = perSecond(1);
        var ofThree = perSecond(INSTANCES);
        System.out.printf("%.0f answers/s of one instance, %.0f of three on the same machine%n", ofOne, ofThree);

        var callers = callers(INSTANCES);
        awaitAnswers(CALLS / 9);
        aTokenIsGoodOnceOnAllOfThem();
        aKeyIsChangedWithoutARefusal();
        assertEquals(0, refusals.size(), "calls refused while nothing was amiss");
        assertEquals(0, cutOff.get(), "calls cut off while nothing was amiss");

        instances.get(1).kill();
        awaitAnswers(CALLS / 9);
        instances.set(1, instance(1));
        assertEquals(0, refusals.size(), "calls that others refused because one was killed");
        awaitAnswers(CALLS / 9);

        var down = Instant.now();
        var port = server.getPort();
        server.close();
        // Longer than a call waits for it.
        Thread.sleep(AWAY.toMillis());
        server = postgresql(port);
        var back = Instant.now();
        awaitAnswers(CALLS / 3);
        join(callers);

        System.out.printf(
                "%d answers, %d cards, %d cut off, %d refused with 503 (server away for %d ms)%n",
                answers.get(),
                delivered.size(),
                cutOff.get(),
                refusals.size(),
                Duration.between(down, back).toMillis());
        assertEquals(List.of(), List.copyOf(wrong));
        assertEquals(1, said.size(), () -> "the same man, and other words: " + said);
        assertTrue(!refusals.isEmpty(), "the server was away, and nobody noticed");
        var late = refusals.stream()
                .filter(at -> at.isBefore(down) || at.isAfter(back.plus(BACK)))
                .toList();
        assertEquals(List.of(), late, () -> "503 outside of " + down + " to " + back.plus(BACK));
        System.out.printf("%d bytes on PostgreSQL for each decision%n", bytesOfEach());
        Stores.assertNothingLost(delivered, server.getPostgresDatabase().getConnection());
    }

    /** With indexes, its cards, and what waits to be vacuumed. */
    private long bytesOfEach() throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var sizes = connection.createStatement().executeQuery("""
                        select (pg_total_relation_size('decision') + pg_total_relation_size('card'))
                            / (select count(*) from decision)""")) {
            sizes.next();
            return sizes.getLong(1);
        }
    }

    private void aTokenIsGoodOnceOnAllOfThem() throws Exception {
        for (int first = 0; first < INSTANCES; first++) {
            var token = token(key);
            assertEquals(200, call(instances.get(first), token).statusCode());
            for (var instance : instances) {
                assertEquals(401, call(instance, token).statusCode());
            }
        }
    }

    private void aKeyIsChangedWithoutARefusal() throws Exception {
        register(Keys.EC, Keys.SECOND);
        awaitOnEveryInstance(Keys.SECOND, 200);
        key = Keys.SECOND;
        // Calls on their way with the old one.
        awaitAnswers(2 * CALLERS);
        register(Keys.SECOND);
        awaitOnEveryInstance(Keys.EC, 401);
        assertEquals(200, call(instances.get(0), token(Keys.SECOND)).statusCode());
    }
}
