package health.setpoint.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The stores of a running jar: its settings, and a look into them from outside. */
final class Stores {

    private Stores() {}

    static Map<String, String> postgresql(EmbeddedPostgres server, String whenDown) {
        return Map.of(
                "setpoint.journal.store",
                "postgresql",
                "setpoint.journal.when-down",
                whenDown,
                "setpoint.postgresql.url",
                "jdbc:postgresql://localhost:" + server.getPort() + "/postgres",
                "setpoint.postgresql.username",
                "postgres",
                "setpoint.postgresql.password",
                "postgres");
    }

    /** The file of a service that does not run. */
    static Connection embedded(Path folder) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:h2:file:" + folder.toAbsolutePath() + "/journal;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                "setpoint",
                "setpoint");
    }

    /** Closes the store. */
    static void assertNothingLost(Set<String> delivered, Connection store) throws SQLException {
        assertFalse(delivered.isEmpty());
        Set<String> missing = new HashSet<>(delivered);
        try (store;
                var rows = store.createStatement().executeQuery("select uuid from card")) {
            while (rows.next()) {
                missing.remove(rows.getString(1));
            }
        }
        assertEquals(Set.of(), missing, "lost of " + delivered.size() + " delivered cards");
    }
}
