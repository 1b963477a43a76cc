package health.setpoint.chart.fetch;

import java.util.concurrent.atomic.AtomicReference;

/** Leaves a server alone for a while after it has failed several times in a row; then one call tries it again. */
final class CircuitBreaker {

    private static final int FAILURES = 2;
    private static final long REST_NANOS = 10_000_000_000L;

    private final AtomicReference<State> state = new AtomicReference<>(new State(0, 0));

    private record State(int failures, long restsUntil) {

        boolean isResting(long now) {
            return failures >= FAILURES && now - restsUntil < 0;
        }
    }

    /** Whether the server may be asked; after its rest one call is let through, the others wait for what it finds. */
    boolean lets(long now) {
        var seen = state.get();
        if (seen.failures() < FAILURES) {
            return true;
        }
        return !seen.isResting(now) && state.compareAndSet(seen, new State(seen.failures(), now + REST_NANOS));
    }

    void succeeded() {
        state.set(new State(0, 0));
    }

    void failed(long now) {
        state.updateAndGet(seen -> new State(Math.min(seen.failures() + 1, FAILURES), now + REST_NANOS));
    }
}
