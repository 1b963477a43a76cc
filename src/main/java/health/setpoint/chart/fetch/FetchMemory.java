package health.setpoint.chart.fetch;

/** How much of the memory the answers to one request's queries may hold, until the request is over. Asked by many threads. */
@FunctionalInterface
public interface FetchMemory {

    /** Where nothing else is under way. */
    FetchMemory UNBOUNDED = bytes -> true;

    /** Whether so many bytes more may be held; then they are. */
    boolean take(long bytes);
}
