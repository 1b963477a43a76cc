package health.setpoint.hook;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** What clinicians did with the cards. */
@Path("/cds-services/{id}/feedback")
public class FeedbackResource {

    private static final Logger LOG = Logger.getLogger("health.setpoint.feedback");
    private static final Pattern LOGGABLE = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final Bodies bodies;
    private final RoutingContext call;

    FeedbackResource(Bodies bodies, RoutingContext call) {
        this.bodies = bodies;
        this.call = call;
    }

    /** Takes a batch; sound entries count even where others are not. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response feedback(@PathParam("id") String id, InputStream body) {
        var service = Service.called(id);
        var batch = FeedbackReader.read(bodies.object(call, body));
        for (var event : batch.events()) {
            LOG.infof(
                    "feedback for %s: card %s %s",
                    service.id(), loggable(event.card()), event.outcome().word());
        }
        if (!batch.faults().isEmpty()) {
            LOG.warnf(
                    "feedback for %s: %d faults in a batch whose other entries were taken, request %s",
                    service.id(), batch.faults().size(), RequestId.of(call));
        }
        return Response.ok("{}", MediaType.APPLICATION_JSON_TYPE).build();
    }

    private static String loggable(String card) {
        return LOGGABLE.matcher(card).matches() ? card : "(unloggable id)";
    }
}
