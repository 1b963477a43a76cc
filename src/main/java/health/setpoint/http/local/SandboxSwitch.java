package health.setpoint.http.local;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether the sandbox is open: in local mode unless {@code setpoint.sandbox.enabled} says no, with registered clients only where it says yes. */
@Singleton
public class SandboxSwitch {

    private final boolean local;
    private final boolean open;

    SandboxSwitch(
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
}
