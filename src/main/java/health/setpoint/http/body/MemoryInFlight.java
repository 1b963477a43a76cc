package health.setpoint.http.body;

import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RequestException;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What the bodies of all calls under way hold in memory, and how much that may be. A client may hold no more than is left
 * free after it: one takes at most half, two a third each, and something is left for the next.
 */
@Singleton
public class MemoryInFlight {

    private final long most;
    private final Map<String, Long> held = new HashMap<>();
    private long all;

    @Inject
    MemoryInFlight(@ConfigProperty(name = "setpoint.memory-in-flight") Optional<MemorySize> most) {
        this(most.map(MemorySize::asLongValue).orElse(Runtime.getRuntime().maxMemory() / 2));
    }

    MemoryInFlight(long most) {
        this.most = most;
    }

    /** The answer to a call that would hold too much. */
    public static RequestException usedUp() {
        return RequestException.forNow(
                503,
                Issue.of(
                        Issue.Kind.TRANSIENT,
                        "As many requests as fit into the memory are under way. Try again shortly."),
                Duration.ofSeconds(1));
    }

    /** What one call of a client holds, until it is over. */
    public Share share(String client) {
        return new Share(client);
    }

    /** Used by whichever threads work on the call; nothing can be taken any more once it is closed. */
    public final class Share implements AutoCloseable {

        private final String client;
        private long mine;
        private boolean over;

        private Share(String client) {
            this.client = client;
        }

        /** Whether so many bytes more may be held; then they are. */
        public synchronized boolean take(long bytes) {
            var fits = !over && takeFor(client, bytes);
            mine += fits ? bytes : 0;
            return fits;
        }

        @Override
        public synchronized void close() {
            over = true;
            giveBack(client, mine);
            mine = 0;
        }
    }

    private synchronized boolean takeFor(String client, long bytes) {
        var before = held.getOrDefault(client, 0L);
        if (before + bytes > most - all - bytes) {
            return false;
        }
        held.put(client, before + bytes);
        all += bytes;
        return true;
    }

    private synchronized void giveBack(String client, long bytes) {
        all -= bytes;
        held.computeIfPresent(client, (same, before) -> before > bytes ? before - bytes : null);
    }
}
