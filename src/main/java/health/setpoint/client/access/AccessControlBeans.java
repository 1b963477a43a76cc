package health.setpoint.client.access;

import health.setpoint.client.Client;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.client.SmartApp;
import health.setpoint.client.file.ClientRegistry;
import health.setpoint.client.token.Clients;
import health.setpoint.client.token.FetchedKeys;
import health.setpoint.client.token.HttpFetch;
import health.setpoint.client.token.JdbcSeenTokens;
import health.setpoint.client.token.LowestClockReading;
import health.setpoint.client.token.TokenCheck;
import health.setpoint.client.token.Trust;
import health.setpoint.http.local.SandboxSwitch;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Makes the access control: with the registered clients where a folder is named, else in local mode. */
@Startup
@Singleton
class AccessControlBeans {

    private static final Logger LOG = Logger.getLogger("health.setpoint.clients");

    private final Optional<ClientRegistry> registry;
    private final JdbcSeenTokens seen;
    private final LowestClockReading worthless = new LowestClockReading(Trust.LONGEST);
    private final Clock clock;
    private final AccessControl accessControl;

    AccessControlBeans(
            ClientsConfig config,
            LocalConfig localConfig,
            ServiceCatalog catalog,
            @ConfigProperty(name = "setpoint.public-url") String publicBase,
            @ConfigProperty(name = "quarkus.datasource.embedded.active") boolean isEmbedded,
            @DataSource("embedded") InjectableInstance<AgroalDataSource> embedded,
            @DataSource("postgresql") InjectableInstance<AgroalDataSource> postgresql,
            @ConfigProperty(name = "setpoint.journal.patience", defaultValue = "2s") Duration patience,
            MeterRegistry meters,
            Clock clock,
            SandboxSwitch sandbox) {
        this.clock = clock;
        this.registry = config.folder().map(folder -> new ClientRegistry(folder, catalog));
        this.seen = isEmbedded
                ? new JdbcSeenTokens(embedded.get(), () -> {}, patience)
                : onServer(postgresql.get(), patience);
        registry.ifPresent(some -> some.meter(meters));
        this.accessControl = new AccessControl(
                () -> registry.map(ClientRegistry::clients).orElse(Clients.NONE),
                registry.isPresent()
                        ? Optional.empty()
                        : Optional.of(local(localConfig.client(catalog, clock.getZone()), sandbox, publicBase)),
                new TokenCheck(new FetchedKeys(new HttpFetch(config.keyPatience()), System::nanoTime)),
                seen,
                new RateLimiter(System::nanoTime),
                catalog,
                publicBase,
                clock,
                meters);
    }

    private static Client local(Client client, SandboxSwitch sandbox, String publicBase) {
        return sandbox.isOpen() ? client.with(SmartApp.ofSandbox(publicBase)) : client;
    }

    private static JdbcSeenTokens onServer(AgroalDataSource server, Duration patience) {
        return new JdbcSeenTokens(server, () -> server.flush(AgroalDataSource.FlushMode.GRACEFUL), patience);
    }

    @Produces
    @Singleton
    AccessControl accessControl() {
        return accessControl;
    }

    Optional<ClientRegistry> registry() {
        return registry;
    }

    @Scheduled(every = "${setpoint.clients.poll:5s}")
    void look() {
        registry.ifPresent(ClientRegistry::look);
    }

    @Scheduled(every = "10m", delayed = "1m")
    void forget() {
        try {
            var moment = worthless.after(System.nanoTime(), clock.instant());
            if (moment.isPresent()) {
                seen.forget(moment.get());
            }
        } catch (SQLException failure) {
            LOG.warnf("worthless tokens could not be forgotten: SQL state %s", failure.getSQLState());
        }
    }
}
