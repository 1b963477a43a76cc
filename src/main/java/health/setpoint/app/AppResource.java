package health.setpoint.app;

import health.setpoint.client.SmartApp;
import health.setpoint.hook.Discovery;
import health.setpoint.hook.evaluation.HookHandler;
import health.setpoint.hook.request.BodyCollector;
import health.setpoint.hook.request.CdsService;
import health.setpoint.hook.request.CollectedRequest;
import health.setpoint.hook.request.HookRequestParser;
import health.setpoint.http.AnswerJson;
import health.setpoint.http.PageFiles;
import health.setpoint.http.RequestId;
import health.setpoint.http.body.RequestBodyReader;
import health.setpoint.http.body.RequestJson;
import health.setpoint.http.error.RefusalLog;
import io.quarkus.arc.ClientProxy;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The SMART app: the timeline of one patient with the advice of today. The sandbox launches it under {@code /app}, the EHR of a
 * registered client under {@code /app/for/} and the client's name: each with a redirect address of its own, so that what one
 * EHR answers is never taken for another's.
 */
@Path("/app")
public class AppResource {

    private static final PageFiles FILES = new PageFiles("app");
    private static final String FOR_CLIENT = "/for/{client:[a-z0-9][a-z0-9-]{0,62}}";

    private final AppDoor door;
    private final UserAccess users;
    private final Discovery discovery;
    private final HookHandler handler;
    private final RequestBodyReader bodies;
    private final BodyCollector bodyCollector;
    private final RoutingContext call;

    AppResource(
            AppDoor door,
            UserAccess users,
            Discovery discovery,
            HookHandler handler,
            RequestBodyReader bodies,
            BodyCollector bodyCollector,
            RoutingContext call) {
        this.door = door;
        this.users = users;
        this.discovery = discovery;
        this.handler = handler;
        this.bodies = bodies;
        this.bodyCollector = bodyCollector;
        this.call = call;
    }

    /**
     * What the app's scripts know of where they run.
     *
     * @param clientId of the app at the EHR's authorization server
     * @param servers FHIR servers whose launches are taken
     * @param origins of servers to which the browser may be sent and a code be brought
     * @param services where the services are asked
     * @param proof whether they are asked with the user's token
     * @param sandbox whether it is the sandbox that launches
     */
    record Configuration(
            String clientId, List<URI> servers, List<String> origins, String services, boolean proof, boolean sandbox) {

        static Configuration of(SmartApp app, String services, boolean sandbox) {
            return new Configuration(app.clientId(), app.servers(), app.origins(), services, !sandbox, sandbox);
        }
    }

    /** The app, to which the authorization server sends the browser back. */
    @GET
    public Response page() {
        return page("index", door.sandbox(), true);
    }

    /** The app of a registered client. */
    @GET
    @Path(FOR_CLIENT)
    public Response page(@PathParam("client") String name) {
        return page("index", app(name), false);
    }

    /** Where the sandbox launches it. */
    @GET
    @Path("/launch")
    public Response launch() {
        return page("launch", door.sandbox(), true);
    }

    /** Where the EHR of a registered client launches it. */
    @GET
    @Path(FOR_CLIENT + "/launch")
    public Response launch(@PathParam("client") String name) {
        return page("launch", app(name), false);
    }

    /** What the scripts need to know. */
    @GET
    @Path("/configuration")
    public Response configuration() {
        return json(200, AnswerJson.text(Configuration.of(door.sandbox(), "/cds-services", true)));
    }

    /** The same for a registered client. */
    @GET
    @Path(FOR_CLIENT + "/configuration")
    public Response configuration(@PathParam("client") String name) {
        var app = app(name);
        return json(200, AnswerJson.text(Configuration.of(app, app.path() + "/services", false)));
    }

    /** Which services there are and what they would like to be sent: what discovery tells the client. */
    @GET
    @Path(FOR_CLIENT + "/services")
    public Response services(@PathParam("client") String name) {
        return json(200, AnswerJson.text(discovery.services(door.client(name))));
    }

    /**
     * A call as a hook's, with the user's token as {@code fhirAuthorization}: answered with an explanation once the EHR has given
     * out the patient for that token. Nothing of it is counted.
     */
    @POST
    @Path(FOR_CLIENT + "/services/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> advice(@PathParam("client") String name, @PathParam("id") String id) {
        var own = ClientProxy.unwrap(call);
        return bodyCollector.answer(
                own, id, () -> users.enter(own, door.client(name)), collected -> advised(own, id, collected));
    }

    private Response advised(RoutingContext own, String id, CollectedRequest collected) {
        var client = collected.client();
        var asked = users.proven(
                client,
                HookRequestParser.read(bodies.object(collected.body(), collected.share()), CdsService.called(id)),
                collected.share()::take);
        var answer = handler.answer(client, asked, RequestId.of(own), true, collected.share()::take);
        if (!answer.refusedFor().isEmpty()) {
            RefusalLog.because(own, answer.refusedFor());
        }
        return json(answer.status(), RequestJson.bytes(answer.body()));
    }

    /**
     * A module or stylesheet of the app; those of order entry use them too.
     *
     * @param name without its extension
     */
    @GET
    @Path("/{name:[a-z]{1,20}}.{type:js|css}")
    public Response part(@PathParam("name") String name, @PathParam("type") String type) {
        return FILES.answer(name, type);
    }

    private SmartApp app(String client) {
        return door.client(client).app().orElseThrow();
    }

    private static Response page(String name, SmartApp app, boolean sandbox) {
        return FILES.answer(name, "html", sandbox ? List.of() : app.origins());
    }

    private static Response json(int status, Object body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build();
    }
}
