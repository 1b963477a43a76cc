package health.setpoint.client.token;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The lowest moment that the machine's clock has shown over a span of time, as a clock measures it that only runs forward:
 * what has passed by this moment has passed however the machine's clock was set in between.
 */
public final class LowestClockReading {

    private record Reading(long nanos, Instant shown) {}

    private final long span;
    private final Deque<Reading> readings = new ArrayDeque<>();
    private boolean whole;

    public LowestClockReading(Duration span) {
        this.span = span.toNanos();
    }

    /**
     * Takes a reading.
     *
     * @param nanos what the clock shows that only runs forward
     * @param shown what the machine's shows
     * @return the lowest of the span; empty until readings cover the whole of it
     */
    public synchronized Optional<Instant> after(long nanos, Instant shown) {
        readings.addLast(new Reading(nanos, shown));
        while (nanos - readings.getFirst().nanos() > span) {
            readings.removeFirst();
            whole = true;
        }
        return whole ? readings.stream().map(Reading::shown).min(Instant::compareTo) : Optional.empty();
    }
}
