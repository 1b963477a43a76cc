package health.setpoint.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real jar under load: killed, stopped, and with its PostgreSQL taken away. No decision of a delivered card is lost. */
class DurabilityIT {

    private static final int ROUNDS = 3;

    @TempDir
    Path folder;

    @Test
    void killedUnderLoadTheEmbeddedStoreLosesNoDecisionOfADeliveredCard() throws Exception {
        Set<String> delivered = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            var service = RunningJar.start(folder, Map.of());
            try (var load = new Load(service)) {
                load.awaitAnswers(40);
                service.kill();
                load.stop();
                delivered.addAll(load.delivered());
            }
        }
        try (var restarted = RunningJar.start(folder, Map.of())) {
            assertEquals(200, restarted.call().statusCode());
        }
        assertNothingLost(delivered, embedded());
    }

    @Test
    void stoppedUnderLoadCallsInFlightAreFinishedAndKept() throws Exception {
        var service = RunningJar.start(folder, Map.of());
        try (var load = new Load(service)) {
            load.awaitAnswers(40);
            service.stop();
            load.stop();
            assertNothingLost(load.delivered(), embedded());
        }
    }

    @Test
    void aJournalThatALaterReleaseHasBroughtUpToDateIsWrittenOn() throws Exception {
        try (var service = RunningJar.start(folder, Map.of())) {
            assertEquals(200, service.call().statusCode());
        }
        try (var store = embedded();
                var later = store.createStatement()) {
            later.execute("""
                    insert into "flyway_schema_history" ("installed_rank", "version", "description", "type", "script",
                        "installed_by", "execution_time", "success")
                    values (99, '99', 'of a later release', 'SQL', 'V99__later.sql', 'later', 1, true)""");
        }
        try (var goneBack = RunningJar.start(folder, Map.of())) {
            assertEquals(200, goneBack.call().statusCode());
        }
    }

    @Test
    void killedUnderLoadPostgresqlLosesNoDecisionOfADeliveredCard() throws Exception {
        try (var server = EmbeddedPostgres.start()) {
            var service = RunningJar.start(folder, postgresql(server, "refuse"));
            try (var load = new Load(service)) {
                load.awaitAnswers(40);
                service.kill();
                load.stop();
                assertNothingLost(load.delivered(), server.getPostgresDatabase().getConnection());
            }
        }
    }

    @Test
    void whilePostgresqlIsAwayARefusingServiceAnswers503AndThenGoesOn() throws Exception {
        var data = folder.resolve("postgresql");
        var server = postgresql(data, 0);
        int port = server.getPort();
        try (var service = RunningJar.start(folder, postgresql(server, "refuse"));
                var load = new Load(service)) {
            load.awaitAnswers(20);
            server.close();
            load.awaitRefusals(5);
            assertEquals(503, service.get("/q/health/ready").statusCode());
            server = postgresql(data, port);
            load.awaitAnswers(20);
            load.stop();
            assertNothingLost(load.delivered(), server.getPostgresDatabase().getConnection());
        } finally {
            server.close();
        }
    }

    @Test
    void whilePostgresqlIsAwayADegradedServiceGoesOnAndLosesNothing() throws Exception {
        var data = folder.resolve("postgresql");
        var server = postgresql(data, 0);
        int port = server.getPort();
        var settings = postgresql(server, "degrade");
        var service = RunningJar.start(folder, settings);
        Set<String> delivered;
        try (var load = new Load(service)) {
            load.awaitAnswers(20);
            server.close();
            load.awaitAnswers(20);
            service.kill();
            load.stop();
            delivered = load.delivered();
        }
        assertTrue(Files.size(folder.resolve("journal.spool")) > 0);
        server = postgresql(data, port);
        try (var restarted = RunningJar.start(folder, settings)) {
            for (int i = 0; i < 100 && Files.size(folder.resolve("journal.spool")) > 0; i++) {
                Thread.sleep(100);
            }
            assertEquals(200, restarted.call().statusCode());
            assertNothingLost(delivered, server.getPostgresDatabase().getConnection());
        } finally {
            server.close();
        }
    }

    private static EmbeddedPostgres postgresql(Path data, int port) throws Exception {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    private static Map<String, String> postgresql(EmbeddedPostgres server, String whenDown) {
        return Stores.postgresql(server, whenDown);
    }

    private Connection embedded() throws SQLException {
        return Stores.embedded(folder);
    }

    private static void assertNothingLost(Set<String> delivered, Connection store) throws SQLException {
        Stores.assertNothingLost(delivered, store);
    }
}
