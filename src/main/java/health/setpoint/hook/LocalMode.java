package health.setpoint.hook;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** While no client is registered: everybody who reaches the port may call, and the log says so. */
@Singleton
class LocalMode {

    private static final Logger LOG = Logger.getLogger("health.setpoint");
    static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    private final String host;

    LocalMode(@ConfigProperty(name = "quarkus.http.host") String host) {
        this.host = host;
    }

    void announce(@Observes StartupEvent started) {
        LOG.warnf(
                "%n%n  LOCAL MODE: no client is registered, so NO CALLER IS CHECKED.%n  %s%n  Not for patients' data.%n",
                THIS_MACHINE.contains(host)
                        ? "Bound to " + host + ": only this machine can call."
                        : "Bound to " + host + ": OTHER MACHINES CAN CALL TOO.");
    }
}
