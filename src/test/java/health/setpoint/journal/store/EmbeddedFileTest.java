package health.setpoint.journal.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.journal.Decisions;
import health.setpoint.journal.FullDisk;
import health.setpoint.journal.JournalUnavailable;
import health.setpoint.journal.Pseudonyms;
import health.setpoint.journal.lifecycle.DurableJournal;
import health.setpoint.journal.lifecycle.Meters;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store's file: refused by name where it is not what it was, never begun anew, and watched while it is open. */
@Tag("attack")
public class EmbeddedFileTest {

    @TempDir
    Path place;

    private Path data;
    private String disk = "file:";
    private Optional<Running> running = Optional.empty();

    /** The journal on the embedded store, as the service has it. */
    private final class Running {

        final JournalFolder folder;
        final EmbeddedFile file;
        final AgroalDataSource pool;
        final GroupCommit writer;
        int taken;

        Running(boolean degrades) throws JournalFolder.Refused, IOException {
            folder = JournalFolder.claim(data);
            var url = "jdbc:h2:" + disk + data + "/journal;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
                    + "DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;IFEXISTS=TRUE;TRACE_LEVEL_FILE=0";
            file = new EmbeddedFile(folder, url, "setpoint", "setpoint");
            try {
                file.open(Optional.of(Instant.parse("2000-01-01T00:00:00Z")));
            } catch (JournalFolder.Refused refused) {
                folder.close();
                throw refused;
            }
            pool = pool(url);
            var schema =
                    Flyway.configure().dataSource(pool).locations("db/journal").load();
            writer = new GroupCommit(
                    JdbcStore.embedded(pool, schema::migrate, file, () -> pool.flush(AgroalDataSource.FlushMode.ALL)),
                    new Spool(folder, 1_000_000),
                    degrades,
                    Duration.ofSeconds(5));
            writer.start();
        }

        void decide(String card) {
            new DurableJournal(
                            writer,
                            Pseudonyms.keyed("0".repeat(32)),
                            InstantSource.fixed(Decisions.NOW),
                            new Meters(new io.micrometer.core.instrument.simple.SimpleMeterRegistry()))
                    .record(Decisions.withCards(card));
            taken++;
        }

        void close() throws IOException {
            writer.stop();
            file.letGo();
            pool.close();
            folder.close();
        }
    }

