package health.setpoint.sandbox;

import health.setpoint.http.error.RequestException;
import health.setpoint.http.error.StatusIssues;
import health.setpoint.http.filter.HttpFilters;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Whether the sandbox may be entered: in local mode unless {@code setpoint.sandbox.enabled} says no, with registered clients
 * only where it says yes. Where it may not, each of its paths is as if there were none.
 */
@Singleton
public class SandboxDoor {

    /** The sandbox, its SMART app, and the libraries of their pages. */
    private static final List<String> ROOTS = List.of("/sandbox", "/app", "/webjars");

    /** After CORS, before anything that could serve the call. */
    private static final int BEFORE_ROUTES = 60;

    private final boolean local;
    private final boolean open;

    SandboxDoor(
            @ConfigProperty(name = "setpoint.clients.folder") Optional<String> clients,
            @ConfigProperty(name = "setpoint.sandbox.enabled") Optional<Boolean> enabled) {
        this.local = clients.isEmpty();
        this.open = enabled.orElse(local);
    }

    /** Whether no client is registered, so that no caller is checked. */
    public boolean isLocalMode() {
        return local;
    }

    public boolean isOpen() {
        return open;
    }

    /** @throws RequestException 404 where the sandbox is closed: nothing tells that there is one */
    public void enter() {
        if (!open) {
            throw new RequestException(404, StatusIssues.of(404));
        }
    }

    void onEachCall(@Observes Filters filters) {
        if (!open) {
            filters.register(SandboxDoor::close, BEFORE_ROUTES);
        }
    }

    private static void close(RoutingContext call) {
        var path = call.normalizedPath();
        if (ROOTS.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"))) {
            HttpFilters.answer(call, 404);
        } else {
            call.next();
        }
    }
}
