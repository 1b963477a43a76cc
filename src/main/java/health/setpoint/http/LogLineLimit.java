package health.setpoint.http;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * How many lines of the log refused calls may cause: so many a minute for one caller, which is an address or a client, and
 * for all together, so that nobody fills the disk. What is left out is counted, and told in one line.
 */
public final class LogLineLimit {

    static final int OF_ONE_ADDRESS = 60;
    static final int OF_ALL = 300;

    private static final int MOST_COUNTED = 1000;
    private static final int MOST_NAMED = 5;
    private static final String ALL = "all";

    private final AddressRateLimiter each;
    private final AddressRateLimiter all;
    private final Map<String, Long> leftOut = new TreeMap<>();
    private long more;

    public LogLineLimit(LongSupplier nanoTime) {
        this.each = new AddressRateLimiter(OF_ONE_ADDRESS, nanoTime);
        this.all = new AddressRateLimiter(OF_ALL, nanoTime);
    }

    /** Whether a line about a call of this caller may be written. */
    public synchronized boolean lets(String caller) {
        if (each.pause(caller).isEmpty() && all.pause(ALL).isEmpty()) {
            return true;
        }
        var network = AddressRateLimiter.network(caller);
        if (leftOut.containsKey(network) || leftOut.size() < MOST_COUNTED) {
            leftOut.merge(network, 1L, Long::sum);
        } else {
            more++;
        }
        return false;
    }

    /** What was left out since this was last asked; empty where nothing was. */
    public synchronized Optional<String> leftOut() {
        if (leftOut.isEmpty()) {
            return Optional.empty();
        }
        var lines = leftOut.values().stream().mapToLong(Long::longValue).sum() + more;
        var most = leftOut.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST_NAMED)
                .map(count -> count.getValue() + " from " + count.getKey())
                .collect(Collectors.joining(", "));
        var told = "%d lines about refused calls were left out: %s%s"
                .formatted(lines, most, leftOut.size() > MOST_NAMED || more > 0 ? ", and others" : "");
        leftOut.clear();
        more = 0;
        return Optional.of(told);
    }
}
