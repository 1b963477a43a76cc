package health.setpoint.client.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.client.token.JdbcSeenTokens;
import health.setpoint.client.token.SeenTokens;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On a real PostgreSQL. */
@Tag("attack")
class PostgresqlSeenTokensTest extends SeenTokensOnAnyStore {

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Override
    DataSource source() throws Exception {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("drop database if exists seen with (force)");
            statement.execute("create database seen");
        }
        return server.getDatabase("postgres", "seen");
    }

    @Test
    void connectionsThatWereCutWhileIdleCostNoAnswer() throws Exception {
        try (var pool = pool()) {
            var seen = new JdbcSeenTokens(
                    pool, () -> pool.flush(AgroalDataSource.FlushMode.GRACEFUL), Duration.ofSeconds(20));
            for (int round = 0; round < 10; round++) {
                var token = "after the cut " + round;
                assertTrue(seen.first("before the cut " + round, UNTIL));
                cutAll();
                assertTrue(seen.first(token, UNTIL));
                cutAll();
                assertThrows(
                        SeenTokens.Unavailable.class,
                        () -> seen.first(token, UNTIL),
                        "a token that was taken before is not taken because its second try met a cut connection");
                assertFalse(seen.first(token, UNTIL));
            }
        }
    }

    @Test
    void aServerThatIsStartedAgainWithinThePatienceCostsNoAnswer() throws Exception {
        var failures = new AtomicInteger(5);
        var seen = new JdbcSeenTokens(failing(failures), () -> {}, Duration.ofSeconds(20));
        assertTrue(seen.first("while it starts", UNTIL));
        assertEquals(0, failures.get());
    }

    @Test
    void aServerThatStaysAwayIsAskedOnceOnlyUntilItIsBack() throws Exception {
        var failures = new AtomicInteger(Integer.MAX_VALUE);
        var seen = new JdbcSeenTokens(failing(failures), () -> {}, Duration.ofSeconds(2));
        assertThrows(SeenTokens.Unavailable.class, () -> seen.first("one", UNTIL));
        var before = failures.get();
        assertTrue(before < Integer.MAX_VALUE - 1, "tried several times");
        assertThrows(SeenTokens.Unavailable.class, () -> seen.first("two", UNTIL));
        assertEquals(before - 1, failures.get());
        failures.set(0);
        assertTrue(seen.first("three", UNTIL));
    }

    private static DataSource failing(AtomicInteger failures) {
        return (DataSource) Proxy.newProxyInstance(
                PostgresqlSeenTokensTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, words) -> {
                    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw new SQLException("the database system is starting up", "57P03");
                    }
                    return server.getDatabase("postgres", "seen").getConnection();
                });
    }

    private static void cutAll() throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'seen'");
        }
    }

    private static AgroalDataSource pool() throws SQLException {
        return AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(connections -> connections
                        .maxSize(4)
                        .acquisitionTimeout(Duration.ofSeconds(5))
                        .connectionFactoryConfiguration(to -> to.connectionProviderClass(org.postgresql.Driver.class)
                                .jdbcUrl(server.getJdbcUrl("postgres", "seen"))
                                .principal(new NamePrincipal("postgres"))
                                .credential(new SimplePassword("postgres")))));
    }
}
