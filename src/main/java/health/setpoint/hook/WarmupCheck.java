package health.setpoint.hook;

import health.setpoint.hook.request.CdsService;
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
class WarmupCheck implements HealthCheck {

    private final StartupWarmup warmup;
    private final Knowledge knowledge;

    WarmupCheck(StartupWarmup warmup, Knowledge knowledge) {
        this.warmup = warmup;
        this.knowledge = knowledge;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.builder()
                .name("warm")
                .status(warmup.evaluated() == CdsService.values().length)
                .withData("knowledge", knowledge.version() + " " + knowledge.hash())
                .build();
    }
}
