package health.setpoint.hook;

import health.setpoint.client.Client;
import health.setpoint.client.Offer;
import health.setpoint.hook.evaluation.Evaluation;
import health.setpoint.hook.evaluation.Stages;
import health.setpoint.hook.request.Envelope;
import health.setpoint.hook.request.Service;
import health.setpoint.http.body.Json;
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
class Warm {

    private final int evaluated;

    Warm(Evaluation evaluation, Offer offer, Clock clock) {
        var local = Client.local(offer, clock.getZone());
        var today = LocalDate.now(clock);
        var done = 0;
        for (var service : Service.values()) {
            var sample = Samples.on(service.hook().word(), today).orElseThrow();
            evaluation.evaluate(
                    local,
                    Envelope.read(Json.object(sample.getBytes(StandardCharsets.UTF_8)), service),
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
