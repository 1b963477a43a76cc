package health.setpoint.client.token;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * By what a client's tokens are known.
 *
 * @param issuer their {@code iss}, exactly
 * @param tenant their {@code tenant}; a token of another tenant, or of none, is another's
 * @param algorithms how they may be signed
 * @param keys with which their signatures are checked
 * @param longestToken from {@code iat} to {@code exp}
 */
public record Trust(
        String issuer, Optional<String> tenant, Set<SigningAlgorithm> algorithms, Keys keys, Duration longestToken) {

    /** Best practice of CDS Hooks: clients keep the lifetime to an hour. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /**
     * @param jku the only {@code jku} that a token may name
     * @param fixed keys that were handed over; without them they are fetched from the jku
     */
    public record Keys(Optional<URI> jku, Optional<KeySet> fixed) {}

    public Trust {
        algorithms = Set.copyOf(algorithms);
    }
}
