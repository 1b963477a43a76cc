package health.setpoint.hook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The clock of the site: dates of samples, rechecks and windows are calendar dates in its zone, {@code setpoint.zone}. */
@ApplicationScoped
public class SiteClock {

    @Produces
    @Singleton
    public Clock clock(@ConfigProperty(name = "setpoint.zone") Optional<String> zone) {
        return zone.map(ZoneId::of).map(Clock::system).orElseGet(Clock::systemDefaultZone);
    }
}
