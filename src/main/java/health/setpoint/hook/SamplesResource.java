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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Sample requests to try the services with, of invented patients. */
@Path("/samples/{name}.json")
@Tag(name = "Samples")
public class SamplesResource {

    private final Clock clock;

    SamplesResource(Clock clock) {
        this.clock = clock;
    }

    /** One sample request with its dates counted from today. */
    @GET
    @Operation(summary = "A complete request to send to the service of the hook that it names")
    @APIResponse(
            responseCode = "200",
            description = "Its dates are counted from today",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "HookRequest")))
    @APIResponse(responseCode = "default", ref = "Refusal")
    public Response sample(
            @Parameter(schema = @Schema(enumeration = {"order-sign", "order-select", "patient-view"}))
                    @PathParam("name")
                    String name) {
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
