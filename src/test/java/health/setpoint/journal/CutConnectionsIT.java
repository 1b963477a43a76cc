package health.setpoint.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real jar on a PostgreSQL that cuts its connections: no call is refused for it, and none is kept twice. */
class CutConnectionsIT {

    @TempDir
    Path folder;

    @Test
    void connectionsThatWereCutCostNoAnswer() throws Exception {
        for (var whenDown : List.of("refuse", "degrade")) {
            try (var server = EmbeddedPostgres.start();
                    var service = RunningJar.start(folder.resolve(whenDown), Stores.postgresql(server, whenDown))) {
                var calls = 0;
                for (int round = 0; round < 5; round++) {
                    assertEquals(200, service.call().statusCode());
                    assertTrue(cut(server) > 0);
                    assertEquals(200, service.call().statusCode(), "round " + round);
                    calls += 2;
                }
                try (var load = new Load(service)) {
                    for (int round = 0; round < 20; round++) {
                        load.awaitAnswers(3);
                        cut(server);
                    }
                    load.stop();
                    assertEquals(0, load.refused());
                    calls += load.answered();
                    Stores.assertNothingLost(
                            load.delivered(), server.getPostgresDatabase().getConnection());
                }
                assertEquals(calls, decisions(server), whenDown);
            }
        }
    }

    private static int cut(EmbeddedPostgres server) throws SQLException {
        return number(
                server,
                "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where pid <> pg_backend_pid() and backend_type = 'client backend'");
    }

    private static int decisions(EmbeddedPostgres server) throws SQLException {
        return number(server, "select count(*) from decision");
    }

    private static int number(EmbeddedPostgres server, String query) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
