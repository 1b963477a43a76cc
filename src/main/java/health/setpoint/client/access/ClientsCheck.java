package health.setpoint.client.access;

import health.setpoint.client.file.ClientFileFault;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready with clients to serve; in local mode always. */
@Readiness
@Singleton
class ClientsCheck implements HealthCheck {

    private final AccessControlBeans accessControl;

    ClientsCheck(AccessControlBeans accessControl) {
        this.accessControl = accessControl;
    }

    @Override
    public HealthCheckResponse call() {
        var check = HealthCheckResponse.named("clients");
        return accessControl
                .registry()
                .map(registry -> check.status(registry.isReady())
                        .withData("inForce", registry.clients().size())
                        .withData(
                                "refused",
                                registry.faults().stream()
                                        .map(ClientFileFault::file)
                                        .distinct()
                                        .count())
                        .build())
                .orElseGet(() -> check.up().withData("mode", "local").build());
    }
}
