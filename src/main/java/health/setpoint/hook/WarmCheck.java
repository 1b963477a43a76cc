package health.setpoint.hook;

import health.setpoint.hook.request.Service;
import health.setpoint.knowledge.Knowledge;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Started and ready once the samples have been evaluated: this check cannot be built before. */
@Startup
@Readiness
@Singleton
class WarmCheck implements HealthCheck {

    private final Warm warm;
    private final Knowledge knowledge;

    WarmCheck(Warm warm, Knowledge knowledge) {
        this.warm = warm;
        this.knowledge = knowledge;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.builder()
                .name("warm")
                .status(warm.evaluated() == Service.values().length)
                .withData("knowledge", knowledge.version() + " " + knowledge.hash())
                .build();
    }
}
