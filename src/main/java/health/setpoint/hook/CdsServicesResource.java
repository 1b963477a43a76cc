package health.setpoint.hook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.CardStyle;
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

    /**
     * A hook call in, cards out; an empty list where there is nothing to say. With {@code explain=true} what was read
     * and which rules were tried, beside them.
     */
    @POST
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response evaluate(
            @PathParam("id") String id,
            @QueryParam("explain") @DefaultValue("false") boolean explain,
            InputStream body) {
        var asked = Envelope.read(bodies.object(call, body), Service.called(id));
        return explain ? explained(asked) : answered(asked);
    }

    private Response explained(HookCall asked) {
        var explained = consultation.explain(asked, RequestId.of(call));
        return Response.status(explained.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(explained.body().toString())
                .build();
    }

    private Response answered(HookCall asked) {
        var cards = consultation.cards(asked, RequestId.of(call));
        return ok(CardStyle.STANDARD.dialect().answer(cards, asked.service().hook()));
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
