package health.setpoint.hook.request;

import health.setpoint.client.Client;
import health.setpoint.client.Endpoint;
import health.setpoint.client.access.Admission;
import health.setpoint.client.access.Reception;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.Refusal;
import health.setpoint.http.error.Refusals;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Lets registered clients in, before anything of their call is read, and tells the others as little as will do. */
@Singleton
public class Door {

    private final Reception reception;

    Door(Reception reception) {
        this.reception = reception;
    }

    /** A client that was let in, until its call is over. */
    public record Visit(Client client, Runnable leave) implements AutoCloseable {
        @Override
        public void close() {
            leave.run();
        }
    }

    /**
     * Lets the caller in.
     *
     * @throws Refusal 401 for whoever does not prove to be a registered client, 403 where it may not call this service, 429
     *     and 503 where it calls too often or too much at once
     */
    public Visit open(RoutingContext call, Endpoint endpoint) {
        var admission = reception.admit(call.request().headers().getAll(HttpHeaders.AUTHORIZATION), endpoint);
        if (admission instanceof Admission.Known known) {
            Refusals.of(call, known.client().name());
        }
        if (admission instanceof Admission.Admitted admitted) {
            return new Visit(admitted.client(), admitted.leave());
        }
        if (admission instanceof Admission.Unknown unknown) {
            Refusals.because(call, unknown.why());
        }
        throw refusal(admission);
    }

    private static Refusal refusal(Admission admission) {
        if (admission instanceof Admission.NotEntitled) {
            return new Refusal(403, Issue.of(Issue.Kind.FORBIDDEN, "This client is not registered for this service."));
        }
        if (admission instanceof Admission.TooOften often) {
            return Refusal.forNow(
                    429,
                    Issue.of(Issue.Kind.TRANSIENT, "This client calls more often than agreed. Try again later."),
                    often.pause());
        }
        if (admission instanceof Admission.TooMany) {
            return Refusal.forNow(
                    503,
                    Issue.of(Issue.Kind.TRANSIENT, "Too many calls of this client are under way. Try again shortly."),
                    Reception.SHORTLY);
        }
        if (admission instanceof Admission.CannotTell) {
            return Refusal.forNow(
                    503,
                    Issue.of(Issue.Kind.TRANSIENT, "Callers cannot be checked at the moment. Try again shortly."),
                    Reception.SHORTLY);
        }
        return new Refusal(401, Issue.of(Issue.Kind.LOGIN, "A registered client's valid token is needed."));
    }
}
