package health.setpoint.hook;

import health.setpoint.card.CardWriter;
import health.setpoint.chart.ChartReader;
import health.setpoint.chart.fetch.FhirServers;
import health.setpoint.chart.prefetch.PrefetchKeys;
import health.setpoint.client.Offer;
import health.setpoint.hook.request.Service;
import health.setpoint.http.body.Json;
import health.setpoint.knowledge.Knowledge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the rooms below once; they know nothing of the container. */
@ApplicationScoped
class Rooms {

    @Produces
    @Singleton
    Knowledge knowledge() {
        return Knowledge.load();
    }

    @Produces
    @Singleton
    Offer offer(Knowledge knowledge, @ConfigProperty(name = "setpoint.mute-info-days") int muteDays) {
        return new Offer(knowledge, Service.hooksById(), muteDays);
    }

    @Produces
    @Singleton
    ChartReader chartReader(Knowledge knowledge) {
        return new ChartReader(knowledge);
    }

    @Produces
    @Singleton
    FhirServers fhirServers() {
        return new FhirServers(Json.exact());
    }

    @Produces
    @Singleton
    PrefetchKeys prefetchKeys(Knowledge knowledge) {
        return new PrefetchKeys(knowledge.terminology());
    }

    @Produces
    @Singleton
    CardWriter cardWriter(Knowledge knowledge, @ConfigProperty(name = "setpoint.public-url") URI publicBase) {
        return new CardWriter(knowledge, publicBase);
    }
}
