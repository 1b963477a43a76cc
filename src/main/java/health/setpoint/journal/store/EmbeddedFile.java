package health.setpoint.journal.store;

import health.setpoint.journal.JournalBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jboss.logging.Logger;

/**
 * The file of the embedded store. It is looked at before it is opened to be written, and never begun anew where one was: a
 * mark in the folder says that there was, and which decision stood in it last. It is open as long as the process lives, so
 * that the file at its path can be told from another.
 */
public final class EmbeddedFile {

    private static final Logger LOG = Logger.getLogger("health.setpoint.journal");

    private static final String NAME = "journal.mv.db";
    private static final String MARK = "embedded";
    private static final String AS_IT_IS = " It is left as it is. Put a good copy of the folder in its place"
            + " (docs/operations/backup.md), or, to begin a new journal, move it away and remove journal.lock.";
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int LONGEST_LOOK_SECONDS = 1;
    private static final int PORTION = 100;
    private static final int FILLED_PERCENT = 95;
    private static final int WRITTEN_AT_ONCE = 16 << 20;
    private static final String NO_TABLE = "42S0";
    private static final int LOOKS = 20;
    private static final long BETWEEN_LOOKS_MILLIS = 50;

    /** The last letters, so that all of the texts is read. */
    private static final String NEWEST = """
            select id, %s, right(facts, 1), right(advice, 1), right(prefetch, 1), right(timings, 1),
                (select max(right(json, 1)) from card where decision = decision.id)
            from decision where id < ? order by id desc limit\s""" + PORTION;

    private static final String STANDS = "select 1 from decision where id = ?";
    private static final String AFTER_ALL_IDS = "~";

    private final JournalFolder folder;
    private final Path path;
    private final JdbcDataSource source = new JdbcDataSource();
    private Optional<Connection> held = Optional.empty();

    /** @param url how it is opened to be written */
    public EmbeddedFile(JournalFolder folder, String url, String user, String password) {
        this.folder = folder;
        this.path = folder.file(NAME);
        source.setURL(url);
        source.setUser(user);
        source.setPassword(password);
    }

    /**
     * Looks at the file and opens it.
     *
     * @param kept the moment before which decisions may have been deleted by their age
     */
    public void open(Optional<Instant> kept) throws JournalFolder.Refused, IOException {
        var mark = folder.mark();
        if (Files.notExists(path)) {
            if (mark.startsWith(MARK)) {
                throw refused("is gone: it was opened here before." + AS_IT_IS.replace(" It is left as it is.", ""));
            }
            JournalFolder.createOwn(path);
            folder.sync();
        } else if (Files.size(path) == 0) {
            throw refused("is empty." + AS_IT_IS);
        } else {
            look(mark.startsWith(MARK) ? mark.substring(MARK.length()).strip() : "", kept);
        }
        folder.watch(path);
        try {
            hold();
        } catch (SQLException unusable) {
            throw refused("cannot be opened (%s).".formatted(unusable.getSQLState()) + AS_IT_IS);
        }
        if (!mark.startsWith(MARK)) {
            folder.mark(MARK);
        }
    }

    private JournalFolder.Refused refused(String why) {
        return new JournalFolder.Refused("setpoint.journal.folder: " + path + " " + why);
    }

    /** Without a byte written to it. */
    private void look(String marked, Optional<Instant> kept) throws JournalFolder.Refused {
        var reading = new JdbcDataSource();
        reading.setURL(source.getURL() + ";ACCESS_MODE_DATA=r");
        reading.setUser(source.getUser());
        reading.setPassword(source.getPassword());
        try (var connection = reading.getConnection()) {
            if (!marked.isEmpty() && isYoung(marked, kept) && !stands(connection, marked)) {
                throw refused("does not hold decision " + marked
                        + ", which stood in it: its end is gone, or it is an older copy, or the decision was deleted by hand."
                        + " It is left as it is. Put a good copy of the folder in its place (docs/operations/backup.md), or,"
                        + " to go on with what there is, remove journal.lock.");
            }
            readThrough(connection);
        } catch (IllegalArgumentException noId) {
            throw refused(
                    "cannot be compared with what stood in it: journal.lock is damaged. To go on with what there is,"
                            + " remove journal.lock.");
        } catch (SQLException damage) {
            var beforeTheFirstWrite = marked.isEmpty() && isNoTable(damage);
            if (!beforeTheFirstWrite) {
                throw refused("is damaged (%s).".formatted(damage.getSQLState()) + AS_IT_IS);
            }
        }
    }

    private static boolean isNoTable(SQLException failure) {
        return Optional.ofNullable(failure.getSQLState()).orElse("").startsWith(NO_TABLE);
    }

    private static boolean isYoung(String id, Optional<Instant> kept) {
        // The id grows with the time of the decision: see Entry.
        var at = Instant.ofEpochMilli(UUID.fromString(id).getMostSignificantBits() >>> 16);
        return kept.filter(at::isBefore).isEmpty();
    }

