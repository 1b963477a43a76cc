package health.setpoint.hook.evaluation;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Spans for the stages of calls, where a collector is named. Without one the SDK would make them and throw them away. */
@Singleton
class Tracing {

    private final Tracer tracer;

    Tracing(Tracer tracer, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean disabled) {
        this.tracer = disabled ? none() : tracer;
    }

    /** The stages of a call that begins. */
    Stages begin() {
        return new Stages(tracer);
    }

    static Tracer none() {
        return TracerProvider.noop().get("setpoint");
    }
}
