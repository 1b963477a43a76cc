package health.setpoint.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A bounded number of callers who keep calling and note every card that reached them. */
final class Load implements AutoCloseable {

    private static final int CALLERS = 6;

    private final Set<String> delivered = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final List<Thread> callers = new ArrayList<>();
    private volatile boolean goOn = true;

    Load(RunningJar service) {
        for (int i = 0; i < CALLERS; i++) {
            var caller = new Thread(() -> keepCalling(service));
            callers.add(caller);
            caller.start();
        }
    }

    private void keepCalling(RunningJar service) {
        while (goOn) {
            try {
                var answer = service.call();
                if (answer.statusCode() == 200) {
                    delivered.addAll(RunningJar.cards(answer));
                    answers.incrementAndGet();
                } else if (answer.statusCode() == 503) {
                    refusals.incrementAndGet();
                    Thread.sleep(20);
                } else {
                    throw new AssertionError("status " + answer.statusCode());
                }
            } catch (IOException gone) {
                return;
            } catch (InterruptedException hurried) {
                return;
            }
        }
    }

    void awaitAnswers(int count) throws InterruptedException {
        int goal = answers.get() + count;
        for (int i = 0; i < 2400 && answers.get() < goal; i++) {
            Thread.sleep(50);
        }
        if (answers.get() < goal) {
            throw new AssertionError("only " + answers.get() + " answers of " + goal);
        }
    }

    void awaitRefusals(int count) throws InterruptedException {
        int goal = refusals.get() + count;
        for (int i = 0; i < 1200 && refusals.get() < goal; i++) {
            Thread.sleep(50);
        }
        if (refusals.get() < goal) {
            throw new AssertionError("only " + refusals.get() + " refusals of " + goal);
        }
    }

    int answered() {
        return answers.get();
    }

    int refused() {
        return refusals.get();
    }

    /** Cards that reached a caller. */
    Set<String> delivered() {
        return Set.copyOf(delivered);
    }

    /** No further calls; waits for those that are on their way. */
    void stop() {
        goOn = false;
        try {
            for (var caller : callers) {
                caller.join();
            }
        } catch (InterruptedException hurried) {
            throw new AssertionError(hurried);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
