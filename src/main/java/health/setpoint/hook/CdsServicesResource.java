package health.setpoint.hook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.client.Endpoint;
import health.setpoint.hook.evaluation.HookHandler;
import health.setpoint.hook.feedback.FeedbackLog;
import health.setpoint.hook.feedback.FeedbackReader;
import health.setpoint.hook.request.Authentication;
import health.setpoint.hook.request.BodyCollector;
import health.setpoint.hook.request.CdsService;
import health.setpoint.hook.request.CollectedRequest;
import health.setpoint.hook.request.HookRequestParser;
import health.setpoint.http.RequestId;
import health.setpoint.http.body.RequestBodyReader;
import health.setpoint.http.body.RequestJson;
import health.setpoint.http.error.RefusalLog;
import io.quarkus.arc.ClientProxy;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/**
 * Discovery, the services and their feedback. Every answer is JSON, whatever the client accepts: clients send odd
 * Accept headers and read JSON.
 */
@Path("/cds-services")
public class CdsServicesResource {

    private final Authentication authentication;
    private final Discovery discovery;
    private final HookHandler handler;
    private final FeedbackLog feedback;
    private final RequestBodyReader bodies;
    private final BodyCollector bodyCollector;
    private final RoutingContext call;

    CdsServicesResource(
            Authentication authentication,
            Discovery discovery,
            HookHandler handler,
            FeedbackLog feedback,
            RequestBodyReader bodies,
            BodyCollector bodyCollector,
            RoutingContext call) {
        this.authentication = authentication;
        this.discovery = discovery;
        this.handler = handler;
        this.feedback = feedback;
        this.bodies = bodies;
        this.bodyCollector = bodyCollector;
        this.call = call;
    }

    /** Which services are on offer. */
    @GET
    public Response services() {
        try (var caller = authentication.open(call, Endpoint.discovery())) {
            return ok(discovery.services(caller.client()));
        }
    }

    /**
     * A hook call in, cards out; an empty list where there is nothing to say. With {@code explain=true} what was read
     * and which rules were tried, beside them.
     */
    @POST
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> evaluate(
            @PathParam("id") String id, @QueryParam("explain") @DefaultValue("false") boolean explain) {
        var own = ClientProxy.unwrap(call);
        return bodyCollector.answer(own, id, Endpoint.service(id), collected -> evaluated(own, id, explain, collected));
    }

    private Response evaluated(RoutingContext own, String id, boolean explain, CollectedRequest collected) {
        var client = collected.client();
        var asked = HookRequestParser.read(
                bodies.object(collected.body(), collected.share()),
                CdsService.called(id),
                client.site().fhirClientId());
        var answer = handler.answer(client, asked, RequestId.of(own), explain);
        if (!answer.refusedFor().isEmpty()) {
            RefusalLog.because(own, answer.refusedFor());
        }
        return answer(answer.status(), answer.body());
    }

    /** What clinicians did with the cards. */
    @POST
    @Path("/{id}/feedback")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> feedback(@PathParam("id") String id) {
        var own = ClientProxy.unwrap(call);
        return bodyCollector.answer(own, id, Endpoint.feedback(id), collected -> {
            var batch = FeedbackReader.read(bodies.object(collected.body(), collected.share()));
            feedback.take(collected.client(), CdsService.called(id), batch, RequestId.of(own));
            return ok(JsonNodeFactory.instance.objectNode());
        });
    }

    private static Response ok(ObjectNode body) {
        return answer(200, body);
    }

    private static Response answer(int status, ObjectNode body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(RequestJson.bytes(body))
                .build();
    }
}
