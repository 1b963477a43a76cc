package health.setpoint.client.token;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The seen tokens in the journal's database: H2 or PostgreSQL. What is worthless is forgotten, and up to which moment it
 * was is kept beside the others: should the machine's clock be set back, a token from before that moment is taken by
 * nobody, since nobody can tell whether it was used.
 */
public final class JdbcSeenTokens implements SeenTokens {

    /** Id of the row that says up to when tokens were forgotten: no hash looks so. */
    private static final String FORGOTTEN = "forgotten";

    private static final String TAKE = """
            insert into seen_token (id, until)
            select cast(? as varchar(64)), cast(? as timestamp with time zone)
            where not exists (select 1 from seen_token where id = ? and until > ?)
            on conflict do nothing""";
    private static final String LATEST = "select until from seen_token where id <> ? order by until desc limit 1";
    private static final String BEGIN = "insert into seen_token (id, until) values (?, ?) on conflict do nothing";
    private static final String ADVANCE = "update seen_token set until = ? where id = ? and until < ?";
    private static final String FORGET = """
            delete from seen_token where id in
            (select id from seen_token where until < ? and id <> ? order by until limit 1000)""";
    private static final String TWICE = "23505";

    /** A token that was taken proves that it is no later than its end by its maker's clock, and at most this much earlier. */
    private static final Duration LONGEST = Trust.LONGEST.plus(TokenCheck.SKEW).plus(TokenCheck.SKEW);

    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 100;
    /** Classes of SQL states that another try does not change: the data, or a table that is not there. */
    private static final Set<String> FINAL = Set.of("22", "23", "42");

    private final DataSource source;
    private final Runnable renew;
    private final Duration patience;
    private volatile boolean works = true;

    /**
     * @param renew has the source forget its connections: where one was cut, the others mostly were too
     * @param patience for how long a store that has just worked is tried again
     */
    public JdbcSeenTokens(DataSource source, Runnable renew, Duration patience) {
        this.source = source;
        this.renew = renew;
        this.patience = patience;
    }

    /** A cut connection, or a server that is started again, costs a moment and no answer. */
    @Override
    public boolean first(String id, Instant until) {
        var end = System.nanoTime() + (works ? patience.toNanos() : 0);
        Optional<SQLException> unsure = Optional.empty();
        for (var pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
            var asked = false;
            try (var connection = source.getConnection()) {
                asked = true;
                var first = take(connection, id, until);
                works = true;
                if (!first && unsure.isPresent()) {
                    // The try whose answer was lost may have been the first, or somebody else was.
                    throw new Unavailable(unsure.get());
                }
                return first;
            } catch (SQLException failure) {
                if (FINAL.contains(classOf(failure))) {
                    throw new Unavailable(failure);
                }
                if (asked) {
                    unsure = Optional.of(failure);
                }
                if (System.nanoTime() + Duration.ofMillis(pause).toNanos() - end > 0) {
                    works = false;
                    throw new Unavailable(failure);
                }
                renew.run();
                pause(pause, failure);
            }
        }
    }

    private static boolean take(Connection connection, String id, Instant until) throws SQLException {
        try {
            return update(connection, TAKE, id, until, FORGOTTEN, until) == 1;
        } catch (SQLException failure) {
            if (TWICE.equals(failure.getSQLState())) {
                return false;
            }
            throw failure;
        }
    }

    private static String classOf(SQLException failure) {
        return Optional.ofNullable(failure.getSQLState())
                .filter(state -> state.length() > 2)
                .map(state -> state.substring(0, 2))
                .orElse("");
    }

    private static void pause(long millis, SQLException failure) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new Unavailable(failure);
        }
    }

    /**
     * Forgets what was worthless at a moment, but nothing that may still be good by the clocks of those who made the
     * tokens: a clock of this machine that ran ahead must not count.
     */
    public int forget(Instant moment) throws SQLException {
        try (var connection = source.getConnection()) {
            var latest = latest(connection);
            if (latest.isEmpty()) {
                return 0;
            }
            var sure = latest.get().minus(LONGEST);
            var before = moment.isBefore(sure) ? moment : sure;
            update(connection, BEGIN, FORGOTTEN, before);
            update(connection, ADVANCE, before, FORGOTTEN, before);
            var forgotten = 0;
            for (var some = 1; some > 0; forgotten += some) {
                some = update(connection, FORGET, before, FORGOTTEN);
            }
            return forgotten;
        }
    }

    private static Optional<Instant> latest(Connection connection) throws SQLException {
        try (var question = connection.prepareStatement(LATEST)) {
            question.setString(1, FORGOTTEN);
            try (var rows = question.executeQuery()) {
                return rows.next()
                        ? Optional.of(rows.getObject(1, OffsetDateTime.class).toInstant())
                        : Optional.empty();
            }
        }
    }

    private static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(
                        i + 1,
                        values[i] instanceof Instant moment
                                ? OffsetDateTime.ofInstant(moment, ZoneOffset.UTC)
                                : values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
