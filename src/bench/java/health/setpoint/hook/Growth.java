package health.setpoint.hook;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a call costs as it grows. The sizes take turns within each round, so that whatever else the machine does meets
 * them alike, and the processor's time is taken instead of the clock's.
 */
final class Growth {

    static final List<Integer> SIZES = List.of(1, 2, 4, 8);
    static final int ROUNDS = 25;
    private static final int WARM_ROUNDS = 60;
    /** Calls of the largest size in a round; of a smaller one as many times more as it is smaller. */
    private static final int LARGEST_CALLS = 12;

    /**
     * One size in one round.
     *
     * @param micros processor time of one call
     * @param bytes allocated for one call
     */
    record Cost(int round, int times, double micros, double bytes) {}

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final EvaluationBenchmark.Service service = new EvaluationBenchmark.Service();
    private final Map<Integer, byte[]> bodies = new LinkedHashMap<>();

    Growth() {
        service.start();
        SIZES.forEach(times -> bodies.put(times, OrderSignRequest.of(times, EvaluationBenchmark.TODAY)));
    }

    List<Cost> run() {
        for (int round = 0; round < WARM_ROUNDS; round++) {
            round(round);
        }
        var costs = new ArrayList<Cost>();
        for (int round = 1; round <= ROUNDS; round++) {
            costs.addAll(round(round));
        }
        return costs;
    }

    private List<Cost> round(int round) {
        return SIZES.stream().map(times -> cost(round, times)).toList();
    }

    private Cost cost(int round, int times) {
        var calls = LARGEST_CALLS * SIZES.get(SIZES.size() - 1) / times;
        var thread = Thread.currentThread().getId();
        var body = bodies.get(times);
        var time = threads.getCurrentThreadCpuTime();
        var bytes = threads.getThreadAllocatedBytes(thread);
        for (int call = 0; call < calls; call++) {
            if (service.answer(body).isEmpty()) {
                throw new IllegalStateException("no answer");
            }
        }
        return new Cost(
                round,
                times,
                (threads.getCurrentThreadCpuTime() - time) / 1000.0 / calls,
                (threads.getThreadAllocatedBytes(thread) - bytes) / (double) calls);
    }
}
