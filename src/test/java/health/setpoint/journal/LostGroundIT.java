package health.setpoint.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real jar under load, with its files taken away: it is not ready, and whatever was delivered is kept. */
class LostGroundIT {

    @TempDir
    Path place;

    private Path data() {
        return place.resolve("data");
    }

    private Path aside() {
        return place.resolve("aside");
    }

    @Test
    void withoutItsFileARefusingServiceRefusesAndLosesNothingThatItDelivered() throws Exception {
        var delivered = takenAwayUnderLoad(data().resolve("journal.mv.db"), "refuse");
        Stores.assertNothingLost(delivered, data());
    }

    @Test
    void withoutItsFileADegradedServiceGoesOnAndLosesNothing() throws Exception {
        var delivered = takenAwayUnderLoad(data().resolve("journal.mv.db"), "degrade");
        Stores.assertNothingLost(delivered, data());
    }

    @Test
    void withoutItsFolderTheServiceRefusesAndLosesNothingThatItDelivered() throws Exception {
        var delivered = takenAwayUnderLoad(data(), "refuse");
        Stores.assertNothingLost(delivered, data());
    }

    @Test
    void withoutItsSpoolTheServiceIsNotReadyAndLosesNothingThatItDelivered() throws Exception {
        Set<String> delivered;
        try (var service = RunningJar.start(data(), Map.of());
                var load = new Load(service)) {
            load.awaitAnswers(20);
            Files.delete(data().resolve("journal.spool"));
            awaitNotReady(service, "journal.spool");
            load.stop();
            delivered = load.delivered();
        }
        Stores.assertNothingLost(delivered, data());
    }

    @Test
    void onPostgresqlWithoutItsFolderTheServiceIsNotReadyAndDecisionsGoToTheServer() throws Exception {
        try (var server = EmbeddedPostgres.start();
                var service = RunningJar.start(data(), Stores.postgresql(server, "degrade"));
                var load = new Load(service)) {
            load.awaitAnswers(20);
            Files.move(data(), aside());
            awaitNotReady(service, "data");
            load.stop();
            Files.move(aside(), data());
            awaitReady(service);
            assertEquals(200, service.call().statusCode());
            Stores.assertNothingLost(
                    load.delivered(), server.getPostgresDatabase().getConnection());
        }
    }

    @Test
    void aDamagedFileIsNamedAtTheStartAndLeftAsItIs() throws Exception {
        try (var service = RunningJar.start(data(), Map.of())) {
            assertEquals(200, service.call().statusCode());
        }
        var file = data().resolve("journal.mv.db");
        for (var bytes : new byte[][] {new byte[0], new byte[100_000], "no database".getBytes()}) {
            Files.write(file, bytes);
            var refused = assertThrows(AssertionError.class, () -> RunningJar.start(data(), Map.of()))
                    .getMessage();
            assertTrue(refused.contains("setpoint.journal.folder: " + file), refused);
            assertFalse(refused.contains("\tat "), refused);
            assertEquals(-1, java.util.Arrays.mismatch(bytes, Files.readAllBytes(file)));
        }
    }

    /** What was delivered, once the file or folder is back and the service has stopped. */
    private Set<String> takenAwayUnderLoad(Path what, String whenDown) throws Exception {
        try (var service = RunningJar.start(data(), Map.of("setpoint.journal.when-down", whenDown));
                var load = new Load(service)) {
            load.awaitAnswers(20);
            Files.move(what, aside());
            awaitNotReady(service, what.getFileName().toString());
            if (whenDown.equals("refuse")) {
                load.awaitRefusals(20);
            } else {
                load.awaitAnswers(20);
            }
            Files.move(aside(), what);
            awaitReady(service);
            load.awaitAnswers(20);
            load.stop();
            return load.delivered();
        }
    }

    private static void awaitNotReady(RunningJar service, String named) throws Exception {
        for (int i = 0; i < 50; i++) {
            var health = service.get("/q/health/ready");
            if (health.statusCode() == 503) {
                assertTrue(health.body().contains("lost: " + named), health.body());
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("still ready, without " + named);
    }

    private static void awaitReady(RunningJar service) throws Exception {
        for (int i = 0; i < 100 && service.get("/q/health/ready").statusCode() != 200; i++) {
            Thread.sleep(100);
        }
        assertEquals(200, service.get("/q/health/ready").statusCode());
    }
}
