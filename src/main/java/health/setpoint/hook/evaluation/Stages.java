package health.setpoint.hook.evaluation;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The stages of one call: how long each took, and a span for each. Used by one thread. */
public final class Stages {

    private final Tracer tracer;
    private final Map<String, Duration> times = new LinkedHashMap<>();

    Stages(Tracer tracer) {
        this.tracer = tracer;
    }

    public static Stages untraced() {
        return new Stages(Tracing.none());
    }

    <T> T run(String stage, Supplier<T> work) {
        var span = tracer.spanBuilder(stage).startSpan();
        var start = System.nanoTime();
        // Making a span current copies the context of the log each time.
        var scope = span.getSpanContext().isValid() ? span.makeCurrent() : Scope.noop();
        try {
            return work.get();
        } finally {
            scope.close();
            times.merge(stage, Duration.ofNanos(System.nanoTime() - start), Duration::plus);
            span.end();
        }
    }

    /** By stage, in the order of the stages; stages that failed included. */
    Map<String, Duration> times() {
        return Map.copyOf(times);
    }
}
