package health.setpoint.sandbox.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.suggestion.Dialects;
import health.setpoint.http.HtmlOrJson;
import health.setpoint.http.local.SandboxSwitch;
import health.setpoint.knowledge.Knowledge;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What this is, how this instance stands, and where to go on; with registered clients without the doors that are closed. */
@Path("/")
public class LandingResource {

    private static final HtmlOrJson PAGE = new HtmlOrJson("landing");

    private final ObjectNode content;

    LandingResource(
            Knowledge knowledge,
            SandboxSwitch sandbox,
            @ConfigProperty(name = "quarkus.application.version") String version,
            @ConfigProperty(name = "setpoint.journal.store") String store) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("service", "Setpoint").put("version", version);
        json.put("local", sandbox.isLocalMode()).put("sandbox", sandbox.isOpen());
        if (sandbox.isLocalMode()) {
            Dialects.names().forEach(json.putArray("dialects")::add);
        }
        json.putObject("knowledge").put("version", knowledge.version()).put("hash", knowledge.hash());
        json.put("journal", store);
        links(json.putArray("links"), sandbox);
        this.content = json;
    }

    /** JSON for programs, a page for people. */
    @GET
    public Response landing(@Context HttpHeaders headers) {
        return PAGE.answer(content, headers);
    }

    private static void links(ArrayNode links, SandboxSwitch sandbox) {
        if (sandbox.isOpen()) {
            link(links, "/sandbox", "Order entry with invented patients");
            link(links, "/app", "The SMART app: timeline, advice, what if");
            link(links, "/sandbox/fhir/metadata", "The sandbox's FHIR R4 server");
            link(links, "/sandbox/patients-bundle.json", "The same patients for a FHIR server of yours");
        }
        if (sandbox.isLocalMode()) {
            link(links, "/cds-services", "Discovery: the services and their prefetch");
            link(links, "/journal/report", "What became of the cards");
        }
        link(links, "/samples/order-sign.json", "A sample request; also order-select, patient-view");
        link(links, "/dsi/source-attributes", "Rules, numbers and their sources");
        link(links, "/q/openapi", "OpenAPI: every path, what it takes and answers");
        link(links, "/q/health", "Health");
        link(links, "/q/metrics", "Metrics");
    }

    private static void link(ArrayNode links, String href, String says) {
        links.addObject().put("href", href).put("says", says);
    }
}
