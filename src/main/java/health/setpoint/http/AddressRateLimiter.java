package health.setpoint.http;

import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How often callers of one address may do a thing: so many times at once, and as many again in every minute. Of many
 * addresses at once the newest share one count, so that the table stays small whoever calls.
 */
public final class AddressRateLimiter {

    private static final int MOST_ADDRESSES = 1000;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int NETWORK_GROUPS = 4;
    private static final int ALL_GROUPS = 8;

    /** Not an address, so that it is nobody's. */
    private static final String OTHERS = "other addresses";

    private final long price;
    private final LongSupplier nanoTime;
    private final Map<String, Long> paidUntil = new HashMap<>();
    private long tidied;

    /**
     * @param aMinute how often
     * @param nanoTime a clock that only runs forward, in nanoseconds
     */
    public AddressRateLimiter(int aMinute, LongSupplier nanoTime) {
        this.price = MINUTE / aMinute;
        this.nanoTime = nanoTime;
        this.tidied = nanoTime.getAsLong();
    }

    /** The address from which a call comes: the proxy's, unless the service is told to believe what it forwards. */
    public static String of(RoutingContext call) {
        return Optional.ofNullable(call.request().remoteAddress())
                .map(address -> address.hostAddress() == null ? address.host() : address.hostAddress())
                .orElse("(unknown)");
    }

    /** Takes one time of those of this address; empty, or how long to wait where there is none left. */
    public synchronized Optional<Duration> pause(String address) {
        var now = nanoTime.getAsLong();
        var key = key(network(address), now);
        var paid = Math.max(0, paidUntil.getOrDefault(key, now) - now) + price;
        if (paid > MINUTE) {
            return Optional.of(Duration.ofNanos(paid - MINUTE));
        }
        paidUntil.put(key, now + paid);
        return Optional.empty();
    }

    private String key(String network, long now) {
        if (paidUntil.containsKey(network) || paidUntil.size() < MOST_ADDRESSES) {
            return network;
        }
        if (now - tidied > price) {
            tidied = now;
            paidUntil.values().removeIf(until -> until - now <= 0);
        }
        return paidUntil.size() < MOST_ADDRESSES ? network : OTHERS;
    }

    /** Whoever has one address of IPv6 has the 64 bits of addresses beside it. */
    public static String network(String address) {
        var groups = address.split(":", -1);
        return groups.length == ALL_GROUPS
                ? String.join(":", Arrays.copyOf(groups, NETWORK_GROUPS)) + "::/64"
                : address;
    }
}
