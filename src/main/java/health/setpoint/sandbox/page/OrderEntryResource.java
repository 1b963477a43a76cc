package health.setpoint.sandbox.page;

import health.setpoint.http.error.RequestException;
import health.setpoint.http.error.StatusIssues;
import health.setpoint.sandbox.SandboxDoor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The order-entry page and its modules. It knows the services and the FHIR server as any EHR does, over HTTP; nothing of it
 * is built, and its libraries come from Maven under {@code /webjars}.
 */
@Path("/sandbox")
public class OrderEntryResource {

    /** Scripts and styles from here only: a card's text that got through as markup could do nothing. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES =
            Map.of("js", "text/javascript;charset=utf-8", "css", "text/css;charset=utf-8");

    private final SandboxDoor door;

    OrderEntryResource(SandboxDoor door) {
        this.door = door;
    }

    /** The page itself. */
    @GET
    public Response page() {
        return file("index.html", "text/html;charset=utf-8");
    }

    /**
     * A module or stylesheet of the page.
     *
     * @param name without its extension
     */
    @GET
    @Path("/{name:[a-z]{1,20}}.{type:js|css}")
    public Response part(@PathParam("name") String name, @PathParam("type") String type) {
        return file(name + "." + type, TYPES.get(type));
    }

    private Response file(String name, String type) {
        door.enter();
        try (InputStream file = OrderEntryResource.class.getResourceAsStream("/pages/sandbox/" + name)) {
            if (file == null) {
                throw new RequestException(404, StatusIssues.of(404));
            }
            return Response.ok(file.readAllBytes(), type)
                    .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                    .build();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
