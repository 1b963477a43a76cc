package health.setpoint.sandbox.launch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.http.HtmlOrJson;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RequestException;
import health.setpoint.sandbox.SandboxDoor;
import health.setpoint.sandbox.fhir.DemoPatients;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * SMART App Launch 2 as an EHR's side plays it: launch from an open chart, authorization with PKCE for a public client, and
 * the token. Nobody signs in, since nobody real is in these charts.
 */
@Path("/sandbox/auth")
public class LaunchResource {

    static final String CLIENT = "setpoint-app";
    static final String APP = "/app";

    private static final HtmlOrJson CHOICE = new HtmlOrJson("choose-patient");
    private static final Pattern SERVER = Pattern.compile("/sandbox/fhir(/space/[A-Za-z0-9-]{8,64})?");
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");
    private static final String USER = "Practitioner/sandbox";
    private static final int LONGEST_CONTEXT = 2000;
    private static final Pattern NONCE = Pattern.compile("[\\x21-\\x7e]{8,500}");
    private static final Pattern STATE = Pattern.compile("[\\x20-\\x7e]{8,500}");

    private final SandboxDoor door;
    private final LaunchSimulator simulator;
    private final Clock clock;

    LaunchResource(SandboxDoor door, LaunchSimulator simulator, Clock clock) {
        this.door = door;
        this.simulator = simulator;
        this.clock = clock;
    }

    /** What an app asks for. */
    public record Asked(
            @QueryParam("response_type") String responseType,
            @QueryParam("client_id") String client,
            @QueryParam("redirect_uri") String redirect,
            @QueryParam("scope") String scope,
            @QueryParam("state") String state,
            @QueryParam("aud") String audience,
            @QueryParam("launch") String launch,
            @QueryParam("code_challenge") String challenge,
            @QueryParam("code_challenge_method") String method,
            @QueryParam("nonce") String nonce,
            @QueryParam("patient") String patient) {}

