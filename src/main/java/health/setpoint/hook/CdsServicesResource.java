package health.setpoint.hook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/**
 * Discovery, the services and their feedback. Every answer is JSON, whatever the client accepts: clients send odd
 * Accept headers and read JSON.
 */
@Path("/cds-services")
public class CdsServicesResource {

    private final Discovery discovery;
    private final Consultation consultation;
    private final FeedbackLog feedback;
    private final Bodies bodies;
    private final RoutingContext call;

    CdsServicesResource(
            Discovery discovery, Consultation consultation, FeedbackLog feedback, Bodies bodies, RoutingContext call) {
        this.discovery = discovery;
        this.consultation = consultation;
        this.feedback = feedback;
        this.bodies = bodies;
        this.call = call;
    }

    /** Which services are on offer. */
    @GET
    public Response services() {
        return ok(discovery.services());
    }

    /** A hook call in, cards out; an empty list where there is nothing to say. */
    @POST
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response evaluate(@PathParam("id") String id, InputStream body) {
        var service = Service.called(id);
        var cards = consultation.cards(Envelope.read(bodies.object(call, body), service), RequestId.of(call));
        var answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("cards").addAll(cards);
        return ok(answer);
    }

    /** What clinicians did with the cards. */
    @POST
    @Path("/{id}/feedback")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response feedback(@PathParam("id") String id, InputStream body) {
        var service = Service.called(id);
        feedback.take(service, FeedbackReader.read(bodies.object(call, body)), RequestId.of(call));
        return ok(JsonNodeFactory.instance.objectNode());
    }

    private static Response ok(ObjectNode answer) {
        return Response.ok(answer.toString(), MediaType.APPLICATION_JSON_TYPE).build();
    }
}
