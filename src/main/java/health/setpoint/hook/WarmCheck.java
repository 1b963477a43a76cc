package health.setpoint.hook;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the samples have been evaluated: this check cannot be built before. */
@Readiness
@Singleton
class WarmCheck implements HealthCheck {

    private final Warm warm;

    WarmCheck(Warm warm) {
        this.warm = warm;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.builder().name("warm").status(warm != null).build();
    }
}
