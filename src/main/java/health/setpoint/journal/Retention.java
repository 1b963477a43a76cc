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

/** Deletes entries that are older than the site keeps them, once a day; a day on which the store is down is passed over. */
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

    @Scheduled(cron = "{setpoint.journal.delete-at}")
    void daily() {
        if (!opened.isOpen()) {
            return;
        }
        config.keep()
                .ifPresent(age -> purge(
                        opened.writer(),
                        opened.reading(),
                        ZonedDateTime.now(clock).minus(age).toInstant()));
    }

    /**
     * Deletes decisions, their cards, and feedback from before a moment, unless the store is down or closed, or its
     * schema does not stand yet: the writer has seen to both, and says so itself.
     */
    static void purge(GroupCommit writer, DataSource source, Instant before) {
        if (!writer.accepts() || !writer.storeWorks()) {
            return;
        }
        var moment = OffsetDateTime.ofInstant(before, ZoneOffset.UTC);
        try (var connection = source.getConnection();
                var feedback = connection.prepareStatement("delete from feedback where at < ?");
                var decisions = connection.prepareStatement("delete from decision where at < ?")) {
            feedback.setObject(1, moment);
            decisions.setObject(1, moment);
            var events = feedback.executeUpdate();
            var entries = decisions.executeUpdate();
            if (events + entries > 0) {
                LOG.infof("deleted %d decisions and %d feedback events from before %s", entries, events, before);
            }
        } catch (SQLException failure) {
            LOG.errorf("old entries could not be deleted: SQL state %s", failure.getSQLState());
        }
    }
}
