package health.setpoint.journal.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.hook.Attack;
import health.setpoint.journal.Decisions;
import health.setpoint.journal.Pseudonyms;
import health.setpoint.journal.store.EmbeddedFile;
import health.setpoint.journal.store.GroupCommit;
import health.setpoint.journal.store.JdbcStore;
import health.setpoint.journal.store.JournalFolder;
import health.setpoint.journal.store.JournalRow;
import health.setpoint.journal.store.Spool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old entries deleted beside traffic on the embedded store: its file grows no larger, and forgets them. */
@Tag("attack")
class PurgeTest {

    private static final int OLD = Attack.times(800, 31_715);
    private static final int YOUNG = Attack.times(200, 18_285);
    private static final Instant LONG_AGO = Decisions.NOW.minus(Duration.ofDays(4000));

    @TempDir
    Path place;

    private JournalFolder folder;
    private EmbeddedFile file;
    private JdbcConnectionPool pool;
    private GroupCommit writer;

    @BeforeEach
    void open() throws Exception {
        var data = place.resolve("data").toAbsolutePath();
        folder = JournalFolder.claim(data);
        var url = "jdbc:h2:file:" + data + "/journal;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
                + "DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;ANALYZE_AUTO=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=4096;"
                + "IFEXISTS=TRUE;TRACE_LEVEL_FILE=0";
        file = new EmbeddedFile(folder, url, "setpoint", "setpoint");
        file.open(Optional.empty());
        pool = JdbcConnectionPool.create(url, "setpoint", "setpoint");
        var schema = Flyway.configure().dataSource(pool).locations("db/journal").load();
        writer = new GroupCommit(
                JdbcStore.embedded(pool, schema::migrate, file, () -> {}),
                new Spool(folder, 64 << 20),
                false,
                Duration.ofMinutes(1));
        writer.start();
        writer.settle();
    }

    @AfterEach
    void close() throws Exception {
        writer.stop();
        pool.dispose();
        file.letGo();
        folder.close();
    }

    @Test
    void deletedBesideTrafficOldDecisionsLeaveAFileThatIsNoLargerAndCallsThatAreAnswered() throws Exception {
        keep(0, OLD, LONG_AGO, "old-");
        keep(0, YOUNG, Decisions.NOW, "new-");
        writer.settle();
        var before = file.length();
        var marksBefore = marks();
        assertTrue(marksBefore >= OLD, "copies of what is old: " + marksBefore);

        var deleted =
                CompletableFuture.supplyAsync(() -> new Purge(writer, pool, Optional.of(file)).before(Decisions.NOW));
        var calls = 0;
        while (!deleted.isDone()) {
            keep(YOUNG + calls, YOUNG + calls + 1, Decisions.NOW, "new-");
            calls++;
            Thread.sleep(20);
        }

        assertEquals(new Purge.Deleted(OLD, 0), deleted.get());
        assertTrue(calls > 1, "calls meanwhile: " + calls);
        writer.settle();
        assertEquals(YOUNG + calls, number("select count(*) from decision"));
        assertEquals(YOUNG + calls, number("select count(*) from card where uuid like 'new-%'"));
        var after = file.length();
        assertTrue(after <= before, after + " bytes after, " + before + " before");
        var marks = marks();
        assertTrue(marks < marksBefore, "copies of what is old: " + marks + " after, " + marksBefore + " before");
    }

    @Test
    void aServiceThatStopsLeavesTheRestForTheNextTime() throws Exception {
        keep(0, 1, LONG_AGO, "old-");
        writer.settle();
        writer.stop();
        assertEquals(Purge.Deleted.NOTHING, new Purge(writer, pool, Optional.of(file)).before(Decisions.NOW));
        assertEquals(1, number("select count(*) from decision"));
    }

    private void keep(int from, int to, Instant at, String card) {
        var pseudonyms = Pseudonyms.keyed("0".repeat(32));
        for (int i = from; i < to; i += 50) {
            writer.write(IntStream.range(i, Math.min(i + 50, to))
                    .mapToObj(n -> (JournalRow) JournalRow.of(Decisions.at(at.plusSeconds(n), card + n), pseudonyms))
                    .toList());
        }
    }

    private int number(String query) throws SQLException {
        try (var connection = pool.getConnection();
                var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** How often the card of an old decision stands in the file, in use or not. */
    private int marks() throws Exception {
        var bytes = new String(Files.readAllBytes(folder.file("journal.mv.db")), StandardCharsets.ISO_8859_1);
        // The cards' uuids: what else they say is compressed.
        var mark = "old-";
        var count = 0;
        for (int at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) {
            count++;
        }
        return count;
    }
}
