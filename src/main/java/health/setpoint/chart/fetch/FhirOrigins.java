package health.setpoint.chart.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The FHIR servers that a client may name. A server that is not among them is never contacted.
 *
 * @param listed origins, as scheme, host and port
 * @param anyLoopback every server on this machine may be asked, on any port
 * @param needsToken a server is asked only with an access token
 */
public record FhirOrigins(Set<String> listed, boolean anyLoopback, boolean needsToken) {

    /** No server. */
    public static final FhirOrigins NONE = new FhirOrigins(Set.of(), false, true);

    /** This machine only, on any port, with or without a token: for trying out. */
    public static final FhirOrigins LOOPBACK = new FhirOrigins(Set.of(), true, false);

    private static final Pattern LOOPBACK_ADDRESS = Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

    public FhirOrigins {
        listed = Set.copyOf(listed);
    }

    /**
     * The servers of a registered client.
     *
     * @throws IllegalArgumentException for an address that is not absolute, carries a user or is neither https nor on
     *     this machine
     */
    public static FhirOrigins of(List<URI> bases) {
        return new FhirOrigins(
                bases.stream()
                        .map(base -> origin(base)
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "a FHIR server is an absolute https address: " + base)))
                        .collect(Collectors.toUnmodifiableSet()),
                false,
                true);
    }

    boolean allow(URI base) {
        return origin(base)
                .filter(origin -> listed.contains(origin) || (anyLoopback && isLoopback(base)))
                .isPresent();
    }

    /** An address that may be a FHIR base: absolute, without user, query and fragment. */
    static Optional<URI> base(String address) {
        try {
            var uri = new URI(address);
            return origin(uri)
                    .filter(origin -> uri.getRawQuery() == null && uri.getRawFragment() == null)
                    .map(origin -> uri);
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    /** Scheme, host and port; empty for what may never be asked: no host, a user, or no https outside this machine. */
    static Optional<String> origin(URI uri) {
        if (uri.getHost() == null || uri.getScheme() == null || uri.getRawUserInfo() != null) {
            return Optional.empty();
        }
        var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        var host = uri.getHost().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(scheme.equals("http") && isLoopback(uri))) {
            return Optional.empty();
        }
        var port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return Optional.of(scheme + "://" + host + ":" + port);
    }

    /** Addresses are compared as written: no name is looked up, so none can be made to point elsewhere. */
    private static boolean isLoopback(URI uri) {
        var host = uri.getHost().toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.equals("[::1]")
                || LOOPBACK_ADDRESS.matcher(host).matches();
    }
}
