package health.setpoint.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fetch.FetchMemory;
import health.setpoint.chart.fetch.FhirServers;
import health.setpoint.chart.fetch.MissingData;
import health.setpoint.client.Client;
import health.setpoint.hook.request.Authentication;
import health.setpoint.hook.request.HookRequest;
import health.setpoint.http.AddressRateLimiter;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RefusalLog;
import health.setpoint.http.error.RequestException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets users of the SMART app ask. They have no account here: who asks about a patient is believed once the EHR gives out that
 * patient for the token that came. So many from one address and so many at once, so that nobody who guesses is in the way of
 * an EHR's own calls.
 */
@Singleton
class UserAccess {

    private static final int A_MINUTE = 60;
    private static final int AT_ONCE = 8;
    private static final Duration SHORTLY = Duration.ofSeconds(1);

    private final FhirServers servers;
    private final AddressRateLimiter rates = new AddressRateLimiter(A_MINUTE, System::nanoTime);
    private final Semaphore places = new Semaphore(AT_ONCE);

    UserAccess(FhirServers servers) {
        this.servers = servers;
    }

    /**
     * Lets a call be sent, whoever sends it.
     *
     * @throws RequestException 429 where its address sends too many, 503 where too many are under way
     */
    Authentication.Caller enter(RoutingContext call, Client client) {
        RefusalLog.of(call, client.name());
        var address = AddressRateLimiter.of(call);
        rates.pause(address).ifPresent(pause -> {
            throw RequestException.forNow(
                    429,
                    Issue.of(Issue.Kind.TRANSIENT, "Too many questions from one address. Try again later."),
                    pause);
        });
        if (!places.tryAcquire()) {
            throw RequestException.forNow(
                    503, Issue.of(Issue.Kind.TRANSIENT, "Too many users are asking. Try again shortly."), SHORTLY);
        }
        var left = new AtomicBoolean();
        return new Authentication.Caller(
                client.asking(), Optional.of("app " + AddressRateLimiter.network(address)), () -> {
                    if (left.compareAndSet(false, true)) {
                        places.release();
                    }
                });
    }

    /**
     * The call with the patient as the EHR gave it out for the user's token, in place of any that was sent.
     *
     * @throws RequestException 401 where the call names no server that launches the app, or that server gives out no such patient for
     *     its token
     */
    HookRequest proven(Client client, HookRequest call, FetchMemory memory) {
        if (call.access().isEmpty()
                || call.fhirServer().filter(client.app().orElseThrow()::trusts).isEmpty()) {
            throw unproven();
        }
        var need = new MissingData.Need("patient", "Patient/" + call.patientId());
        // Under a name of its own: tokens that were guessed must not close the server to the EHR's own calls.
        var answers = servers.forRequest(
                        client.name() + " (app)",
                        client.site().servers(),
                        client.site().limits(),
                        call.fhirServer().map(URI::toString),
                        call.access().map(HookRequest.FhirAccess::token),
                        memory)
                .ask(List.of(need));
        var patient = answers.getOrDefault(need, new MissingData.Answer.NotAsked("")).pages().stream()
                .filter(page -> isPatient(page, call.patientId()))
                .findFirst()
                .orElseThrow(UserAccess::unproven);
        var prefetch =
                call.prefetch().isObject() ? (ObjectNode) call.prefetch() : JsonNodeFactory.instance.objectNode();
        prefetch.set(need.name(), patient);
        return call.withPrefetch(prefetch);
    }

    private static boolean isPatient(JsonNode page, String id) {
        return "Patient".equals(page.path("resourceType").textValue())
                && id.equals(page.path("id").textValue());
    }

    private static RequestException unproven() {
        return new RequestException(
                401,
                Issue.of(
                        Issue.Kind.LOGIN,
                        "The EHR does not give out this patient for the token that came: launch the app again."));
    }
}
