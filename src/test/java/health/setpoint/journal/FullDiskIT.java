package health.setpoint.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import health.setpoint.journal.store.EmbeddedFileTest;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real jar on a small disk that is filled under load: nothing that was delivered is lost, and with room again it goes
 * on without a restart. {@link EmbeddedFileTest} has the same with a stand-in for the disk, where none can be mounted.
 */
class FullDiskIT {

    private static final int FILLING = 64 << 10;

    @TempDir
    Path place;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(place.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=24m,mode=0700", "tmpfs", disk.toString()),
                "only root can mount a small disk");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    private static boolean run(String... words) throws Exception {
        try {
            var process = new ProcessBuilder(words).redirectErrorStream(true).start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    @Test
    void theEmbeddedStoreWorksAgainOnceThereIsRoom() throws Exception {
        for (var whenDown : new String[] {"refuse", "degrade"}) {
            Set<String> delivered = new HashSet<>();
            var data = disk.resolve(whenDown);
            try (var service = RunningJar.start(data, Map.of("setpoint.journal.when-down", whenDown))) {
                try (var load = new Load(service)) {
                    for (int round = 0; round < 3; round++) {
                        load.awaitAnswers(10);
                        var filling = fill();
                        load.awaitRefusals(20);
                        assertEquals(503, service.get("/q/health/ready").statusCode(), whenDown);
                        Files.delete(filling);
                        load.awaitAnswers(20);
                    }
                    load.stop();
                    delivered.addAll(load.delivered());
                }
                assertEquals(200, service.get("/q/health/ready").statusCode());
            }
            Stores.assertNothingLost(delivered, data);
        }
    }

    @Test
    void withPostgresqlAwayAFullSpoolIsNotReadyUntilThereIsRoom() throws Exception {
        var server = EmbeddedPostgres.builder()
                .setDataDirectory(place.resolve("postgresql"))
                .setCleanDataDirectory(false)
                .start();
        var port = server.getPort();
        try (var service = RunningJar.start(disk.resolve("data"), Stores.postgresql(server, "degrade"));
                var load = new Load(service)) {
            load.awaitAnswers(10);
            server.close();
            load.awaitAnswers(10);
            var filling = fill();
            load.awaitRefusals(20);
            assertEquals(503, service.get("/q/health/ready").statusCode());
            Files.delete(filling);
            load.awaitAnswers(20);
            load.stop();
            assertEquals(200, service.get("/q/health/ready").statusCode());
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(place.resolve("postgresql"))
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .start();
            for (int i = 0; i < 200 && Files.size(disk.resolve("data").resolve("journal.spool")) > 0; i++) {
                Thread.sleep(100);
            }
            Stores.assertNothingLost(
                    load.delivered(), server.getPostgresDatabase().getConnection());
        } finally {
            server.close();
        }
    }

    private Path fill() throws IOException {
        var filling = disk.resolve("filling");
        try (OutputStream out = Files.newOutputStream(filling)) {
            while (true) {
                out.write(new byte[FILLING]);
            }
        } catch (IOException full) {
            return filling;
        }
    }
}
