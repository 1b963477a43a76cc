package health.setpoint.client.access;

import health.setpoint.client.Client;
import health.setpoint.client.Endpoint;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.client.token.Clients;
import health.setpoint.client.token.RejectionReason;
import health.setpoint.client.token.SeenTokens;
import health.setpoint.client.token.TokenCheck;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides on every call: who is it, may it call this, and not too often? */
public final class AccessControl {

    /** How long a client waits that was turned away without its fault. */
    public static final Duration SHORTLY = Duration.ofSeconds(1);

    private final Supplier<Clients> clients;
    private final Optional<Client> local;
    private final TokenCheck tokens;
    private final SeenTokens seen;
    private final RateLimiter turnstile;
    private final ServiceCatalog catalog;
    private final String publicBase;
    private final InstantSource clock;
    private final MeterRegistry meters;

    /**
     * @param clients those in force at this moment
     * @param local in whose name everybody is let in; empty where callers are checked
     * @param publicBase under which clients reach the service
     */
    AccessControl(
            Supplier<Clients> clients,
            Optional<Client> local,
            TokenCheck tokens,
            SeenTokens seen,
            RateLimiter turnstile,
            ServiceCatalog catalog,
            String publicBase,
            InstantSource clock,
            MeterRegistry meters) {
        this.clients = clients;
        this.local = local;
        this.tokens = tokens;
        this.seen = seen;
        this.turnstile = turnstile;
        this.catalog = catalog;
        this.publicBase = publicBase.replaceAll("/+$", "");
        this.clock = clock;
        this.meters = meters;
    }

    /** The client that is registered under this name, as it is served now. */
    public Optional<Client> client(String name) {
        return clients.get().named(name);
    }

    /** Whether the EHR of any registered client can launch the SMART app. */
    public boolean isAppLaunched() {
        return clients.get().haveApp();
    }

    /**
     * Lets a caller in, or not.
     *
     * @param authorization every Authorization header of the call
     */
    public AccessDecision admit(List<String> authorization, Endpoint endpoint) {
        if (local.isPresent()) {
            return new AccessDecision.Admitted(local.get(), () -> {});
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
            return new AccessDecision.TooOften(client, pause.get());
        }
        var leave = turnstile.enter(client);
        if (leave.isEmpty()) {
            count("limited", client, "at-once");
            return new AccessDecision.TooMany(client);
        }
        var admission = entered(proven, endpoint, leave.get());
        if (!(admission instanceof AccessDecision.Admitted)) {
            leave.get().run();
        }
        return admission;
    }

    private AccessDecision entered(TokenCheck.Proven proven, Endpoint endpoint, Runnable leave) {
        var client = proven.caller().client();
        try {
            if (!seen.first(proven.id(), proven.until())) {
                return unknown(RejectionReason.REPLAYED, proven.claimed());
            }
        } catch (SeenTokens.Unavailable nobodyKnows) {
            return new AccessDecision.CannotTell(client);
        }
        if (endpoint.service()
                .filter(service -> catalog.hookByService().containsKey(service)
                        && !client.services().contains(service))
                .isPresent()) {
            count("refused", client, "not-entitled");
            return new AccessDecision.NotEntitled(client);
        }
        meters.counter("setpoint.calls.admitted", "client", client.name()).increment();
        return new AccessDecision.Admitted(client, leave);
    }

    private AccessDecision unknown(RejectionReason why, TokenCheck.Claimed claimed) {
        meters.counter("setpoint.calls.unknown", "reason", why.word()).increment();
        return new AccessDecision.Unknown("%s; its token claims issuer %s, tenant %s, kid %s, jti %s"
                .formatted(why.word(), claimed.issuer(), claimed.tenant(), claimed.keyId(), claimed.tokenId()));
    }

    private void count(String what, Client client, String how) {
        meters.counter("setpoint.calls." + what, "client", client.name(), "by", how)
                .increment();
    }
}
