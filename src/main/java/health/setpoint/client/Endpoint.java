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
     * The URL itself.
     *
     * @param publicBase under which clients reach this service, without a slash at the end
     */
    public String url(String publicBase) {
        return publicBase + DISCOVERY + service.map(id -> "/" + id).orElse("") + (feedback ? "/feedback" : "");
    }

    /** What a token may name as its audience: the URL; for feedback also that of the service, as some clients have it. */
    public Set<String> audiences(String publicBase) {
        return feedback
                ? Set.of(url(publicBase), new Endpoint(service, false).url(publicBase))
                : Set.of(url(publicBase));
    }
}
