package health.setpoint.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The SMART app, as one client's EHR launches it.
 *
 * @param clientId under which the EHR's authorization server knows the app, a public client
 * @param servers FHIR servers whose launches are taken: these, and what lies below them
 * @param authorizationServers origins, beside those of the servers, where the browser may be sent and a code be redeemed
 * @param path of the app on this service; the launch URL lies below it
 * @param launchedUnnamed whether a call that names no FHIR server comes from an EHR that can launch the app
 */
public record SmartApp(
        String clientId, List<URI> servers, List<URI> authorizationServers, String path, boolean launchedUnnamed) {

    /** Path of the app, where it is the sandbox that launches it. */
    public static final String ROOT = "/app";

    private static final String LAUNCH = "/launch";

    public SmartApp {
        servers = List.copyOf(servers);
        authorizationServers = List.copyOf(authorizationServers);
    }

    /** The app of a registered client. */
    public static SmartApp of(String client, String clientId, List<URI> servers, List<URI> authorizationServers) {
        return new SmartApp(clientId, servers, authorizationServers, ROOT + "/for/" + client, true);
    }

    /** The app that the sandbox of this service launches. */
    public static SmartApp ofSandbox(String publicBase) {
        return new SmartApp(
                "setpoint-app",
                List.of(URI.create(publicBase.replaceAll("/+$", "") + "/sandbox/fhir")),
                List.of(),
                ROOT,
                false);
    }

    /** Path of the page that an EHR opens to launch it. */
    public String launchPath() {
        return path + LAUNCH;
    }

    /** Whether a card may offer to launch it: a call that names another server comes from an EHR that cannot. */
    public boolean isLaunchedFrom(Optional<URI> fhirServer) {
        return fhirServer.map(this::trusts).orElse(launchedUnnamed);
    }

    /** Whether a FHIR server, the {@code iss} of a launch, is one of these. */
    public boolean trusts(URI server) {
        var path = server.getRawPath() == null ? "" : server.getRawPath();
        return server.getRawQuery() == null
                && server.getRawFragment() == null
                && server.normalize().equals(server)
                && !path.contains("%")
                && !path.contains("\\")
                && servers.stream().anyMatch(known -> isAtOrBelow(server, known));
    }

    private static boolean isAtOrBelow(URI server, URI known) {
        return origin(server).equals(origin(known)) && (trimmed(server) + "/").startsWith(trimmed(known) + "/");
    }

    private static String trimmed(URI uri) {
        return uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
    }

    /** The origins to which a browser may connect for it, as a content security policy writes them. */
    public List<String> origins() {
        return Stream.concat(servers.stream(), authorizationServers.stream())
                .map(SmartApp::origin)
                .distinct()
                .toList();
    }

    /** Scheme, host and port, the port only where it is not the usual one. */
    private static String origin(URI uri) {
        if (uri.getHost() == null || uri.getScheme() == null || uri.getRawUserInfo() != null) {
            return "";
        }
        var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        var usual = scheme.equals("https") ? 443 : 80;
        try {
            return new URI(
                            scheme,
                            null,
                            uri.getHost().toLowerCase(Locale.ROOT),
                            uri.getPort() == usual ? -1 : uri.getPort(),
                            null,
                            null,
                            null)
                    .toString();
        } catch (URISyntaxException neverOfAnAddress) {
            return "";
        }
    }
}
