package health.setpoint.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
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

    /**
     * In the folder of a service that has stopped. What waits in its spool, as it may where the store was back only just
     * before the end, is in the store once the service was started again.
     */
    static void assertNothingLost(Set<String> delivered, Path folder) throws Exception {
        var spool = folder.resolve("journal.spool");
        if (Files.exists(spool) && Files.size(spool) > 0) {
            try (var restarted = RunningJar.start(folder, Map.of())) {
                assertEquals(200, restarted.call().statusCode());
            }
            assertEquals(0, Files.size(spool), "bytes that wait in the spool after a restart");
        }
        assertNothingLost(delivered, embedded(folder));
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
