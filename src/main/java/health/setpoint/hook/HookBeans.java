package health.setpoint.hook;

import health.setpoint.card.CardDetail;
import health.setpoint.card.CardWriter;
import health.setpoint.chart.ChartReader;
import health.setpoint.chart.fetch.FhirServers;
import health.setpoint.chart.prefetch.PrefetchKeys;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.hook.request.CdsService;
import health.setpoint.http.body.RequestJson;
import health.setpoint.knowledge.Knowledge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the beans of the packages below, which know nothing of the container. */
@ApplicationScoped
class HookBeans {

    @Produces
    @Singleton
    Knowledge knowledge() {
        return Knowledge.load();
    }

    @Produces
    @Singleton
    ServiceCatalog offer(
            Knowledge knowledge,
            @ConfigProperty(name = "setpoint.mute-info-days") int muteDays,
            @ConfigProperty(name = "setpoint.card-detail") CardDetail cardDetail,
            @ConfigProperty(name = "setpoint.link-days") int linkDays) {
        return new ServiceCatalog(knowledge, CdsService.hooksById(), muteDays, cardDetail, linkDays);
    }

    @Produces
    @Singleton
    ChartReader chartReader(Knowledge knowledge) {
        return new ChartReader(knowledge);
    }

    @Produces
    @Singleton
    FhirServers fhirServers() {
        return new FhirServers(RequestJson.exact());
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
