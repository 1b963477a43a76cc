package health.setpoint.hook;

import health.setpoint.client.Client;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.hook.evaluation.Evaluation;
import health.setpoint.hook.evaluation.Stages;
import health.setpoint.hook.request.CdsService;
import health.setpoint.hook.request.HookRequestParser;
import health.setpoint.http.body.RequestJson;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;

/**
 * Evaluates the shipped samples once before the first call can come: knowledge is loaded, templates and FHIR models are
 * ready, and a service that cannot evaluate does not start.
 */
@Startup
@Singleton
class StartupWarmup {

    private final int evaluated;

    StartupWarmup(Evaluation evaluation, ServiceCatalog catalog, Clock clock) {
        var local = Client.local(catalog, clock.getZone());
        var today = LocalDate.now(clock);
        var done = 0;
        for (var service : CdsService.values()) {
            var sample = Samples.on(service.hook().word(), today).orElseThrow();
            evaluation.evaluate(
                    local,
                    HookRequestParser.read(RequestJson.object(sample.getBytes(StandardCharsets.UTF_8)), service),
                    Stages.untraced());
            done++;
        }
        this.evaluated = done;
    }

    /** How many services have answered their sample. */
    int evaluated() {
        return evaluated;
    }
}
