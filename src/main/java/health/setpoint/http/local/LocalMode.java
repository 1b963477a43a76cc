package health.setpoint.http.local;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * While no client is registered everybody who reaches the port may call: the log says so, and other machines are kept out
 * unless {@code setpoint.local-mode.allow-other-machines} lets them in.
 */
@Singleton
public class LocalMode {

    public static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    private static final Logger LOG = Logger.getLogger("health.setpoint");
    /** Also before the scheduler, at 0: a start that is refused runs nothing. */
    private static final int BEFORE_ALL_ELSE = -20;

    private final String host;
    private final URI publicUrl;
    private final boolean clients;
    private final boolean serves;
    private final boolean othersAllowed;

    public LocalMode(
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "setpoint.public-url") URI publicUrl,
            @ConfigProperty(name = "setpoint.clients.folder") Optional<String> clients,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean serves,
            @ConfigProperty(name = "setpoint.local-mode.allow-other-machines") boolean othersAllowed) {
        this.host = host;
        this.publicUrl = publicUrl;
        this.clients = clients.isPresent();
        this.serves = serves;
        this.othersAllowed = othersAllowed;
    }

    void check(@Observes @Priority(BEFORE_ALL_ELSE) StartupEvent started) {
        refusal().ifPresent(why -> {
            throw new ConfigurationException(why);
        });
        if (clients || !serves) {
            return;
        }
        LOG.warnf(
                "%n%n  LOCAL MODE: no client is registered, so NO CALLER IS CHECKED.%n  %s%n  Not for patients' data.%n",
                THIS_MACHINE.contains(host)
                        ? "Bound to " + host + ": only this machine can call."
                        : "Bound to " + host + ": OTHER MACHINES CAN CALL TOO.");
    }

    /** Why the service must not start as it is set up. */
    public Optional<String> refusal() {
        if (!serves) {
            return Optional.empty();
        }
        if (clients) {
            return "https".equalsIgnoreCase(publicUrl.getScheme()) || THIS_MACHINE.contains(publicUrl.getHost())
                    ? Optional.empty()
                    : Optional.of("setpoint.public-url is the https URL under which clients reach this service; it is "
                            + publicUrl);
        }
        return THIS_MACHINE.contains(host) || othersAllowed
                ? Optional.empty()
                : Optional.of("No client is registered, so no caller would be checked, and quarkus.http.host is " + host
                        + ", which other machines can reach. Name the clients' folder in setpoint.clients.folder"
                        + " (SETPOINT_CLIENTS_FOLDER), or bind to 127.0.0.1, or, to let every machine call unchecked,"
                        + " set setpoint.local-mode.allow-other-machines=true"
                        + " (SETPOINT_LOCAL_MODE_ALLOW_OTHER_MACHINES).");
    }
}
