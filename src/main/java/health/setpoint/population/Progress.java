package health.setpoint.population;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** How far a run is, once a second on a terminal: no name, no id, only numbers. */
final class Progress {

    private static final long BETWEEN = Duration.ofSeconds(1).toNanos();
    private static final double MEGABYTE = 1024.0 * 1024;

    private final PrintStream told;
    private final long start = System.nanoTime();
    private final LongAdder patients = new LongAdder();
    private long decideStart;
    private long last;

    Progress(PrintStream told) {
        this.told = told;
    }

    void taken(long bytes, long all) {
        if (isTime()) {
            told.printf(
                    Locale.ROOT,
                    "read %,.0f of %,.0f MB, %,.0f MB/s%n",
                    bytes / MEGABYTE,
                    all / MEGABYTE,
                    bytes / MEGABYTE / seconds(start));
        }
    }

    void patient() {
        patients.increment();
    }

    synchronized void partition(int done, int of) {
        if (decideStart == 0) {
            decideStart = System.nanoTime();
        }
        if (isTime() || done == of) {
            var passed = seconds(decideStart);
            told.printf(
                    Locale.ROOT,
                    "%,d patients, %,.0f/s, %d of %d parts, %.0f s left%n",
                    patients.sum(),
                    patients.sum() / Math.max(passed, 0.001),
                    done,
                    of,
                    done == 0 ? 0 : passed / done * (of - done));
        }
    }

    void done(String words) {
        told.printf(Locale.ROOT, "%s after %.1f s%n", words, seconds(start));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private synchronized boolean isTime() {
        var now = System.nanoTime();
        if (last != 0 && now - last < BETWEEN) {
            return false;
        }
        last = now;
        return true;
    }
}
