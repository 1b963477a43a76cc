package health.setpoint.app;

import health.setpoint.client.Client;
import health.setpoint.client.SmartApp;
import health.setpoint.client.access.AccessControl;
import health.setpoint.http.error.RequestException;
import health.setpoint.http.error.StatusIssues;
import health.setpoint.http.filter.HttpFilters;
import health.setpoint.http.local.SandboxSwitch;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Whether the SMART app may be entered: as the sandbox launches it where the sandbox is open, and for each registered client
 * whose file says that its EHR launches it. Where it may not, each of its paths is as if there were none.
 */
@Singleton
class AppDoor {

    /** The app, and the libraries of its pages, which those of the sandbox use too. */
    private static final List<String> ROOTS = List.of(SmartApp.ROOT, "/webjars");

    /** After CORS, before anything that could serve the call. */
    private static final int BEFORE_ROUTES = 60;

    private final SandboxSwitch sandbox;
    private final AccessControl clients;
    private final SmartApp ofSandbox;

    AppDoor(
            SandboxSwitch sandbox,
            AccessControl clients,
            @ConfigProperty(name = "setpoint.public-url") String publicBase) {
        this.sandbox = sandbox;
        this.clients = clients;
        this.ofSandbox = SmartApp.ofSandbox(publicBase);
    }

    /** The app as the sandbox launches it. */
    SmartApp sandbox() {
        if (!sandbox.isOpen()) {
            throw none();
        }
        return ofSandbox;
    }

    /** The client whose EHR launches it, while its clinicians see advice. */
    Client client(String name) {
        return Optional.of(name)
                .filter(called -> !called.equals(Client.LOCAL))
                .flatMap(clients::client)
                .filter(client -> client.app().isPresent() && client.shows())
                .orElseThrow(AppDoor::none);
    }

    private static RequestException none() {
        return new RequestException(404, StatusIssues.of(404));
    }

    void onEachCall(@Observes Filters filters) {
        filters.register(this::close, BEFORE_ROUTES);
    }

    private void close(RoutingContext call) {
        var path = call.normalizedPath();
        if (ROOTS.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"))
                && !sandbox.isOpen()
                && !clients.isAppLaunched()) {
            HttpFilters.answer(call, 404);
        } else {
            call.next();
        }
    }
}
