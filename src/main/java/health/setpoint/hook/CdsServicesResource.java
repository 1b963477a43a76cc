package health.setpoint.hook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.client.Endpoint;
import health.setpoint.hook.evaluation.Consultation;
import health.setpoint.hook.feedback.FeedbackLog;
import health.setpoint.hook.feedback.FeedbackReader;
import health.setpoint.hook.request.Arrivals;
import health.setpoint.hook.request.Arrived;
import health.setpoint.hook.request.Door;
import health.setpoint.hook.request.Envelope;
import health.setpoint.hook.request.Service;
import health.setpoint.http.RequestId;
import health.setpoint.http.body.Bodies;
import health.setpoint.http.body.Json;
import health.setpoint.http.error.Refusals;
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

    private final Door door;
    private final Discovery discovery;
    private final Consultation consultation;
    private final FeedbackLog feedback;
    private final Bodies bodies;
    private final Arrivals arrivals;
    private final RoutingContext call;

    CdsServicesResource(
            Door door,
            Discovery discovery,
            Consultation consultation,
            FeedbackLog feedback,
            Bodies bodies,
            Arrivals arrivals,
            RoutingContext call) {
        this.door = door;
        this.discovery = discovery;
        this.consultation = consultation;
        this.feedback = feedback;
        this.bodies = bodies;
        this.arrivals = arrivals;
        this.call = call;
    }

    /** Which services are on offer. */
    @GET
    public Response services() {
        try (var visit = door.open(call, Endpoint.discovery())) {
            return ok(discovery.services(visit.client()));
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
        return arrivals.answer(own, id, Endpoint.service(id), arrived -> evaluated(own, id, explain, arrived));
    }

    private Response evaluated(RoutingContext own, String id, boolean explain, Arrived arrived) {
        var client = arrived.client();
        var asked = Envelope.read(
                bodies.object(arrived.body(), arrived.share()),
                Service.called(id),
                client.site().fhirClientId());
        var answer = consultation.answer(client, asked, RequestId.of(own), explain);
        if (!answer.refusedFor().isEmpty()) {
            Refusals.because(own, answer.refusedFor());
        }
        return answer(answer.status(), answer.body());
    }

    /** What clinicians did with the cards. */
    @POST
    @Path("/{id}/feedback")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> feedback(@PathParam("id") String id) {
        var own = ClientProxy.unwrap(call);
        return arrivals.answer(own, id, Endpoint.feedback(id), arrived -> {
            var batch = FeedbackReader.read(bodies.object(arrived.body(), arrived.share()));
            feedback.take(arrived.client(), Service.called(id), batch, RequestId.of(own));
            return ok(JsonNodeFactory.instance.objectNode());
        });
    }

    private static Response ok(ObjectNode body) {
        return answer(200, body);
    }

    private static Response answer(int status, ObjectNode body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Json.bytes(body))
                .build();
    }
}
