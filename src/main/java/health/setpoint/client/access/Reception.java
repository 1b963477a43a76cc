package health.setpoint.client.access;

import health.setpoint.client.Client;
import health.setpoint.client.Endpoint;
import health.setpoint.client.Offer;
import health.setpoint.client.token.Clients;
import health.setpoint.client.token.SeenTokens;
import health.setpoint.client.token.TokenCheck;
import health.setpoint.client.token.Why;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Where every call reports: who is it, may he, and not too often? */
public final class Reception {

    /** How long a client waits that was turned away without its fault. */
    public static final Duration SHORTLY = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger("health.setpoint.clients");

    private final Supplier<Clients> clients;
    private final Optional<Client> local;
    private final TokenCheck tokens;
    private final SeenTokens seen;
    private final Turnstile turnstile;
    private final Offer offer;
    private final String publicBase;
    private final InstantSource clock;
    private final MeterRegistry meters;

    /**
     * @param clients those in force at this moment
     * @param local in whose name everybody is let in; empty where callers are checked
     * @param publicBase under which clients reach the service
     */
    Reception(
            Supplier<Clients> clients,
            Optional<Client> local,
            TokenCheck tokens,
            SeenTokens seen,
            Turnstile turnstile,
            Offer offer,
            String publicBase,
            InstantSource clock,
            MeterRegistry meters) {
        this.clients = clients;
        this.local = local;
        this.tokens = tokens;
        this.seen = seen;
        this.turnstile = turnstile;
        this.offer = offer;
        this.publicBase = publicBase.replaceAll("/+$", "");
        this.clock = clock;
        this.meters = meters;
    }

    /** The client that is registered under this name, as it is served now. */
    public Optional<Client> client(String name) {
        return clients.get().named(name);
    }

    /**
     * Lets a caller in, or not.
     *
     * @param authorization every Authorization header of the call
     */
    public Admission admit(List<String> authorization, Endpoint endpoint) {
        if (local.isPresent()) {
            return new Admission.Admitted(local.get(), () -> {});
        }
        var verdict = tokens.check(authorization, endpoint.audiences(publicBase), clients.get(), clock.instant());
        if (verdict instanceof TokenCheck.Refused refused) {
            return unknown(refused.why(), refused.claimed());
        }
        var proven = (TokenCheck.Proven) verdict;
        var client = proven.caller().client();
        // Before the token is taken: a client that is told to wait may send the same again.
        var pause = turnstile.pause(client);
        if (pause.isPresent()) {
            count("limited", client, "rate");
            return new Admission.TooOften(client, pause.get());
        }
        var leave = turnstile.enter(client);
        if (leave.isEmpty()) {
            count("limited", client, "at-once");
            return new Admission.TooMany(client);
        }
        var admission = entered(proven, endpoint, leave.get());
        if (!(admission instanceof Admission.Admitted)) {
            leave.get().run();
        }
        return admission;
    }

    private Admission entered(TokenCheck.Proven proven, Endpoint endpoint, Runnable leave) {
        var client = proven.caller().client();
        try {
            if (!seen.first(proven.id(), proven.until())) {
                return unknown(Why.REPLAYED, proven.claimed());
            }
        } catch (SeenTokens.Unavailable nobodyKnows) {
            LOG.errorf("client %s: it cannot be told whether its token was used before", client.name());
            return new Admission.CannotTell(client);
        }
        if (endpoint.service()
                .filter(service -> offer.hookByService().containsKey(service)
                        && !client.services().contains(service))
                .isPresent()) {
            count("refused", client, "not-entitled");
            return new Admission.NotEntitled(client);
        }
        meters.counter("setpoint.calls.admitted", "client", client.name()).increment();
        return new Admission.Admitted(client, leave);
    }

    private Admission unknown(Why why, TokenCheck.Claimed claimed) {
        meters.counter("setpoint.calls.unknown", "reason", why.word()).increment();
        return new Admission.Unknown("%s; its token claims issuer %s, tenant %s, kid %s, jti %s"
                .formatted(why.word(), claimed.issuer(), claimed.tenant(), claimed.keyId(), claimed.tokenId()));
    }

    private void count(String what, Client client, String how) {
        meters.counter("setpoint.calls." + what, "client", client.name(), "by", how)
                .increment();
    }
}
