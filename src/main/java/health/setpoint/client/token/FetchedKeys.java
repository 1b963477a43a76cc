package health.setpoint.client.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Keys from the registered addresses, kept and fetched anew: when an id is unknown, so that a client may rotate its keys,
 * and when they are old, so that a key that the client withdrew is forgotten. However many strange ids come, an address
 * is asked at most once in {@link #PAUSE}. An answer without one usable key counts as no answer: the known keys stay.
 */
public final class FetchedKeys implements KeySource {

    /** Shortest time between two fetches from one address. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    /** Age at which keys are fetched anew. */
    static final Duration FRESH = Duration.ofHours(1);

    /** Age at which keys are no longer believed while the address gives no usable ones. */
    static final Duration STALE = Duration.ofHours(12);

    private static final Logger LOG = Logger.getLogger("health.setpoint.clients");

    /** Gets a JWKS from an address. */
    public interface Fetch {
        JsonNode from(URI address) throws IOException;
    }

    private record Held(KeySet keys, long fetched) {
        boolean olderThan(Duration age, long now) {
            return now - fetched > age.toNanos();
        }
    }

    private final class Ring {
        private final AtomicReference<Optional<Held>> held = new AtomicReference<>(Optional.empty());
        private final AtomicReference<OptionalLong> lastTry = new AtomicReference<>(OptionalLong.empty());
        private final ReentrantLock fetching = new ReentrantLock();

        Optional<PublicKey> key(URI address, String id, SigningAlgorithm algorithm) {
            var known = believed().flatMap(keys -> keys.key(id, algorithm));
            if (known.isPresent() && !held.get().orElseThrow().olderThan(FRESH, nanoTime.getAsLong())) {
                return known;
            }
            if (known.isEmpty()) {
                fetching.lock();
            } else if (!fetching.tryLock()) {
                return known;
            }
            try {
                fetchWhereDue(address);
            } finally {
                fetching.unlock();
            }
            return believed().flatMap(keys -> keys.key(id, algorithm));
        }

        private Optional<KeySet> believed() {
            return held.get()
                    .filter(some -> !some.olderThan(STALE, nanoTime.getAsLong()))
                    .map(Held::keys);
        }

        private void fetchWhereDue(URI address) {
            var now = nanoTime.getAsLong();
            var last = lastTry.get();
            if (last.isPresent() && now - last.getAsLong() < PAUSE.toNanos()) {
                return;
            }
            lastTry.set(OptionalLong.of(now));
            try {
                List<String> faults = new ArrayList<>();
                var keys = KeySet.of(fetch.from(address), faults::add);
                if (keys.size() == 0) {
                    throw new IOException("no usable key set: " + faults.get(0));
                }
                if (!faults.isEmpty()) {
                    LOG.warnf("keys at %s: %d faults, the first: %s", address.getHost(), faults.size(), faults.get(0));
                }
                held.set(Optional.of(new Held(keys, now)));
                LOG.infof("fetched %d keys from %s", keys.size(), address.getHost());
            } catch (IOException failed) {
                LOG.warnf("keys cannot be fetched from %s: %s", address.getHost(), failed.getMessage());
            }
        }
    }

    private final Fetch fetch;
    private final LongSupplier nanoTime;
    private final Map<URI, Ring> rings = new ConcurrentHashMap<>();

    /**
     * @param nanoTime a clock that only runs forward, in nanoseconds: the machine's own may be set back or forth
     */
    public FetchedKeys(Fetch fetch, LongSupplier nanoTime) {
        this.fetch = fetch;
        this.nanoTime = nanoTime;
    }

    @Override
    public Optional<PublicKey> key(URI registered, String id, SigningAlgorithm algorithm) {
        return rings.computeIfAbsent(registered, address -> new Ring()).key(registered, id, algorithm);
    }
}
