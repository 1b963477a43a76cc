package health.setpoint.client.token;

import health.setpoint.client.Client;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The clients in force, found by what their tokens claim. */
public final class Clients {

    /** Nobody. */
    public static final Clients NONE = new Clients(List.of());

    private record Claim(String issuer, Optional<String> tenant) {}

    private final Map<Claim, RegisteredClient> byClaim = new HashMap<>();

    /** No two of them share issuer and tenant. */
    public Clients(Collection<RegisteredClient> registrations) {
        for (var registration : registrations) {
            var trust = registration.trust();
            if (byClaim.put(new Claim(trust.issuer(), trust.tenant()), registration) != null) {
                throw new IllegalArgumentException("two clients of one issuer and tenant");
            }
        }
    }

    public Optional<RegisteredClient> of(String issuer, Optional<String> tenant) {
        return Optional.ofNullable(byClaim.get(new Claim(issuer, tenant)));
    }

    public Optional<Client> named(String name) {
        return byClaim.values().stream()
                .map(RegisteredClient::client)
                .filter(client -> client.name().equals(name))
                .findFirst();
    }

    /** Whether the EHR of any of them can launch the SMART app. */
    public boolean haveApp() {
        return byClaim.values().stream()
                .anyMatch(registration -> registration.client().app().isPresent());
    }

    public int size() {
        return byClaim.size();
    }
}
