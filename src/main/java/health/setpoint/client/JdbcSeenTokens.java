package health.setpoint.client;

import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/** The seen tokens in the journal's database: H2 or PostgreSQL. */
final class JdbcSeenTokens implements SeenTokens {

    private static final String TAKE = "insert into seen_token (id, until) values (?, ?) on conflict do nothing";
    private static final String FORGET = "delete from seen_token where until < ?";
    private static final String TWICE = "23505";

    private final DataSource source;

    JdbcSeenTokens(DataSource source) {
        this.source = source;
    }

    @Override
    public boolean first(String id, Instant until) {
        try (var connection = source.getConnection();
                var take = connection.prepareStatement(TAKE)) {
            take.setString(1, id);
            take.setObject(2, OffsetDateTime.ofInstant(until, ZoneOffset.UTC));
            return take.executeUpdate() == 1;
        } catch (SQLException failure) {
            if (TWICE.equals(failure.getSQLState())) {
                return false;
            }
            throw new Unavailable(failure);
        }
    }

    /** Forgets what is worthless by now. */
    int forget(Instant now) throws SQLException {
        try (var connection = source.getConnection();
                var forget = connection.prepareStatement(FORGET)) {
            forget.setObject(1, OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
            return forget.executeUpdate();
        }
    }
}
