package health.setpoint.sandbox.launch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RequestException;
import health.setpoint.http.filter.HttpFilters;
import health.setpoint.sandbox.SandboxDoor;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Holds a call that brings a token of the simulator to what the token is good for, and says where the authorization server is.
 * The sandbox's FHIR server is open to whoever brings none, as its own page does.
 */
@Singleton
class TokenOnSandbox {

    /** After CORS, before the server's route. */
    private static final int BEFORE_ROUTES = 55;

    private static final String BEARER = "Bearer " + LaunchSimulator.TOKEN_PREFIX;
    private static final Pattern CALL = Pattern.compile(
            "(?<server>/sandbox/fhir(/space/[A-Za-z0-9-]{8,64})?)(/(?<type>[A-Z][A-Za-z]{2,40})(/(?<id>[A-Za-z0-9.-]{1,64}))?)?/?");
    private static final Pattern CONFIGURATION =
            Pattern.compile("/sandbox/fhir(/space/[A-Za-z0-9-]{8,64})?/\\.well-known/smart-configuration");

    private final SandboxDoor door;
    private final LaunchSimulator simulator;

    TokenOnSandbox(SandboxDoor door, LaunchSimulator simulator) {
        this.door = door;
        this.simulator = simulator;
    }

    void onEachCall(@Observes Filters filters) {
        if (door.isOpen()) {
            filters.register(this::check, BEFORE_ROUTES);
        }
    }

    private void check(RoutingContext call) {
        var path = call.normalizedPath();
        if (!path.startsWith("/sandbox/fhir")) {
            call.next();
        } else if (CONFIGURATION.matcher(path).matches()) {
            configuration(call);
        } else {
            var refusal = call.request().headers().getAll(HttpHeaders.AUTHORIZATION).stream()
                    .filter(header -> header.startsWith(BEARER))
                    .findFirst()
                    .flatMap(header -> refusal(call, header.substring("Bearer ".length())));
            if (refusal.isPresent()) {
                HttpFilters.answer(call, refusal.get());
            } else {
                call.next();
            }
        }
    }

    private Optional<RequestException> refusal(RoutingContext call, String token) {
        var grant = simulator.of(token);
        if (grant.isEmpty()) {
            return Optional.of(
                    new RequestException(401, Issue.of(Issue.Kind.LOGIN, "This token is none of ours, or has ended.")));
        }
        return covers(grant.get(), call)
                ? Optional.empty()
                : Optional.of(new RequestException(
                        403,
                        Issue.of(
                                Issue.Kind.FORBIDDEN,
                                "The scopes or the patient of this token do not cover this call.")));
    }

    /** Reading and searching, by GET, in the chart of the token's patient. */
    private static boolean covers(LaunchGrant grant, RoutingContext call) {
        var asked = CALL.matcher(call.normalizedPath());
        if (!asked.matches()
                || !asked.group("server").equals(grant.server())
                || call.request().method() != HttpMethod.GET) {
            return false;
        }
        var type = asked.group("type");
        var query = call.queryParams();
        if (type == null) {
            // The next page of an answer that was given to this token: its name is not to be guessed.
            return query.contains("_getpages");
        }
        if (type.equals("Patient")) {
            return grant.covers(type, 'r') && grant.patient().equals(asked.group("id"));
        }
        return asked.group("id") == null
                && grant.covers(type, 's')
                && query.names().stream()
                        .noneMatch(name ->
                                name.contains(".") || name.startsWith("_include") || name.startsWith("_revinclude"))
                && List.of(grant.patient(), "Patient/" + grant.patient()).containsAll(query.getAll("patient"))
                && query.getAll("patient").size() == 1;
    }

    private static void configuration(RoutingContext call) {
        var here = call.request().scheme() + "://" + call.request().authority();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("issuer", here + "/sandbox/auth")
                .put("jwks_uri", here + "/sandbox/auth/keys")
                .put("authorization_endpoint", here + "/sandbox/auth/authorize")
                .put("token_endpoint", here + "/sandbox/auth/token");
        json.putArray("grant_types_supported").add("authorization_code");
        json.putArray("response_types_supported").add("code");
        json.putArray("code_challenge_methods_supported").add("S256");
        json.putArray("token_endpoint_auth_methods_supported").add("none");
        json.putArray("scopes_supported")
                .add("openid")
                .add("fhirUser")
                .add("launch")
                .add("launch/patient")
                .add("patient/*.rs");
        json.putArray("capabilities")
                .add("launch-ehr")
                .add("launch-standalone")
                .add("client-public")
                .add("sso-openid-connect")
                .add("context-ehr-patient")
                .add("context-standalone-patient")
                .add("permission-patient")
                .add("permission-v2");
        call.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(json.toString());
    }
}
