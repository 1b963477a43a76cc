package health.setpoint.operator.command;

import health.setpoint.journal.JournalUnavailable;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Says why a start or a command failed: what an operator can mend in one line, a fault of our own with its trace. */
final class StartFailure {

    private static final Logger LOG = Logger.getLogger("health.setpoint");

    private StartFailure() {}

    /** Ends the process, except dev mode's, which starts the service again; the failure is null where nothing failed. */
    static void end(int code, Throwable failure) {
        if (failure != null) {
            line(failure).ifPresentOrElse(LOG::error, () -> LOG.error("the start failed", failure));
        }
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            System.exit(code);
        }
    }

    /** The one line that says it all, where there is one. */
    static Optional<String> line(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigurationException refused) {
                return Optional.of(refused.getMessage());
            }
            if (cause instanceof QuarkusBindException taken) {
                return Optional.of("quarkus.http.port: in use by another process: " + taken.getPort());
            }
            if (cause instanceof JournalUnavailable unavailable) {
                return Optional.of(unavailable.line());
            }
        }
        return Optional.empty();
    }
}
