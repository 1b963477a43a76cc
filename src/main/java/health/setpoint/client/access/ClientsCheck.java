package health.setpoint.client.access;

import health.setpoint.client.file.Fault;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready with clients to serve; in local mode always. */
@Readiness
@Singleton
class ClientsCheck implements HealthCheck {

    private final OpenReception reception;

    ClientsCheck(OpenReception reception) {
        this.reception = reception;
    }

    @Override
    public HealthCheckResponse call() {
        var check = HealthCheckResponse.named("clients");
        return reception
                .register()
                .map(register -> check.status(register.isReady())
                        .withData("inForce", register.clients().size())
                        .withData(
                                "refused",
                                register.faults().stream()
                                        .map(Fault::file)
                                        .distinct()
                                        .count())
                        .build())
                .orElseGet(() -> check.up().withData("mode", "local").build());
    }
}
