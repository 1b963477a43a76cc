package health.setpoint.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder is one process's: a second one does not start on it, and the first loses nothing. */
class OneProcessIT {

    @TempDir
    Path place;

    private Path data() {
        return place.resolve("data");
    }

    @Test
    void onTheEmbeddedStoreASecondProcessIsRefusedAndTheFirstGoesOn() throws Exception {
        for (var whenDown : List.of("refuse", "degrade")) {
            secondIsRefused(Map.of("setpoint.journal.when-down", whenDown));
        }
    }

    @Test
    void onPostgresqlASecondProcessIsRefusedAndTheFirstGoesOn() throws Exception {
        try (var server = EmbeddedPostgres.start()) {
            for (var whenDown : List.of("refuse", "degrade")) {
                secondIsRefused(Stores.postgresql(server, whenDown));
            }
        }
    }

    @Test
    void twoProcessesWithAFolderEachShareOnePostgresql() throws Exception {
        try (var server = EmbeddedPostgres.start();
                var one = RunningJar.start(data(), Stores.postgresql(server, "degrade"));
                var other = RunningJar.start(place.resolve("other"), Stores.postgresql(server, "degrade"))) {
            assertEquals(200, one.call().statusCode());
            assertEquals(200, other.call().statusCode());
        }
    }

    private void secondIsRefused(Map<String, String> settings) throws Exception {
        var first = RunningJar.start(data(), settings);
        try (var load = new Load(first)) {
            load.awaitAnswers(10);
            var second = assertThrows(AssertionError.class, () -> RunningJar.start(data(), settings));
            assertRefused(second.getMessage());
            load.awaitAnswers(10);
            assertEquals(200, first.get("/q/health/ready").statusCode());
            first.kill();
            load.stop();
        }
        try (var afterTheKill = RunningJar.start(data(), settings)) {
            assertEquals(200, afterTheKill.call().statusCode());
        }
    }

    private void assertRefused(String log) {
        var lines = log.lines()
                .filter(line -> line.contains("setpoint.journal.folder: " + data() + " is in use by another process"))
                .toList();
        assertEquals(1, lines.size(), log);
        assertFalse(log.contains("\tat "), "a stack trace: " + log);
    }

    @Test
    void replayOfAFolderInUseIsRefusedAndReplayOfCapturedRequestsIsNot() throws Exception {
        var calls = Files.createDirectory(place.resolve("calls"));
        try (var service = RunningJar.start(data(), Map.of())) {
            assertEquals(200, service.call().statusCode());
            Files.writeString(
                    calls.resolve("one.json"),
                    service.get("/samples/order-sign.json").body());
            var kept = RunningJar.command(data(), Map.of(), "replay");
            assertEquals(1, kept.exit(), kept.output());
            assertRefused(kept.output());
            var captured = RunningJar.command(data(), Map.of(), "replay", "--calls", calls.toString());
            assertEquals(0, captured.exit(), captured.output());
            assertTrue(captured.output().contains("\"same\" : 1"), captured.output());
            assertEquals(200, service.call().statusCode());
        }
        var afterTheStop = RunningJar.command(data(), Map.of(), "replay");
        assertEquals(0, afterTheStop.exit(), afterTheStop.output());
        assertTrue(afterTheStop.output().contains("\"same\" : 2"), afterTheStop.output());
    }

    @Test
    void onPostgresqlReplayReadsBesideTheServiceAndTouchesNoFolder() throws Exception {
        try (var server = EmbeddedPostgres.start();
                var service = RunningJar.start(data(), Stores.postgresql(server, "refuse"))) {
            assertEquals(200, service.call().statusCode());
            var elsewhere = place.resolve("elsewhere");
            for (var folder : List.of(data(), elsewhere)) {
                var kept = RunningJar.command(folder, Stores.postgresql(server, "refuse"), "replay");
                assertEquals(0, kept.exit(), kept.output());
                assertTrue(kept.output().contains("\"same\" : 1"), kept.output());
            }
            assertFalse(Files.exists(elsewhere));
        }
    }

    @Test
    void whatACommandFoundInTheSpoolAfterAKillIsRepeatedToo() throws Exception {
        Map<String, String> settings = new HashMap<>();
        var service = RunningJar.start(data(), settings);
        assertEquals(200, service.call().statusCode());
        service.kill();
        var kept = RunningJar.command(data(), settings, "replay");
        assertEquals(0, kept.exit(), kept.output());
        assertTrue(kept.output().contains("\"same\" : 1"), kept.output());
    }
}
