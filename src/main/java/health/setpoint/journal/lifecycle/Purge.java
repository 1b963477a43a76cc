package health.setpoint.journal.lifecycle;

import health.setpoint.journal.store.EmbeddedFile;
import health.setpoint.journal.store.GroupCommit;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Deletes entries from before a moment, some hundred at a time, so that others write in between, and has the embedded file
 * give back the space that they took. One runs at a time, also where several services share a server.
 */
public final class Purge {

    private static final Logger LOG = Logger.getLogger("health.setpoint.journal");

    private static final int PORTION = 500;
    private static final int PORTION_SECONDS = 30;
    private static final long LONGEST_PAUSE_MILLIS = 200;
    private static final Duration SLICE = Duration.ofMillis(100);
    /** Without the file getting smaller: the first ones only rewrite what still stands beside what was deleted. */
    private static final int SLICES_IN_VAIN = 3;

    private static final String FEEDBACK = "delete from feedback where id in"
            + " (select id from feedback where at < ? order by at limit " + PORTION + ")";
    private static final String DECISIONS = "delete from decision where id in"
            + " (select id from decision where at < ? order by at limit " + PORTION + ")";

    private static final String SERVER = "PostgreSQL";
    /** Any number that nothing else on the server locks: the letters of "setpoint". */
    public static final long LOCK = 0x736574706F696E74L;

    private final GroupCommit writer;
    private final DataSource source;
    private final Optional<EmbeddedFile> file;
    private final ReentrantLock running = new ReentrantLock();

    /** @param file where the source is the embedded store's, and its file is watched */
    public Purge(GroupCommit writer, DataSource source, Optional<EmbeddedFile> file) {
        this.writer = writer;
        this.source = source;
        this.file = file;
    }

    /** What was deleted. */
    public record Deleted(int decisions, int feedback) {

        public static final Deleted NOTHING = new Deleted(0, 0);
    }

    /**
     * Deletes decisions, their cards, and feedback from before a moment, as far as it gets before the store is down, or the
     * service stops: what is left is deleted the next time. Nothing where another one runs, or the schema does not stand
     * yet: the writer has seen to that, and says so itself.
     */
    public Deleted before(Instant moment) {
        if (!mayGoOn() || !running.tryLock()) {
            return Deleted.NOTHING;
        }
        try (var connection = source.getConnection()) {
            return alone(connection, moment);
        } catch (SQLException failure) {
            LOG.errorf("old entries could not be deleted: SQL state %s", failure.getSQLState());
            return Deleted.NOTHING;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return Deleted.NOTHING;
        } finally {
            running.unlock();
        }
    }

    private boolean mayGoOn() {
        return writer.accepts() && writer.storeWorks();
    }

    private Deleted alone(Connection connection, Instant moment) throws SQLException, InterruptedException {
        if (!SERVER.equals(connection.getMetaData().getDatabaseProductName())) {
            return delete(connection, moment);
        }
        if (!ask(connection, "select pg_try_advisory_lock(?)")) {
            LOG.info("old entries are being deleted by another service");
            return Deleted.NOTHING;
        }
        try {
            return delete(connection, moment);
        } finally {
            ask(connection, "select pg_advisory_unlock(?)");
        }
    }

    private static boolean ask(Connection connection, String question) throws SQLException {
        try (var statement = connection.prepareStatement(question)) {
            statement.setLong(1, LOCK);
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private Deleted delete(Connection connection, Instant moment) throws SQLException, InterruptedException {
        var bytes = file.map(EmbeddedFile::length);
        var events = inPortions(connection, FEEDBACK, moment);
        var entries = inPortions(connection, DECISIONS, moment);
        if (events + entries > 0) {
            giveBackTheRest();
            LOG.infof("deleted %d decisions and %d feedback events from before %s", entries, events, moment);
            bytes.ifPresent(before -> LOG.infof(
                    "the journal's file has %d bytes, %d before that",
                    file.map(EmbeddedFile::length).orElse(0L), before));
        }
        return new Deleted(entries, events);
    }

    private int inPortions(Connection connection, String query, Instant moment)
            throws SQLException, InterruptedException {
        var deleted = 0;
        try (var portion = connection.prepareStatement(query)) {
            portion.setQueryTimeout(PORTION_SECONDS);
            portion.setObject(1, OffsetDateTime.ofInstant(moment, ZoneOffset.UTC));
            while (mayGoOn()) {
                var begun = System.nanoTime();
                var some = portion.executeUpdate();
                if (some == 0) {
                    return deleted;
                }
                deleted += some;
                file.ifPresent(embedded -> embedded.giveBack(SLICE));
                giveWay(begun);
            }
        }
        return deleted;
    }

    /** Others have the store for as long as they were kept from it. */
    private static void giveWay(long begun) throws InterruptedException {
        Thread.sleep(Math.min(Duration.ofNanos(System.nanoTime() - begun).toMillis(), LONGEST_PAUSE_MILLIS));
    }

    private void giveBackTheRest() throws InterruptedException {
        if (file.isEmpty()) {
            return;
        }
        var smallest = file.get().length();
        var inVain = 0;
        while (inVain < SLICES_IN_VAIN && mayGoOn()) {
            var begun = System.nanoTime();
            file.get().giveBack(SLICE);
            var now = file.get().length();
            inVain = now < smallest ? 0 : inVain + 1;
            smallest = Math.min(smallest, now);
            giveWay(begun);
        }
    }
}
