package health.setpoint.hook.terminology;

import health.setpoint.knowledge.Knowledge;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Asks the terminology server at start and once a day, where a site names one; no call waits for it. */
@Startup
@Singleton
public class TerminologyRefresh {

    private static final Logger LOG = Logger.getLogger("health.setpoint.terminology");

    private final CurrentKnowledge current;
    private final Knowledge shipped;
    private final Optional<TerminologyServer> server;
    private final ExpansionFolder folder;
    private final Clock clock;

    TerminologyRefresh(
            CurrentKnowledge current,
            Knowledge shipped,
            @ConfigProperty(name = "setpoint.terminology-server") Optional<URI> server,
            @ConfigProperty(name = "setpoint.terminology-folder") Path folder,
            @ConfigProperty(name = "setpoint.terminology-patience") Duration patience,
            Clock clock) {
        this.current = current;
        this.shipped = shipped;
        this.server = server.map(base -> new TerminologyServer(base, patience));
        this.folder = new ExpansionFolder(folder);
        this.clock = clock;
        if (this.server.isPresent()) {
            this.folder.last().ifPresent(current::put);
        }
    }

    /** Quietly nothing where no server is named. */
    @Scheduled(every = "24h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() throws InterruptedException {
        if (server.isEmpty()) {
            return;
        }
        var fresh = server.get().expand(shipped.terminology(), current.expansion(), LocalDate.now(clock));
        if (!current.put(fresh)) {
            return;
        }
        LOG.infof("the expansion %s is in force", fresh.label().orElse("as shipped"));
        try {
            folder.keep(fresh);
        } catch (IOException full) {
            LOG.errorf(
                    "the expansion cannot be kept, and a start goes back to the last that could: %s",
                    full.getMessage());
        }
    }
}
