package health.setpoint.hook.capture;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which calls are written where, {@code setpoint.capture.*}; none without a folder. */
@ConfigMapping(prefix = "setpoint.capture")
interface CaptureConfig {

    /** Folder of the operator's, for one file a call. */
    Optional<Path> folder();

    /** {@code refused}: calls that got no cards; {@code all}: every call that was read. */
    @WithDefault("refused")
    Which calls();

    /** Names of the clients whose calls are written; all of them otherwise. */
    Optional<List<String>> clients();

    /** Whether calls are written as they came, with the patient in them. */
    @WithDefault("false")
    boolean patientData();

    /** How many calls are kept; the oldest goes first. */
    @WithDefault("100")
    int mostCalls();

    /** How much they may hold together. */
    @WithDefault("20M")
    MemorySize mostBytes();

    /** Which calls. */
    enum Which {
        REFUSED,
        ALL
    }
}
