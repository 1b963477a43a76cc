package health.setpoint.journal.lifecycle;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;

/** Looks after the disk of the journal's folder. */
@Singleton
class Housekeeping {

    private final JournalBeans opened;
    private final FreeSpace space;

    Housekeeping(JournalBeans opened, JournalConfig config) {
        this.opened = opened;
        this.space = new FreeSpace(config.littleSpace().asLongValue());
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        if (opened.isOpen()) {
            space.look(opened.folder().free());
        }
    }
}
