package health.setpoint.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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

    @Test
    void aServerThatIsStartedAgainWithinThePatienceCostsNoAnswer() throws Exception {
        var data = folder.resolve("postgresql");
        var server = server(data, 0);
        var port = server.getPort();
        Map<String, String> settings = new HashMap<>(Stores.postgresql(server, "refuse"));
        settings.put("setpoint.journal.patience", "15s");
        settings.put("setpoint.evaluation-deadline", "30s");
        try (var service = RunningJar.start(folder.resolve("restarted"), settings);
                var load = new Load(service)) {
            for (int round = 0; round < 3; round++) {
                load.awaitAnswers(10);
                server.close();
                server = server(data, port);
            }
            load.awaitAnswers(10);
            load.stop();
            assertEquals(0, load.refused());
            Stores.assertNothingLost(
                    load.delivered(), server.getPostgresDatabase().getConnection());
        } finally {
            server.close();
        }
    }

    private static EmbeddedPostgres server(Path data, int port) throws Exception {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    /** The 2 seconds after which the server counts as away are those of the answers' connections. */
    @Test
    void whoReadsMuchMayTakeLongerThanAnAnswerMay() throws Exception {
        try (var server = EmbeddedPostgres.start();
                var service = RunningJar.start(folder.resolve("slow"), Stores.postgresql(server, "refuse"));
                var elsewhere = server.getPostgresDatabase().getConnection();
                var lock = elsewhere.createStatement()) {
            assertEquals(200, service.call().statusCode());
            elsewhere.setAutoCommit(false);
            lock.execute("lock table feedback in access exclusive mode");
            var waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return service.get("/journal/feedback.ndjson").statusCode();
                } catch (IOException | InterruptedException failed) {
                    throw new AssertionError(failed);
                }
            });
            Thread.sleep(4000);
            assertEquals(200, service.call().statusCode(), "a call meanwhile");
            assertFalse(waiting.isDone());
            elsewhere.commit();
            assertEquals(200, waiting.get());
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
