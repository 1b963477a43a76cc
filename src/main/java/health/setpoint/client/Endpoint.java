package health.setpoint.client;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A URL of this service that a client calls.
 *
 * @param service id of the service; empty for what is none
 * @param paths that of the URL, then those that a token may name in its place
 */
public record Endpoint(Optional<String> service, List<String> paths) {

    private static final String DISCOVERY = "/cds-services";

    public Endpoint {
        paths = List.copyOf(paths);
    }

    public static Endpoint discovery() {
        return new Endpoint(Optional.empty(), List.of(DISCOVERY));
    }

    public static Endpoint service(String id) {
        return new Endpoint(Optional.of(id), List.of(DISCOVERY + "/" + id));
    }

    /** A service's feedback; some clients name the service itself as their token's audience. */
    public static Endpoint feedback(String id) {
        return new Endpoint(Optional.of(id), List.of(DISCOVERY + "/" + id + "/feedback", DISCOVERY + "/" + id));
    }

    /** The report on a client's own cards. */
    public static Endpoint report() {
        return new Endpoint(Optional.empty(), List.of("/journal/report"));
    }

    /**
     * The URL itself.
     *
     * @param publicBase under which clients reach this service, without a slash at the end
     */
    public String url(String publicBase) {
        return publicBase + paths.get(0);
    }

    /** What a token may name as its audience. */
    public Set<String> audiences(String publicBase) {
        return paths.stream().map(path -> publicBase + path).collect(Collectors.toUnmodifiableSet());
    }
}
