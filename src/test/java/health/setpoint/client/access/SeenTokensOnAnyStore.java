package health.setpoint.client.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.client.Endpoint;
import health.setpoint.client.file.ClientFiles;
import health.setpoint.client.file.ClientFolder;
import health.setpoint.client.token.JdbcSeenTokens;
import health.setpoint.client.token.Keys;
import health.setpoint.client.token.LowestClockReading;
import health.setpoint.client.token.SeenTokens;
import health.setpoint.client.token.TokenCheck;
import health.setpoint.client.token.Tokens;
import health.setpoint.client.token.Trust;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A token is taken once, by whichever instance, on every store; one subclass for each. */
@Tag("attack")
abstract class SeenTokensOnAnyStore {

    static final Instant UNTIL = Tokens.NOW.plusSeconds(360);

    private DataSource source;
    private JdbcSeenTokens seen;

    abstract DataSource source() throws Exception;

    @BeforeEach
    void open() throws Exception {
        source = source();
        Flyway.configure()
                .dataSource(source)
                .locations("db/journal", "db/client")
                .load()
                .migrate();
        seen = on(source);
    }

    static JdbcSeenTokens on(DataSource source) {
        return new JdbcSeenTokens(source, () -> {}, Duration.ofSeconds(20));
    }

    private static String id(int number) {
        return "%064x".formatted(number);
    }

    @Test
    void aTokenIsTakenOnceOnEveryInstance() {
        assertTrue(seen.first(id(1), UNTIL));
        assertFalse(seen.first(id(1), UNTIL));
        assertFalse(on(source).first(id(1), UNTIL), "on another instance");
        assertTrue(seen.first(id(2), UNTIL));
    }

    @Test
    void ofManyWhoComeAtTheSameMomentOneIsTheFirst() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            for (int token = 0; token < 40; token++) {
                var id = id(token);
                List<Callable<Boolean>> callers = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    callers.add(() -> on(source).first(id, UNTIL));
                }
                var first = 0;
                for (var answer : threads.invokeAll(callers)) {
                    first += answer.get() ? 1 : 0;
                }
                assertEquals(1, first, id);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatIsWorthlessIsForgottenAndNothingElse() throws SQLException {
        assertEquals(0, seen.forget(UNTIL), "there is nothing");
        seen.first(id(1), UNTIL);
        seen.first(id(2), UNTIL.plusSeconds(1));
        seen.first(id(3), UNTIL.plus(Duration.ofHours(3)));
        assertEquals(0, seen.forget(UNTIL));
        assertEquals(1, seen.forget(UNTIL.plusSeconds(1)));
        assertFalse(seen.first(id(2), UNTIL.plusSeconds(1)));
        assertTrue(seen.first(id(4), UNTIL.plusSeconds(1)));
    }

    @Test
    void manyAreForgottenInSmallPieces() throws SQLException {
        for (int i = 0; i < 1100; i++) {
            seen.first(id(i), UNTIL);
        }
        seen.first(id(9999), UNTIL.plus(Duration.ofHours(3)));
        assertEquals(1100, seen.forget(UNTIL.plusSeconds(1)));
    }

    @Test
    void aTokenThatMayHaveBeenForgottenIsNobodysWhateverTheClockSays() throws SQLException {
        seen.first(id(1), UNTIL);
        seen.first(id(2), UNTIL.plus(Duration.ofHours(3)));
        assertEquals(1, seen.forget(UNTIL.plusSeconds(1)));
        assertFalse(seen.first(id(1), UNTIL));
        assertFalse(on(source).first(id(1), UNTIL), "on another instance, or after a start");
        assertEquals(0, seen.forget(UNTIL.minusSeconds(1000)), "by a clock that was set back");
        assertFalse(seen.first(id(1), UNTIL));
    }

    @Test
    void aClockThatRanAheadHasNothingForgottenThatIsStillGood() throws SQLException {
        seen.first(id(1), UNTIL);
        seen.first(id(2), UNTIL.plusSeconds(50));
        assertEquals(0, seen.forget(UNTIL.plus(Duration.ofDays(4000))));
        assertFalse(seen.first(id(1), UNTIL));
        assertTrue(seen.first(id(3), UNTIL.plusSeconds(10)), "fresh tokens are taken when the clock is right again");
    }

