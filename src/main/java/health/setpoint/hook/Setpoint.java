package health.setpoint.hook;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.Clock;

/**
 * Starts the service; with {@code replay} as the first argument kept decisions are decided again instead, with
 * {@code check-client} clients' files are checked.
 */
@QuarkusMain
public final class Setpoint {

    Setpoint() {}

    /** The service, or one command. */
    public static void main(String... args) {
        if (args.length > 0 && args[0].equals(ReplayCommand.WORD)) {
            System.setProperty("quarkus.http.host-enabled", "false");
            // Standard output is the report's.
            System.setProperty("quarkus.log.console.stderr", "true");
            System.setProperty("quarkus.log.level", "WARN");
            Quarkus.run(ReplayCommand.class, FailedStart::end, args);
        } else if (args.length > 0 && args[0].equals(CheckClientCommand.WORD)) {
            System.exit(new CheckClientCommand(System.out, System.err, Clock.systemDefaultZone()).run(args));
        } else {
            Quarkus.run(null, FailedStart::end, args);
        }
    }
}
