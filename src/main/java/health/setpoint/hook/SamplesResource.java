package health.setpoint.hook;

import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.LocalDate;

/** Sample requests to try the services with, of invented patients. */
@Path("/samples/{name}.json")
public class SamplesResource {

    private final Clock clock;

    SamplesResource(Clock clock) {
        this.clock = clock;
    }

    /** One sample request with its dates counted from today. */
    @GET
    public Response sample(@PathParam("name") String name) {
        var sample = Samples.on(name, LocalDate.now(clock))
                .orElseThrow(() -> new RequestException(
                        404,
                        Issue.of(
                                Issue.Kind.NOT_FOUND,
                                "There is no sample of this name. Samples: " + String.join(", ", Samples.NAMES)
                                        + ".")));
        return Response.ok(sample, MediaType.APPLICATION_JSON_TYPE).build();
    }
}
