package health.setpoint.hook.evaluation;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Ends evaluations that take too long by interrupting their threads. Only what runs within it is ever interrupted: an
 * interrupted thread that writes to a file would close it for all.
 */
@Singleton
class Deadline {

    private static final long LOOKS_EVERY_MILLIS = 20;

    private final Duration longest;
    private final Set<Run> underWay = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "deadline");
        thread.setDaemon(true);
        return thread;
    });

    @Inject
    Deadline(@ConfigProperty(name = "setpoint.evaluation-deadline") Duration longest) {
        this.longest = longest;
        watch.scheduleWithFixedDelay(
                this::interruptTheLate, LOOKS_EVERY_MILLIS, LOOKS_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** An evaluation was ended before its end. */
    static final class Exceeded extends RuntimeException {
        Exceeded() {
            super("the evaluation took too long", null, false, false);
        }
    }

    private enum State {
        RUNNING,
        BEING_INTERRUPTED,
        OVER
    }

    private record Run(Thread thread, long until, AtomicReference<State> state) {}

    private void interruptTheLate() {
        var now = System.nanoTime();
        for (var run : underWay) {
            if (now - run.until() > 0 && run.state().compareAndSet(State.RUNNING, State.BEING_INTERRUPTED)) {
                run.thread().interrupt();
                run.state().set(State.OVER);
            }
        }
    }

    /**
     * Does the work on this thread.
     *
     * @param atLeast time that it has in any case, whatever the setting
     * @throws Exceeded where it was interrupted and heeded it
     */
    <T> T within(Duration atLeast, Supplier<T> work) {
        var time = longest.compareTo(atLeast) > 0 ? longest : atLeast;
        var run = new Run(
                Thread.currentThread(), System.nanoTime() + time.toNanos(), new AtomicReference<>(State.RUNNING));
        underWay.add(run);
        try {
            return work.get();
        } catch (CancellationException interrupted) {
            throw new Exceeded();
        } finally {
            underWay.remove(run);
            end(run);
        }
    }

    /**
     * Where nothing else heeds it: between the stages of an evaluation.
     *
     * @throws CancellationException where this thread was interrupted
     */
    static void heed() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the evaluation was interrupted");
        }
    }

    /** Leaves no interruption behind, also none that is on its way. */
    private static void end(Run run) {
        if (!run.state().compareAndSet(State.RUNNING, State.OVER)) {
            while (run.state().get() != State.OVER) {
                Thread.onSpinWait();
            }
            Thread.interrupted();
        }
    }

    @PreDestroy
    void stop() {
        watch.shutdownNow();
    }
}
