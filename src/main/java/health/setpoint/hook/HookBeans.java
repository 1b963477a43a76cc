package health.setpoint.hook;

import health.setpoint.card.CardWriter;
import health.setpoint.card.text.CardDetail;
import health.setpoint.chart.ChartReader;
import health.setpoint.chart.fetch.FhirServers;
import health.setpoint.chart.prefetch.PrefetchKeys;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.hook.request.CdsService;
import health.setpoint.hook.terminology.CurrentKnowledge;
import health.setpoint.http.body.RequestJson;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.signoff.SignOff;
import health.setpoint.knowledge.signoff.SignableItem;
import health.setpoint.knowledge.signoff.SignedKnowledge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Makes the beans of the packages below, which know nothing of the container. */
@ApplicationScoped
class HookBeans {

    private static final Logger LOG = Logger.getLogger("health.setpoint.sign-off");

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
    CurrentKnowledge currentKnowledge(Knowledge knowledge) {
        return new CurrentKnowledge(knowledge);
    }

    @Produces
    @Singleton
    ChartReader chartReader(Knowledge knowledge, CurrentKnowledge current) {
        return new ChartReader(knowledge, current);
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
    CardWriter cardWriter(
            Knowledge knowledge, SignOff signOff, @ConfigProperty(name = "setpoint.public-url") URI publicBase) {
        return new CardWriter(knowledge, publicBase, signOff);
    }

    @Produces
    @Singleton
    SignOff signOff(@ConfigProperty(name = "setpoint.sign-off") Optional<Path> file, Knowledge knowledge, Clock clock) {
        var today = LocalDate.now(clock);
        var signOff = file.map(path -> SignOff.read(path, today)).orElse(SignOff.NONE);
        if (file.isPresent()) {
            tell(signOff.on(knowledge, today));
        }
        return signOff;
    }

    private static void tell(SignedKnowledge signed) {
        for (var kind : SignableItem.Kind.values()) {
            LOG.infof("sign-off: %d of %d %ss are signed", signed.signed(kind), signed.all(kind), kind.word());
        }
        signed.changed()
                .forEach(line -> LOG.warnf(
                        "sign-off: %s has changed since %s signed it on %s, and counts as unsigned",
                        line.item(),
                        line.earlier().orElseThrow().name(),
                        line.earlier().orElseThrow().on()));
    }
}
