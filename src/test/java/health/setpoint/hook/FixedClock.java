package health.setpoint.hook;

import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The moment of every HTTP test: the day on which the sandbox's calls were captured, unless a test names another. */
@ApplicationScoped
class FixedClock {

    static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");

    @Mock
    @Produces
    @Singleton
    Clock clock(@ConfigProperty(name = "test.now") Optional<Instant> now) {
        return Clock.fixed(now.orElse(NOW), ZoneOffset.UTC);
    }
}
