package health.setpoint.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Keys from the registered addresses, kept and fetched anew: when an id is unknown, so that a client may rotate its keys,
 * and when they are old, so that a key that the client withdrew is forgotten. However many strange ids come, an address
 * is asked at most once in {@link #PAUSE}.
 */
final class FetchedKeys implements KeySource {

    /** Shortest time between two fetches from one address. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    /** Age at which keys are fetched anew. */
    static final Duration FRESH = Duration.ofHours(1);

    /** Age at which keys are no longer believed while the address does not answer. */
    static final Duration STALE = Duration.ofHours(12);

    private static final Logger LOG = Logger.getLogger("health.setpoint.clients");

    /** Gets a JWKS from an address. */
    interface Fetch {
        JsonNode from(URI address) throws IOException;
    }

    private record Held(KeySet keys, Instant fetched) {
        boolean olderThan(Duration age, Instant now) {
            return fetched.plus(age).isBefore(now);
        }
    }

    private final class Ring {
        private final AtomicReference<Optional<Held>> held = new AtomicReference<>(Optional.empty());
        private final AtomicReference<Instant> lastTry = new AtomicReference<>(Instant.MIN);
        private final ReentrantLock fetching = new ReentrantLock();

        Optional<PublicKey> key(URI address, String id, SigningAlgorithm algorithm) {
            var known = believed().flatMap(keys -> keys.key(id, algorithm));
            if (known.isPresent() && !held.get().orElseThrow().olderThan(FRESH, clock.instant())) {
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
                    .filter(some -> !some.olderThan(STALE, clock.instant()))
                    .map(Held::keys);
        }

        private void fetchWhereDue(URI address) {
            var now = clock.instant();
            var last = lastTry.get();
            if (!last.equals(Instant.MIN) && now.isBefore(last.plus(PAUSE))) {
                return;
            }
            lastTry.set(now);
            try {
                var keys = KeySet.of(
                        fetch.from(address), why -> LOG.warnf("keys at %s: %s", address.getHost(), Loggable.of(why)));
                held.set(Optional.of(new Held(keys, now)));
                LOG.infof("fetched %d keys from %s", keys.size(), address.getHost());
            } catch (IOException failed) {
                LOG.warnf("keys cannot be fetched from %s: %s", address.getHost(), failed.getMessage());
            }
        }
    }

    private final Fetch fetch;
    private final InstantSource clock;
    private final Map<URI, Ring> rings = new ConcurrentHashMap<>();

    FetchedKeys(Fetch fetch, InstantSource clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    @Override
    public Optional<PublicKey> key(URI registered, String id, SigningAlgorithm algorithm) {
        return rings.computeIfAbsent(registered, address -> new Ring()).key(registered, id, algorithm);
    }
}
