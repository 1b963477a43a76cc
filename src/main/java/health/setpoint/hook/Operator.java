package health.setpoint.hook;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who may read the journal: whoever brings the operator's token, {@code setpoint.operator-token}; without one, callers on
 * this machine while the service is bound to it.
 */
@Singleton
class Operator {

    private static final String BEARER = "Bearer ";

    private final Optional<String> token;
    private final boolean onlyThisMachine;

    Operator(
            @ConfigProperty(name = "setpoint.operator-token") Optional<String> token,
            @ConfigProperty(name = "quarkus.http.host") String host) {
        this.token = token;
        this.onlyThisMachine = LocalMode.THIS_MACHINE.contains(host);
    }

    /**
     * Lets an operator pass.
     *
     * @throws Refusal 401 without the right token, 403 where no token is configured and other machines could call
     */
    void check(HttpHeaders headers) {
        if (token.isEmpty()) {
            if (!onlyThisMachine) {
                throw new Refusal(
                        403,
                        Issue.of(
                                Issue.Kind.FORBIDDEN,
                                "The journal is closed: set setpoint.operator-token and send it as a bearer token."));
            }
            return;
        }
        var sent = Optional.ofNullable(headers.getHeaderString(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.startsWith(BEARER))
                .map(header -> header.substring(BEARER.length()))
                .orElse("");
        if (!MessageDigest.isEqual(bytes(sent), bytes(token.get()))) {
            throw new Refusal(401, Issue.of(Issue.Kind.FORBIDDEN, "Send the operator's token as a bearer token."));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
