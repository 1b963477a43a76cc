package health.setpoint.client.access;

import health.setpoint.client.Client;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Counts the calls of each client, so that one that asks too much does not take the service from the others. */
final class RateLimiter {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** One client's count: the moment up to which its calls are paid for, and the calls under way. */
    private static final class Count {
        private final AtomicLong paidUntil = new AtomicLong(Long.MIN_VALUE);
        private final AtomicInteger underWay = new AtomicInteger();
    }

    private final LongSupplier nanoTime;
    private final Map<String, Count> counts = new ConcurrentHashMap<>();

    /**
     * @param nanoTime a clock that only runs forward, in nanoseconds
     */
    RateLimiter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How long to wait before another call, where this one is one too many for the client's rate. */
    Optional<Duration> pause(Client client) {
        var limits = client.limits();
        if (limits.perSecond() == Integer.MAX_VALUE) {
            return Optional.empty();
        }
        var paidUntil = count(client).paidUntil;
        var now = nanoTime.getAsLong();
        var price = SECOND / limits.perSecond();
        while (true) {
            var paid = paidUntil.get();
            var from = paid == Long.MIN_VALUE || paid - now < 0 ? now : paid;
            var ahead = from + price - now;
            if (ahead > SECOND + price / 2) {
                return Optional.of(Duration.ofNanos(ahead - SECOND));
            }
            if (paidUntil.compareAndSet(paid, from + price)) {
                return Optional.empty();
            }
        }
    }

    /** Lets a call in; what to run when it is over, any number of times. Empty where too many are under way. */
    Optional<Runnable> enter(Client client) {
        var underWay = count(client).underWay;
        if (underWay.incrementAndGet() > client.limits().atOnce()) {
            underWay.decrementAndGet();
            return Optional.empty();
        }
        var left = new AtomicBoolean();
        return Optional.of(() -> {
            if (left.compareAndSet(false, true)) {
                underWay.decrementAndGet();
            }
        });
    }

    private Count count(Client client) {
        return counts.computeIfAbsent(client.name(), name -> new Count());
    }
}
