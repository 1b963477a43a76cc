package health.setpoint.journal;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Deletes entries that are older than the site keeps them, once a day. */
@Singleton
class Retention {

    private static final Logger LOG = Logger.getLogger("health.setpoint.journal");

    private final OpenJournal opened;
    private final JournalConfig config;
    private final Clock clock;

    Retention(OpenJournal opened, JournalConfig config, Clock clock) {
        this.opened = opened;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(cron = "0 17 3 * * ?")
    void daily() {
        config.keep()
                .ifPresent(age -> purge(
                        opened.source(), ZonedDateTime.now(clock).minus(age).toInstant()));
    }

    /** Deletes decisions, their cards, and feedback from before a moment. */
    static void purge(DataSource source, Instant before) {
        var moment = OffsetDateTime.ofInstant(before, ZoneOffset.UTC);
        try (var connection = source.getConnection();
                var feedback = connection.prepareStatement("delete from feedback where at < ?");
                var decisions = connection.prepareStatement("delete from decision where at < ?")) {
            feedback.setObject(1, moment);
            decisions.setObject(1, moment);
            var events = feedback.executeUpdate();
            LOG.infof(
                    "deleted %d decisions and %d feedback events from before %s",
                    decisions.executeUpdate(), events, before);
        } catch (SQLException failure) {
            LOG.errorf("old entries could not be deleted: SQL state %s", failure.getSQLState());
        }
    }
}
