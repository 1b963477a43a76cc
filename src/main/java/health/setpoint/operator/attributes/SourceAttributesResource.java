package health.setpoint.operator.attributes;

import health.setpoint.http.HtmlOrJson;
import health.setpoint.knowledge.Knowledge;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.LocalDate;

/** What the advice rests on, for whoever follows the source of a card. */
@Path("/dsi/source-attributes")
public class SourceAttributesResource {

    private static final HtmlOrJson PAGE = new HtmlOrJson("source-attributes");

    private final SourceAttributes attributes;
    private final Clock clock;

    SourceAttributesResource(Knowledge knowledge, Clock clock) {
        this.attributes = new SourceAttributes(knowledge);
        this.clock = clock;
    }

    /** The attributes of the knowledge that holds today. */
    @GET
    public Response attributes(@Context HttpHeaders headers) {
        return PAGE.answer(attributes.on(LocalDate.now(clock)), headers);
    }
}
