package health.setpoint.sandbox.page;

import health.setpoint.http.PageFiles;
import health.setpoint.sandbox.SandboxDoor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/**
 * The order-entry page and its modules. It knows the services and the FHIR server as any EHR does, over HTTP; nothing of it
 * is built, and its libraries come from Maven under {@code /webjars}.
 */
@Path("/sandbox")
public class OrderEntryResource {

    private static final PageFiles FILES = new PageFiles("sandbox");

    private final SandboxDoor door;

    OrderEntryResource(SandboxDoor door) {
        this.door = door;
    }

    /** The page itself. */
    @GET
    public Response page() {
        door.enter();
        return FILES.answer("index", "html");
    }

    /**
     * A module or stylesheet of the page.
     *
     * @param name without its extension
     */
    @GET
    @Path("/{name:[a-z]{1,20}}.{type:js|css}")
    public Response part(@PathParam("name") String name, @PathParam("type") String type) {
        door.enter();
        return FILES.answer(name, type);
    }
}