    private static boolean stands(Connection connection, String id) throws SQLException {
        try (var statement = connection.prepareStatement(STANDS)) {
            statement.setString(1, id);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Newest first, as far as there is time: a start must not wait for years of decisions. */
    private static void readThrough(Connection connection) throws SQLException {
        var end = System.nanoTime() + LOOK.toNanos();
        var before = AFTER_ALL_IDS;
        var read = 0;
        // It may be of a release that knew no body.
        var body = hasBodies(connection) ? "body" : "null";
        try (var newest = connection.prepareStatement(NEWEST.formatted(body))) {
            newest.setQueryTimeout(LONGEST_LOOK_SECONDS);
            while (System.nanoTime() - end < 0) {
                newest.setString(1, before);
                var inPortion = 0;
                try (var rows = newest.executeQuery()) {
                    while (rows.next()) {
                        before = rows.getString(1);
                        readThrough(rows.getBytes(2));
                        inPortion++;
                    }
                }
                read += inPortion;
                if (inPortion < PORTION) {
                    return;
                }
            }
        } catch (SQLTimeoutException enough) {
            // the rest is read once somebody asks for it
        }
        LOG.infof("the newest %d decisions of the file were read through in %d ms", read, LOOK.toMillis());
    }

    private static boolean hasBodies(Connection connection) throws SQLException {
        try (var columns = connection.getMetaData().getColumns(null, null, "decision", "body")) {
            return columns.next();
        }
    }

    private static void readThrough(byte[] body) throws SQLException {
        if (body != null && body.length > 0) {
            try {
                JournalBody.read(body);
            } catch (IllegalArgumentException damaged) {
                throw new SQLException(damaged.getMessage(), JournalBody.DAMAGED, damaged);
            }
        }
    }

    private void hold() throws SQLException {
        held = Optional.of(source.getConnection());
    }

    /**
     * That the file is open, at its path, and as long as what was written to it.
     *
     * @throws SQLException where it is not
     */
    synchronized void check() throws SQLException {
        if (isLost()) {
            throw new SQLException("lost", "58030");
        }
        if (held.isEmpty()) {
            hold();
        }
    }

    /** The name of the file, where another one is at its path, or none, or it was cut off. */
    synchronized Optional<String> lost() {
        return isLost() ? Optional.of(NAME) : Optional.empty();
    }

    private boolean isLost() {
        return !folder.holds(path) || held.isPresent() && isCutOff(held.get());
    }

    /**
     * Looked at again for a while: H2 counts bytes before it has written them, which takes a slow disk its time, and cuts the
     * file before it counts that.
     */
    private boolean isCutOff(Connection connection) {
        try {
            var length = -1L;
            for (int same = 0; same < LOOKS; ) {
                if (!isShort(connection)) {
                    return false;
                }
                var now = Files.size(path);
                same = now == length ? same + 1 : 0;
                length = now;
                Thread.sleep(BETWEEN_LOOKS_MILLIS);
            }
            return true;
        } catch (SQLException closed) {
            return false;
        } catch (IOException gone) {
            return true;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What H2 has given up after a fault, it may take to be longer than it is. */
    private boolean isShort(Connection connection) throws SQLException, IOException {
        var store = store(connection);
        return store.isPresent()
                && Files.size(path) < store.get().getFileStore().size();
    }

    private static Optional<MVStore> store(Connection connection) throws SQLException {
        return connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session
                        && !session.isClosed()
                ? Optional.of(session.getDatabase().getStore().getMvStore()).filter(store -> !store.isClosed())
                : Optional.empty();
    }

    /**
     * Writes what is in use out of chunks that hold little of it, so that theirs are free for what comes, or cut off at the
     * end. H2 does the same in the background where it writes with a delay. Its compaction of a whole file, which moves
     * chunks too, is not for a file that others write: it gave up in the midst of it, and the store with it.
     */
    public void giveBack(Duration atMost) {
        open().ifPresent(store -> {
            var retention = store.getRetentionTime();
            var until = System.nanoTime() + atMost.toNanos();
            store.setRetentionTime(0);
            try {
                while (store.compact(FILLED_PERCENT, WRITTEN_AT_ONCE) && System.nanoTime() < until) {
                    store.commit();
                }
            } catch (MVStoreException givenUp) {
                LOG.warnf("the embedded store gives back no space now: H2 error %d", givenUp.getErrorCode());
            } finally {
                // Else a machine that loses its power may lose what others write meanwhile.
                store.setRetentionTime(retention);
            }
        });
    }

    private synchronized Optional<MVStore> open() {
        try {
            return held.isPresent() && !isLost() ? store(held.get()) : Optional.empty();
        } catch (SQLException closed) {
            return Optional.empty();
        }
    }

    /** Bytes. */
    public long length() {
        try {
            return Files.size(path);
        } catch (IOException gone) {
            return 0;
        }
    }

    /** Lets go of the file after a fault: H2 has given it up then, and opens it again for who asks next. */
    public synchronized void letGo() {
        held.ifPresent(connection -> {
            try {
                connection.close();
            } catch (SQLException broken) {
                LOG.debug("the embedded store was broken when it was closed");
            }
        });
        held = Optional.empty();
    }

    /** Notes on the disk which decision is in the file, before it is forgotten elsewhere. */
    void mark(String decision) throws IOException {
        folder.mark(MARK + " " + decision);
    }
}
