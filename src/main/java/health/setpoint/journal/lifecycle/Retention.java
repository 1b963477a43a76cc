package health.setpoint.journal.lifecycle;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZonedDateTime;

/** Deletes entries that are older than the site keeps them, once a day; a day on which the store is down is passed over. */
@Singleton
class Retention {

    private final JournalBeans opened;
    private final JournalConfig config;
    private final Clock clock;

    Retention(JournalBeans opened, JournalConfig config, Clock clock) {
        this.opened = opened;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(cron = "{setpoint.journal.delete-at}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void daily() {
        if (opened.isOpen()) {
            config.keep().ifPresent(age -> opened.purge()
                    .before(ZonedDateTime.now(clock).minus(age).toInstant()));
        }
    }
}
