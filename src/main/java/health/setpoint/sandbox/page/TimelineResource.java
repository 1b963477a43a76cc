package health.setpoint.sandbox.page;

import health.setpoint.sandbox.SandboxDoor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** The SMART app: the timeline of one patient with the advice of today, launched from the sandbox's EHR. */
@Path("/app")
public class TimelineResource {

    private static final PageFiles FILES = new PageFiles("app");

    private final SandboxDoor door;

    TimelineResource(SandboxDoor door) {
        this.door = door;
    }

    /** The app, to which the authorization server sends the browser back. */
    @GET
    public Response page() {
        door.enter();
        return FILES.answer("index", "html");
    }

    /** Where an EHR launches it. */
    @GET
    @Path("/launch")
    public Response launch() {
        door.enter();
        return FILES.answer("launch", "html");
    }

    /**
     * A module of the app.
     *
     * @param name without its extension
     */
    @GET
    @Path("/{name:[a-z]{1,20}}.js")
    public Response part(@PathParam("name") String name) {
        door.enter();
        return FILES.answer(name, "js");
    }
}
