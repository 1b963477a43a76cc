package health.setpoint.client;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The seen tokens in the journal's database: H2 or PostgreSQL. What is worthless is forgotten, and up to which moment it
 * was is kept beside the others: should the machine's clock be set back, a token from before that moment is taken by
 * nobody, since nobody can tell whether it was used.
 */
final class JdbcSeenTokens implements SeenTokens {

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

    private final DataSource source;

    JdbcSeenTokens(DataSource source) {
        this.source = source;
    }

    @Override
    public boolean first(String id, Instant until) {
        try (var connection = source.getConnection()) {
            return update(connection, TAKE, id, until, FORGOTTEN, until) == 1;
        } catch (SQLException failure) {
            if (TWICE.equals(failure.getSQLState())) {
                return false;
            }
            throw new Unavailable(failure);
        }
    }

    /**
     * Forgets what was worthless at a moment, but nothing that may still be good by the clocks of those who made the
     * tokens: a clock of this machine that ran ahead must not count.
     */
    int forget(Instant moment) throws SQLException {
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
