package health.setpoint.journal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The journal on a real PostgreSQL. */
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
}
