package health.setpoint.client.file;

import health.setpoint.card.text.Languages;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.client.token.Clients;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** The clients in force, read from their folder at the start and whenever what stands there has changed. */
public final class ClientRegistry {

    private static final Logger LOG = Logger.getLogger("health.setpoint.clients");

    private record State(Map<String, byte[]> files, ClientFolder.Reading reading, Clients clients, boolean readable) {}

    private final Path folder;
    private final ServiceCatalog catalog;
    private final AtomicReference<State> state =
            new AtomicReference<>(new State(Map.of(), ClientFolder.Reading.NONE, Clients.NONE, true));
    private final AtomicBoolean startedWhole = new AtomicBoolean();

    public ClientRegistry(Path folder, ServiceCatalog catalog) {
        this.folder = folder;
        this.catalog = catalog;
        look(true);
    }

    public void meter(MeterRegistry meters) {
        Gauge.builder("setpoint.clients.in.force", () -> clients().size())
                .description("Registered clients that may call")
                .strongReference(true)
                .register(meters);
        Gauge.builder("setpoint.clients.refused", () -> state.get().reading().refused())
                .description("Clients' files that were refused")
                .strongReference(true)
                .register(meters);
    }

    public Clients clients() {
        return state.get().clients();
    }

    public List<ClientFileFault> faults() {
        return state.get().reading().faults();
    }

    /**
     * Ready with at least one client, once every file has come into force; a file that is spoilt later is refused without
     * taking the service from the others.
     */
    public boolean isReady() {
        return clients().size() > 0 && startedWhole.get();
    }

    /** Looks whether the folder changed. */
    public synchronized void look() {
        look(false);
    }

    private void look(boolean first) {
        SortedMap<String, byte[]> files;
        var before = state.get();
        try {
            files = ClientFolder.files(folder);
        } catch (IOException | RuntimeException unreadable) {
            if (first || before.readable()) {
                LOG.errorf(
                        "the clients' folder cannot be read, the clients stay as they are: %s: %s",
                        folder.toAbsolutePath(), unreadable.getMessage());
                state.set(new State(before.files(), before.reading(), before.clients(), false));
            }
            return;
        }
        if (!first && before.readable() && ClientFolder.same(files, before.files())) {
            return;
        }
        var reading = ClientFolder.read(new TreeMap<>(files), before.reading(), catalog);
        state.set(new State(files, reading, reading.clients(), true));
        if (!reading.lacksAny()) {
            startedWhole.set(true);
        }
        reading.faults().forEach(fault -> LOG.errorf("refused: %s", fault));
        reading.inForce().values().stream()
                .map(registration -> registration.client())
                .forEach(client -> Languages.note(client.style().language())
                        .ifPresent(note -> LOG.warnf("cards of %s: %s", client.name(), note)));
        LOG.infof(
                "%d clients in force, %d files refused in %s",
                reading.inForce().size(), reading.refused(), folder.toAbsolutePath());
    }
}