    private static AgroalDataSource pool(String url) {
        try {
            return AgroalDataSource.from(
                    new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(connections -> connections
                            .maxSize(4)
                            .acquisitionTimeout(Duration.ofSeconds(5))
                            .connectionFactoryConfiguration(to -> to.connectionProviderClass(org.h2.Driver.class)
                                    .jdbcUrl(url)
                                    .principal(new NamePrincipal("setpoint"))
                                    .credential(new SimplePassword("setpoint")))));
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    @BeforeEach
    void name() {
        data = place.resolve("data").toAbsolutePath();
    }

    @AfterEach
    void end() throws IOException {
        if (running.isPresent()) {
            running.get().close();
        }
    }

    private Running start(boolean degrades) throws Exception {
        var started = new Running(degrades);
        running = Optional.of(started);
        await(started.writer::accepts);
        return started;
    }

    private void stop() throws IOException {
        running.orElseThrow().close();
        running = Optional.empty();
    }

    private Path mv() {
        return data.resolve("journal.mv.db");
    }

    /** A journal of some size, written in many transactions. */
    private void written() throws Exception {
        var service = start(false);
        for (int i = 0; i < 30; i++) {
            service.decide("card-" + i);
            service.writer.settle();
        }
        stop();
    }

    @Test
    void whatWasWrittenIsThereAfterTheNextStart() throws Exception {
        written();
        var again = start(false);
        again.decide("one more");
        assertEquals(31, cards(again));
    }

    @Test
    void aFileThatIsGoneIsNotBegunAnew() throws Exception {
        written();
        Files.delete(mv());
        var refused = assertThrows(JournalFolder.Refused.class, () -> new Running(false));
        assertTrue(refused.getMessage().startsWith("setpoint.journal.folder: " + mv() + " is gone"));
        assertFalse(Files.exists(mv()));
        Files.delete(data.resolve("journal.lock"));
        start(false).decide("the first of a new journal");
    }

    @Test
    void aFileThatIsEmptyOrCutOffAnywhereIsRefusedAndLeftAsItIs() throws Exception {
        written();
        var whole = Files.readAllBytes(mv());
        for (int size : new int[] {0, 1, 100, 4096, 8192, whole.length / 4}) {
            Files.write(mv(), Arrays.copyOf(whole, size));
            refusedAndLeft("cut off at " + size);
        }
        // H2 writes some pages twice: where the last ones are gone, all may be there all the same.
        for (int percent = 30; percent < 100; percent += 5) {
            Files.write(mv(), Arrays.copyOf(whole, (int) (whole.length * (long) percent / 100)));
            refusal("cut off at " + percent + " %");
        }
        Files.write(mv(), whole);
        start(false).decide("after the good copy came back");
    }

    @Test
    void aFileWithOtherBytesInItIsRefusedAndLeftAsItIs() throws Exception {
        written();
        var whole = Files.readAllBytes(mv());
        Files.write(mv(), noise(whole.length));
        refusedAndLeft("nothing but noise");
        Files.write(mv(), new byte[whole.length]);
        refusedAndLeft("nothing but zeros");
        Files.writeString(mv(), "not a database");
        refusedAndLeft("a text");
        overwrite(whole, 0, 8192);
        refusedAndLeft("both headers");
        for (int percent = 0; percent < 100; percent += 10) {
            overwrite(whole, 8192 + (whole.length - 8192) / 100 * percent, whole.length / 10);
            refusal("a tenth after " + percent + " %");
        }
    }

    @Test
    void anOlderCopyIsRefusedUntilTheOperatorWantsIt() throws Exception {
        written();
        var older = Files.readAllBytes(mv());
        var service = start(false);
        service.decide("after the copy");
        stop();
        Files.write(mv(), older);
        assertTrue(refusedAndLeft("an older copy").contains("does not hold decision"));
        Files.delete(data.resolve("journal.lock"));
        assertEquals(30, cards(start(false)));
    }

    @Test
    void aKeyThatIsGoneIsNotMadeAnew() throws Exception {
        written();
        var refused = assertThrows(IOException.class, () -> Pseudonyms.keptBefore(data));
        assertTrue(refused.getMessage().contains("journal.key is gone"), refused.getMessage());
        Pseudonyms.kept(data);
        assertDoesNotThrow(() -> Pseudonyms.keptBefore(data));
        for (var spoilt : List.of("", "short", "no hexadecimal digits, but long enough to pass for one")) {
            Files.writeString(data.resolve("journal.key"), spoilt);
            assertThrows(IOException.class, () -> Pseudonyms.keptBefore(data));
            assertEquals(spoilt, Files.readString(data.resolve("journal.key")));
        }
    }

    @Test
    void aFileThatIsTakenAwayUnderTheServiceEndsItsReadinessAndNothingIsTaken() throws Exception {
        var service = start(false);
        service.decide("before");
        service.writer.settle();
        var aside = Files.move(mv(), place.resolve("aside"));
        await(() -> !service.writer.accepts());
        assertEquals(Optional.of("journal.mv.db"), service.writer.lost());
        awaitRefusal(service);
        Files.move(aside, mv());
        await(service.writer::accepts);
        service.decide("after");
        assertEquals(service.taken, cards(service));
    }

    @Test
    void whatWasTakenBeforeTheLossWasNoticedIsInTheSpoolAndMovedOnceTheFileIsBack() throws Exception {
        var service = start(false);
        service.decide("before");
        service.writer.settle();
        var aside = Files.move(mv(), place.resolve("aside"));
        awaitRefusal(service);
        stop();
        Files.move(aside, mv());
        assertEquals(service.taken, cards(start(false)));
    }

    @Test
    void anotherFileInItsPlaceOrOneThatWasCutOffIsNoticedToo() throws Exception {
        var service = start(false);
        service.decide("before");
        service.writer.settle();
        var aside = Files.move(mv(), place.resolve("aside"));
        Files.copy(aside, mv());
        await(() -> service.writer.lost().equals(Optional.of("journal.mv.db")));
        awaitRefusal(service);
        Files.move(aside, mv(), StandardCopyOption.REPLACE_EXISTING);
        await(service.writer::accepts);
        var whole = Files.size(mv());
        try (var channel = FileChannel.open(mv(), StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        await(() -> service.writer.lost().equals(Optional.of("journal.mv.db")));
        awaitRefusal(service);
        assertTrue(whole > 0);
    }

    @Test
    void withDegradeDecisionsWaitInTheSpoolWhileTheFileIsLostAndItIsNotReady() throws Exception {
        var service = start(true);
        service.decide("before");
        service.writer.settle();
        var aside = Files.move(mv(), place.resolve("aside"));
        await(() -> !service.writer.accepts());
        for (int i = 0; i < 10; i++) {
            service.decide("while it is lost " + i);
        }
        assertFalse(service.writer.accepts());
        stop();
        Files.move(aside, mv());
        assertEquals(service.taken, cards(start(true)));
    }

    @Test
    void aSpoolThatIsTakenAwayOrCutOffEndsReadinessAndLosesNothingThatWasTaken() throws Exception {
        for (var loss : List.<Loss>of(Files::delete, this::empty, this::replace)) {
            data = Files.createTempDirectory(place, "data");
            var service = start(false);
            for (int i = 0; i < 20; i++) {
                service.decide("card " + i);
            }
            loss.of(data.resolve("journal.spool"));
            await(() -> service.writer.lost().equals(Optional.of("journal.spool")));
            assertFalse(service.writer.accepts());
            stop();
            assertEquals(20, cards(start(false)));
            stop();
        }
    }

    @Test
    void aFolderThatIsTakenAwayEndsReadinessAndNothingIsTakenUntilItIsBack() throws Exception {
        for (var degrades : List.of(false, true)) {
            data = place.resolve("data-" + degrades).toAbsolutePath();
            var service = start(degrades);
            service.decide("before");
            var aside = Files.move(data, place.resolve("aside"));
            await(() -> !service.writer.accepts());
            awaitRefusal(service);
            assertFalse(Files.exists(data), "nothing is made in its place");
            Files.move(aside, data);
            await(service.writer::accepts);
            service.decide("after");
            assertEquals(service.taken, cards(service));
            stop();
        }
    }

    @Test
    void onceAFullDiskHasRoomAgainTheStoreWorksAgain() throws Exception {
        FullDisk.register();
        disk = "full:";
        var service = start(false);
        service.decide("before");
        service.writer.settle();
        FullDisk.full = true;
        try {
            service.decide("in the spool, which has room");
            await(() -> !service.writer.accepts());
            awaitRefusal(service);
        } finally {
            FullDisk.full = false;
        }
        await(service.writer::accepts);
        service.decide("after");
        assertEquals(service.taken, cards(service));
        stop();
        assertEquals(service.taken, cards(start(false)));
    }

    private interface Loss {
        void of(Path file) throws IOException;
    }

    private void empty(Path file) throws IOException {
        // One that has been cleared already could not be told from one that was emptied.
        Files.writeString(file, "", StandardOpenOption.TRUNCATE_EXISTING);
        Files.writeString(file, "of somebody else");
    }

    private void replace(Path file) throws IOException {
        var other = Files.copy(file, file.resolveSibling("other"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Until the loss was noticed decisions are taken, into the spool: they must be found later. */
    private static void awaitRefusal(Running service) throws InterruptedException {
        await(() -> {
            try {
                service.decide("taken, or refused " + service.taken);
                return false;
            } catch (JournalUnavailable refused) {
                return true;
            }
        });
        assertThrows(JournalUnavailable.class, () -> service.decide("nor this"));
    }

    /** In a copy of the folder: H2 keeps hold of a file that it could not open until the process ends. */
    private String refusedAndLeft(String what) throws Exception {
        return refusal(what).orElseThrow(() -> new AssertionError(what + ": not refused"));
    }

    private Optional<String> refusal(String what) throws Exception {
        var original = data;
        data = Files.createTempDirectory(place, "copy");
        try (var files = Files.list(original)) {
            for (var file : files.toList()) {
                Files.copy(file, data.resolve(file.getFileName()));
            }
        }
        var before = Files.readAllBytes(mv());
        try {
            assertEquals(30, cards(start(false)), what + ": opened with less than all of it");
            stop();
            return Optional.empty();
        } catch (JournalFolder.Refused refused) {
            assertTrue(refused.getMessage().startsWith("setpoint.journal.folder: " + mv()), refused.getMessage());
            assertArrayEquals(before, Files.readAllBytes(mv()), what);
            return Optional.of(refused.getMessage());
        } finally {
            data = original;
        }
    }

    private void overwrite(byte[] whole, int at, int length) throws IOException {
        Files.write(mv(), whole);
        try (var channel = FileChannel.open(mv(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(noise(length)), at);
        }
    }

    private static byte[] noise(int length) {
        var noise = new byte[length];
        new Random(1).nextBytes(noise);
        return noise;
    }

    private static int cards(Running service) throws SQLException, InterruptedException {
        await(service.writer::storeWorks);
        service.writer.settle();
        try (var connection = service.pool.getConnection();
                var rows = connection.createStatement().executeQuery("select count(distinct uuid) from card")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void await(BooleanSupplier until) throws InterruptedException {
        for (int i = 0; i < 200 && !until.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        assertTrue(until.getAsBoolean());
    }
}
