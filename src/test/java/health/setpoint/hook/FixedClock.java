package health.setpoint.hook;

import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The moment of every HTTP test: the day on which the sandbox's calls were captured, unless a test names another, or sets
 * the clock while the service runs.
 */
@ApplicationScoped
public class FixedClock {

    public static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");

    private static final AtomicReference<Optional<Instant>> SET = new AtomicReference<>(Optional.empty());

    /** Sets the clock back or forth; empty for what it showed before. */
    static void set(Optional<Instant> moment) {
        SET.set(moment);
    }

    private record Hands(Instant usual) implements InstantSource {
        @Override
        public Instant instant() {
            return SET.get().orElse(usual);
        }
    }

    @Mock
    @Produces
    @Singleton
    Clock clock(@ConfigProperty(name = "test.now") Optional<Instant> now) {
        return new Hands(now.orElse(NOW)).withZone(ZoneOffset.UTC);
    }
}
