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
 * @param listed origins, as scheme, host and port, that are asked with an access token only
 * @param open origins that are asked without one too
 * @param anyLoopback every server on this machine may be asked, on any port, with or without a token
 */
public record FhirOrigins(Set<String> listed, Set<String> open, boolean anyLoopback) {

    /** No server. */
    public static final FhirOrigins NONE = new FhirOrigins(Set.of(), Set.of(), false);

    /** This machine only, on any port, with or without a token: for trying out. */
    public static final FhirOrigins LOOPBACK = new FhirOrigins(Set.of(), Set.of(), true);

    private static final Pattern LOOPBACK_ADDRESS = Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final Pattern LINK_LOCAL = Pattern.compile("169\\.254\\..*|\\[fe[89ab].*");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    public FhirOrigins {
        listed = Set.copyOf(listed);
        open = Set.copyOf(open);
    }

    /**
     * The servers of a registered client.
     *
     * @throws IllegalArgumentException for an address that is not absolute, carries a user or is neither https nor on
     *     this machine
     */
    public static FhirOrigins of(List<URI> bases) {
        return of(bases, List.of());
    }

    /**
     * The servers of a registered client, of which some are open to everybody.
     *
     * @throws IllegalArgumentException as for those that are not open
     */
    public static FhirOrigins of(List<URI> bases, List<URI> open) {
        return new FhirOrigins(safe(bases), safe(open), false);
    }

    private static Set<String> safe(List<URI> bases) {
        return bases.stream()
                .map(base -> origin(base)
                        .filter(origin -> origin.startsWith("https:") || isLoopback(base))
                        .orElseThrow(() ->
                                new IllegalArgumentException("a FHIR server is an absolute https address: " + base)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * This machine, and open servers elsewhere that whoever runs the service in local mode named: http too, since what is
     * asked for there is invented.
     *
     * @throws IllegalArgumentException for an address that is not absolute, carries a user, is neither http nor https, or is
     *     link-local, where clouds keep their secrets
     */
    public static FhirOrigins local(List<URI> named) {
        return new FhirOrigins(
                Set.of(),
                named.stream()
                        .map(base -> origin(base)
                                .filter(origin -> !LINK_LOCAL
                                        .matcher(base.getHost().toLowerCase(Locale.ROOT))
                                        .matches())
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "an open FHIR server is an absolute http or https address: " + base)))
                        .collect(Collectors.toUnmodifiableSet()),
                true);
    }

    boolean allow(URI base) {
        return isOpen(base) || origin(base).filter(listed::contains).isPresent();
    }

    /** Whether a server may be asked without an access token. */
    boolean isOpen(URI base) {
        return origin(base)
                .filter(origin -> open.contains(origin) || anyLoopback && isLoopback(base))
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

    /** Scheme, host and port; empty for what may never be asked: no host, a user, or neither http nor https. */
    static Optional<String> origin(URI uri) {
        if (uri.getHost() == null || uri.getScheme() == null || uri.getRawUserInfo() != null) {
            return Optional.empty();
        }
        var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        var host = uri.getHost().toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme)) {
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
