package health.setpoint.operator.attributes;

import health.setpoint.http.HtmlOrJson;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.signoff.SignOff;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the advice rests on, for whoever follows the source of a card. */
@Path("/dsi/source-attributes")
@Tag(name = "Source attributes")
public class SourceAttributesResource {

    private static final HtmlOrJson PAGE = new HtmlOrJson("source-attributes");

    private final WrittenAttributes attributes;
    private final Clock clock;

    SourceAttributesResource(Knowledge knowledge, SignOff signOff, Clock clock) {
        this.attributes = new WrittenAttributes(knowledge, signOff);
        this.clock = clock;
    }

    /** The attributes of the knowledge that holds today. */
    @GET
    @Operation(summary = "The 13 source attributes (45 CFR 170.315(b)(11)), and what each rule and number rests on")
    @APIResponse(
            responseCode = "200",
            description = "As it holds today; a page where HTML is asked for",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SourceAttributes.class)))
    @APIResponse(responseCode = "default", ref = "Refusal")
    public Response attributes(@Context HttpHeaders headers) {
        return PAGE.answer(attributes.on(LocalDate.now(clock)), headers);
    }
}
