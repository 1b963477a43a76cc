package health.setpoint.hook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.LocalDate;

/** Discovery: which services are on offer and what each would like to be sent. */
@Path("/cds-services")
public class DiscoveryResource {

    /** Version of the CDS Hooks specification that the services follow, not of this service. */
    static final String CDS_HOOKS = "2.0.1";

    private final Clock clock;

    DiscoveryResource(Clock clock) {
        this.clock = clock;
    }

    /** The services, with prefetch templates whose date limits are absolute and counted from today. */
    @GET
    public Response services() {
        var today = LocalDate.now(clock);
        var answer = JsonNodeFactory.instance.objectNode();
        var services = answer.putArray("services");
        for (var service : Service.values()) {
            var entry = services.addObject();
            entry.put("hook", service.hook().word());
            entry.put("id", service.id());
            entry.put("title", service.title());
            entry.put("description", service.description());
            entry.put("usageRequirements", service.usageRequirements());
            entry.put("version", CDS_HOOKS);
        }
        return Response.ok(answer.toString(), MediaType.APPLICATION_JSON_TYPE).build();
    }
}
