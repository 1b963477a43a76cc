package health.setpoint.client.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the registered clients, {@code setpoint.clients.*}. */
@ConfigMapping(prefix = "setpoint.clients")
interface ClientsConfig {

    /** Folder with one YAML file for each client; without it the service runs in local mode. */
    Optional<Path> folder();

    /** How often the folder is looked at for changes. */
    @WithDefault("5s")
    String poll();

    /** Longest wait for a client's keys. */
    @WithDefault("3s")
    Duration keyPatience();
}
