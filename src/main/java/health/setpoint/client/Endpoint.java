package health.setpoint.client;

import java.util.Optional;
import java.util.Set;

/**
 * A URL of this service that a client calls.
 *
 * @param service id of the service; empty for discovery
 * @param feedback whether the service's feedback is meant
 */
public record Endpoint(Optional<String> service, boolean feedback) {

    private static final String DISCOVERY = "/cds-services";

    public static Endpoint discovery() {
        return new Endpoint(Optional.empty(), false);
    }

    public static Endpoint service(String id) {
        return new Endpoint(Optional.of(id), false);
    }

    public static Endpoint feedback(String id) {
        return new Endpoint(Optional.of(id), true);
    }

    /**
     * What a token may name as its audience: the URL; for feedback also the URL of the service, as some clients have it.
     *
     * @param publicBase under which clients reach this service, without a slash at the end
     */
    public Set<String> audiences(String publicBase) {
        var url = publicBase + DISCOVERY + service.map(id -> "/" + id).orElse("");
        return feedback ? Set.of(url, url + "/feedback") : Set.of(url);
    }
}
