package health.setpoint.hook.request;

import health.setpoint.client.Client;
import health.setpoint.client.Endpoint;
import health.setpoint.client.access.AccessControl;
import health.setpoint.client.access.AccessDecision;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RefusalLog;
import health.setpoint.http.error.RequestException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Lets registered clients in, before anything of their call is read, and tells the others as little as will do. */
@Singleton
public class Authentication {

    private final AccessControl accessControl;

    Authentication(AccessControl accessControl) {
        this.accessControl = accessControl;
    }

    /**
     * A client that was let in, until its call is over.
     *
     * @param account to which the memory of the call is charged, where it is not the client's
     */
    public record Caller(Client client, Optional<String> account, Runnable leave) implements AutoCloseable {

        Caller(Client client, Runnable leave) {
            this(client, Optional.empty(), leave);
        }

        @Override
        public void close() {
            leave.run();
        }
    }

    /**
     * Lets the caller in.
     *
     * @throws RequestException 401 for whoever does not prove to be a registered client, 403 where it may not call this service, 429
     *     and 503 where it calls too often or too much at once
     */
    public Caller open(RoutingContext call, Endpoint endpoint) {
        var decision = accessControl.admit(call.request().headers().getAll(HttpHeaders.AUTHORIZATION), endpoint);
        if (decision instanceof AccessDecision.Known known) {
            RefusalLog.of(call, known.client().name());
        }
        if (decision instanceof AccessDecision.Admitted admitted) {
            return new Caller(admitted.client(), admitted.leave());
        }
        if (decision instanceof AccessDecision.Unknown unknown) {
            RefusalLog.because(call, unknown.why());
        }
        throw refusal(decision);
    }

    private static RequestException refusal(AccessDecision decision) {
        if (decision instanceof AccessDecision.NotEntitled) {
            return new RequestException(
                    403, Issue.of(Issue.Kind.FORBIDDEN, "This client is not registered for this service."));
        }
        if (decision instanceof AccessDecision.TooOften often) {
            return RequestException.forNow(
                    429,
                    Issue.of(Issue.Kind.TRANSIENT, "This client calls more often than agreed. Try again later."),
                    often.pause());
        }
        if (decision instanceof AccessDecision.TooMany) {
            return RequestException.forNow(
                    503,
                    Issue.of(Issue.Kind.TRANSIENT, "Too many calls of this client are under way. Try again shortly."),
                    AccessControl.SHORTLY);
        }
        if (decision instanceof AccessDecision.CannotTell) {
            return RequestException.forNow(
                    503,
                    Issue.of(Issue.Kind.TRANSIENT, "Callers cannot be checked at the moment. Try again shortly."),
                    AccessControl.SHORTLY);
        }
        return new RequestException(401, Issue.of(Issue.Kind.LOGIN, "A registered client's valid token is needed."));
    }
}