    /**
     * The machine's clock is set back and forth, by up to five hours, while clients whose clocks are right send fresh tokens
     * and a thief sends all that he has seen.
     */
    @Test
    void noTokenIsTakenTwiceUnderAClockThatIsSetBackAndForth() throws SQLException {
        record Sent(String id, Instant issued, Instant expires) {
            boolean isGoodAt(Instant shown) {
                return !issued.isAfter(shown.plus(TokenCheck.SKEW)) && shown.isBefore(expires.plus(TokenCheck.SKEW));
            }
        }
        var random = new Random(16);
        var lowest = new LowestClockReading(Trust.LONGEST);
        var off = Duration.ZERO;
        List<Sent> known = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        var freshOnes = 0;
        var forgotten = 0;
        for (int minute = 0; minute < 900; minute++) {
            var right = Tokens.NOW.plus(Duration.ofMinutes(minute));
            if (random.nextInt(50) == 0) {
                off = random.nextBoolean() ? Duration.ZERO : Duration.ofMinutes(random.nextInt(600) - 300);
            }
            var shown = right.plus(off);
            var fresh = new Sent(id(minute), right, right.plus(Duration.ofMinutes(random.nextInt(10) == 0 ? 60 : 5)));
            if (fresh.isGoodAt(shown)) {
                assertTrue(seen.first(fresh.id(), fresh.expires().plus(TokenCheck.SKEW)), "fresh, minute " + minute);
                taken.add(fresh.id());
                freshOnes++;
            }
            known.add(fresh);
            for (var stolen : minute % 20 == 0 ? known : List.<Sent>of()) {
                if (stolen.isGoodAt(shown)
                        && seen.first(stolen.id(), stolen.expires().plus(TokenCheck.SKEW))) {
                    assertTrue(taken.add(stolen.id()), "twice, minute " + minute);
                }
            }
            if (minute % 10 == 0) {
                var moment = lowest.after(Duration.ofMinutes(minute).toNanos(), shown);
                if (moment.isPresent()) {
                    forgotten += seen.forget(moment.get());
                }
            }
        }
        assertTrue(freshOnes > 200 && forgotten > 100, freshOnes + " taken, " + forgotten + " forgotten");
    }

    @Test
    void aTokenThatWasUsedOnOneInstanceIsRefusedByAnother() {
        var token = List.of("Bearer " + Tokens.good().token());
        var service = Endpoint.service("titration-order-sign");
        assertInstanceOf(AccessDecision.Admitted.class, instance().admit(token, service));
        assertInstanceOf(AccessDecision.Unknown.class, instance().admit(token, service));
        assertInstanceOf(
                AccessDecision.Admitted.class,
                instance().admit(List.of("Bearer " + Tokens.good().token()), service));
    }

    @Test
    void aTokenThatDidNotProveGoodIsNotRemembered() {
        var service = Endpoint.service("titration-order-sign");
        var good = Tokens.good();
        var forged = Tokens.signedBy(Keys.STRANGER, "ES384").claim("jti", good.claims.get("jti"));
        assertInstanceOf(AccessDecision.Unknown.class, instance().admit(List.of("Bearer " + forged.token()), service));
        assertInstanceOf(AccessDecision.Admitted.class, instance().admit(List.of("Bearer " + good.token()), service));
    }

    @Test
    void whereNobodyCanTellNobodyIsLetIn() throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("drop table seen_token");
        }
        assertThrows(SeenTokens.Unavailable.class, () -> seen.first(id(1), UNTIL));
        assertInstanceOf(
                AccessDecision.CannotTell.class,
                instance().admit(List.of("Bearer " + Tokens.good().token()), Endpoint.service("titration-order-sign")));
    }

    /** One of several instances of the service on this store. */
    private AccessControl instance() {
        var yaml = """
                name: ehr
                mode: full
                issuer: https://ehr.example/r4
                keys: {jku: "%s", jwks: %s}
                zone: UTC
                """.formatted(URI.create(Tokens.JKU), Keys.jwks(Keys.EC));
        var clients = ClientFolder.read(
                        ClientFiles.folder("ehr.yaml", yaml), ClientFolder.Reading.NONE, ClientFiles.OFFER)
                .clients();
        return new AccessControl(
                () -> clients,
                Optional.empty(),
                new TokenCheck((registered, id, algorithm) -> Optional.empty()),
                on(source),
                new RateLimiter(System::nanoTime),
                ClientFiles.OFFER,
                Tokens.BASE + "/",
                () -> Tokens.NOW,
                new SimpleMeterRegistry());
    }
}
