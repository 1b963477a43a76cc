package health.setpoint.hook;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who may read the journal: whoever brings the operator's token, {@code setpoint.operator-token}; without one, callers on
 * this machine while the service is bound to it in local mode. Where clients are registered they call through a proxy, as
 * likely as not on this machine.
 */
@Singleton
class Operator {

    private static final String BEARER = "Bearer ";

    private final Optional<String> token;
    private final boolean clients;
    private final boolean onlyThisMachine;

    Operator(
            @ConfigProperty(name = "setpoint.operator-token") Optional<String> token,
            @ConfigProperty(name = "setpoint.clients.folder") Optional<String> clients,
            @ConfigProperty(name = "quarkus.http.host") String host) {
        this.token = token;
        this.clients = clients.isPresent();
        this.onlyThisMachine = LocalMode.THIS_MACHINE.contains(host);
    }

    /**
     * Lets an operator pass.
     *
     * @throws Refusal 401 without the right token, 403 where no token is configured and others could call
     */
    void check(HttpHeaders headers) {
        if (token.isEmpty()) {
            if (clients || !onlyThisMachine) {
                throw new Refusal(
                        403,
                        Issue.of(
                                Issue.Kind.FORBIDDEN,
                                "The journal is closed: set setpoint.operator-token and send it as a bearer token."));
            }
            return;
        }
        if (!brings(headers, token.get())) {
            throw new Refusal(401, Issue.of(Issue.Kind.FORBIDDEN, "Send the operator's token as a bearer token."));
        }
    }

    /** Whether the caller, where clients are registered, is one of them for all that is seen: it is not the operator. */
    boolean isElse(HttpHeaders headers) {
        return clients && token.filter(own -> brings(headers, own)).isEmpty();
    }

    private static boolean brings(HttpHeaders headers, String token) {
        var sent = Optional.ofNullable(headers.getHeaderString(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.startsWith(BEARER))
                .map(header -> header.substring(BEARER.length()))
                .orElse("");
        return MessageDigest.isEqual(bytes(sent), bytes(token));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
