package health.setpoint.operator.reports;

import health.setpoint.http.AddressRateLimiter;
import health.setpoint.http.Loggable;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RequestException;
import health.setpoint.http.local.LocalMode;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Who may read the journal: whoever brings the operator's token, {@code setpoint.operator-token}; without one, callers on
 * this machine while the service is bound to it in local mode. Where clients are registered they call through a proxy, as
 * likely as not on this machine.
 */
@Singleton
class OperatorAccess {

    private static final String BEARER = "Bearer ";

    /** Wrong tokens of one address that get an answer of their own in a minute; the right one always passes. */
    static final int WRONG_A_MINUTE = 10;

    /** Exports for one address in a minute: each may read the whole journal. */
    static final int EXPORTS_A_MINUTE = 120;

    private static final Logger AUDIT = Logger.getLogger("health.setpoint.audit");

    private final AddressRateLimiter wrong = new AddressRateLimiter(WRONG_A_MINUTE, System::nanoTime);
    private final AddressRateLimiter exports = new AddressRateLimiter(EXPORTS_A_MINUTE, System::nanoTime);
    private final Optional<String> token;
    private final boolean clients;
    private final boolean onlyThisMachine;

    OperatorAccess(
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
     * @param address from which the caller comes
     * @throws RequestException 401 without the right token, 429 where an address brings many that are wrong, 403 where no token is
     *     configured and others could call
     */
    void check(HttpHeaders headers, String address) {
        if (token.isEmpty()) {
            if (clients || !onlyThisMachine) {
                throw new RequestException(
                        403,
                        Issue.of(
                                Issue.Kind.FORBIDDEN,
                                "The journal is closed: set setpoint.operator-token and send it as a bearer token."));
            }
            return;
        }
        if (!brings(headers, token.get())) {
            throw unknown(
                    new RequestException(
                            401, Issue.of(Issue.Kind.FORBIDDEN, "Send the operator's token as a bearer token.")),
                    address);
        }
    }

    /** The answer to a caller who is nobody that is known: the one it would get, unless it tried often. */
    RequestException unknown(RequestException answer, String address) {
        return wrong.pause(address)
                .map(pause -> RequestException.forNow(
                        429,
                        Issue.of(
                                Issue.Kind.TRANSIENT,
                                "Too many calls from this address without a token that is known."),
                        pause))
                .orElse(answer);
    }

    /**
     * Notes an export of the journal, before it begins.
     *
     * @param what which one, and of which days
     * @throws RequestException 429 where the address asks for many
     */
    void export(String what, String requestId, String address) {
        var pause = exports.pause(address);
        if (pause.isPresent()) {
            throw RequestException.forNow(
                    429, Issue.of(Issue.Kind.TRANSIENT, "Too many exports for this address."), pause.get());
        }
        AUDIT.infof(
                "request %s: the journal's %s are exported to %s at %s",
                requestId,
                what,
                token.isPresent() ? "the operator" : "a caller of local mode, who is not checked,",
                Loggable.of(address));
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
