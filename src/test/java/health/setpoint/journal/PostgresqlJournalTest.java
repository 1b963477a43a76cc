package health.setpoint.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.journal.lifecycle.Purge;
import health.setpoint.journal.store.JdbcStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The journal on a real PostgreSQL. */
@Tag("attack")
class PostgresqlJournalTest extends JournalOnAnyStore {

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
            statement.execute("drop database if exists journal with (force)");
            statement.execute("create database journal");
        }
        return server.getDatabase("postgres", "journal");
    }

    @Override
    JdbcStore store(DataSource source, Runnable schema) {
        return JdbcStore.server(source, schema);
    }

    @Test
    void whileAnotherServiceDeletesOldEntriesThisOneDoesNot() throws Exception {
        journal.record(Decisions.at(Decisions.NOW.minusSeconds(1000), "old"));
        writer.settle();
        var here = new Purge(writer, source, Optional.empty());
        try (var there = source.getConnection();
                var statement = there.createStatement()) {
            statement.execute("select pg_advisory_lock(" + Purge.LOCK + ")");
            assertEquals(Purge.Deleted.NOTHING, here.before(Decisions.NOW));
            assertEquals(List.of("old"), column("select uuid from card"));
        }
        assertEquals(new Purge.Deleted(1, 0), here.before(Decisions.NOW));
        try (var there = source.getConnection();
                var statement = there.createStatement();
                var free = statement.executeQuery("select pg_try_advisory_lock(" + Purge.LOCK + ")")) {
            assertTrue(free.next() && free.getBoolean(1), "left to others after it");
        }
    }
}