    /** A launch from an open chart, as the EHR begins it. */
    @POST
    @Path("/launch")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response launch(
            @FormParam("iss") String iss,
            @FormParam("patient") String patient,
            @FormParam("appContext") String appContext,
            @Context UriInfo here) {
        door.enter();
        if (appContext != null && appContext.length() > LONGEST_CONTEXT) {
            throw new RequestException(
                    400, Issue.at("appContext", Issue.Kind.TOO_LONG, "This appContext is too long."));
        }
        if (!isPatient(patient)) {
            throw new RequestException(400, Issue.at("patient", Issue.Kind.VALUE, "There is no patient of this id."));
        }
        var server = server(iss, here)
                .orElseThrow(() -> new RequestException(
                        400, Issue.at("iss", Issue.Kind.VALUE, "iss is the sandbox's FHIR server.")));
        return json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("launch", simulator.launch(server, patient, Optional.ofNullable(appContext))));
    }

    /**
     * Lets an app in. Whoever names another client or another place to go back to is told here; the rest is told to the app.
     * Without a launch the patient is chosen on a page.
     */
    @GET
    @Path("/authorize")
    public Response authorize(@BeanParam Asked asked, @Context UriInfo here, @Context HttpHeaders headers) {
        door.enter();
        if (!CLIENT.equals(asked.client)
                || !here.getBaseUri().resolve(APP).toString().equals(asked.redirect)) {
            throw new RequestException(
                    400,
                    Issue.of(
                            Issue.Kind.VALUE,
                            "No app of this client_id is registered with this redirect_uri: nobody is sent on."));
        }
        var server = server(asked.audience, here);
        var fault = fault(asked, server);
        if (fault.isPresent()) {
            return back(asked, "error", fault.get());
        }
        var launch = Optional.ofNullable(asked.launch).flatMap(simulator::opened);
        if (asked.launch != null
                && launch.filter(open -> open.server().equals(server.orElseThrow()))
                        .isEmpty()) {
            return back(asked, "error", "access_denied");
        }
        var patient = launch.map(LaunchSimulator.Launch::patient).or(() -> Optional.ofNullable(asked.patient));
        if (patient.isEmpty()) {
            return CHOICE.answer(choice(here), headers);
        }
        if (!isPatient(patient.get())) {
            return back(asked, "error", "access_denied");
        }
        var grant = new LaunchGrant(
                server.orElseThrow(),
                patient.get(),
                scopes(asked),
                launch.flatMap(LaunchSimulator.Launch::appContext),
                Optional.ofNullable(asked.nonce),
                simulator.end());
        return back(asked, "code", simulator.code(grant, asked.redirect, asked.challenge));
    }

    private static Optional<String> fault(Asked asked, Optional<String> server) {
        if (!"code".equals(asked.responseType)) {
            return Optional.of("unsupported_response_type");
        }
        if (scopes(asked).isEmpty()) {
            return Optional.of("invalid_scope");
        }
        return server.isEmpty()
                        || asked.nonce != null && !NONCE.matcher(asked.nonce).matches()
                        || asked.state == null
                        || !STATE.matcher(asked.state).matches()
                        || !"S256".equals(asked.method)
                        || asked.challenge == null
                        || !CHALLENGE.matcher(asked.challenge).matches()
                ? Optional.of("invalid_request")
                : Optional.empty();
    }

    private static Set<String> scopes(Asked asked) {
        return asked.scope == null
                ? Set.of()
                : LaunchGrant.granted(new HashSet<>(List.of(asked.scope.trim().split(" +"))));
    }

    /** The token for a code. */
    @POST
    @Path("/token")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response token(
            @FormParam("grant_type") String type,
            @FormParam("code") String code,
            @FormParam("redirect_uri") String redirect,
            @FormParam("client_id") String client,
            @FormParam("code_verifier") String verifier,
            @Context UriInfo here) {
        door.enter();
        if (!"authorization_code".equals(type)) {
            return refused("unsupported_grant_type");
        }
        if (!CLIENT.equals(client)) {
            return refused("invalid_client");
        }
        if (code == null
                || redirect == null
                || verifier == null
                || !VERIFIER.matcher(verifier).matches()) {
            return refused("invalid_request");
        }
        return simulator
                .redeem(code, redirect, verifier)
                .map(given -> json(200, token(given.getKey(), given.getValue(), here)))
                .orElseGet(() -> refused("invalid_grant"));
    }

    private ObjectNode token(String token, LaunchGrant grant, UriInfo here) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("access_token", token)
                .put("token_type", "Bearer")
                .put("expires_in", LaunchSimulator.TOKEN_LIFE.toSeconds())
                .put("scope", String.join(" ", grant.scopes()))
                .put("patient", grant.patient())
                .put("need_patient_banner", true);
        grant.appContext().ifPresent(context -> json.put("appContext", context));
        if (grant.tellsUser()) {
            json.put("id_token", simulator.identity(grant, issuer(here), CLIENT, USER));
        }
        return json;
    }

    /** The keys by which an app checks who signed in. */
    @GET
    @Path("/keys")
    public Response keys() {
        door.enter();
        return Response.ok(simulator.keys(), MediaType.APPLICATION_JSON_TYPE).build();
    }

    private static String issuer(UriInfo here) {
        return here.getBaseUri().resolve("/sandbox/auth").toString();
    }

    /** The path of a FHIR server of this sandbox that is named by its URL. */
    static Optional<String> server(String url, UriInfo here) {
        var root = here.getBaseUri().resolve("/").toString();
        return Optional.ofNullable(url)
                .filter(named -> named.startsWith(root))
                .map(named -> named.substring(root.length() - 1))
                .filter(path -> SERVER.matcher(path).matches());
    }

    private ObjectNode choice(UriInfo here) {
        var json = JsonNodeFactory.instance.objectNode();
        var patients = json.putArray("patients");
        for (var patient : DemoPatients.on(LocalDate.now(clock))) {
            var listed = patient.listed();
            patients.addObject()
                    .put("name", listed.path("name").asText())
                    .put("story", listed.path("story").asText())
                    .put(
                            "href",
                            UriBuilder.fromUri(here.getRequestUri())
                                    .replaceQueryParam("patient", patient.id())
                                    .build()
                                    .toString());
        }
        return json;
    }

    private boolean isPatient(String id) {
        return DemoPatients.on(LocalDate.now(clock)).stream()
                .anyMatch(patient -> patient.id().equals(id));
    }

    private static Response back(Asked asked, String name, String value) {
        var target = UriBuilder.fromUri(URI.create(asked.redirect)).queryParam(name, value);
        if (asked.state != null && STATE.matcher(asked.state).matches()) {
            target.queryParam("state", "{state}");
        }
        return Response.status(302)
                .location(asked.state == null ? target.build() : target.build(asked.state))
                .build();
    }

    private static Response refused(String error) {
        return json(400, JsonNodeFactory.instance.objectNode().put("error", error));
    }

    private static Response json(int status, ObjectNode body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body.toString())
                .build();
    }
}
