package health.setpoint.sandbox;

import health.setpoint.http.error.RequestException;
import health.setpoint.http.error.StatusIssues;
import health.setpoint.http.filter.HttpFilters;
import health.setpoint.http.local.SandboxSwitch;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Whether the sandbox may be entered; where it may not, each of its paths is as if there were none. */
@Singleton
public class SandboxDoor {

    private static final String ROOT = "/sandbox";

    /** After CORS, before anything that could serve the call. */
    private static final int BEFORE_ROUTES = 60;

    private final SandboxSwitch state;

    SandboxDoor(SandboxSwitch state) {
        this.state = state;
    }

    /** Whether no client is registered, so that no caller is checked. */
    public boolean isLocalMode() {
        return state.isLocalMode();
    }

    public boolean isOpen() {
        return state.isOpen();
    }

    /** @throws RequestException 404 where the sandbox is closed: nothing tells that there is one */
    public void enter() {
        if (!isOpen()) {
            throw new RequestException(404, StatusIssues.of(404));
        }
    }

    void onEachCall(@Observes Filters filters) {
        if (!isOpen()) {
            filters.register(SandboxDoor::close, BEFORE_ROUTES);
        }
    }

    private static void close(RoutingContext call) {
        var path = call.normalizedPath();
        if (path.equals(ROOT) || path.startsWith(ROOT + "/")) {
            HttpFilters.answer(call, 404);
        } else {
            call.next();
        }
    }
}
