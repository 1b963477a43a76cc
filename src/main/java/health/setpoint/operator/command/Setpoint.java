package health.setpoint.operator.command;

import health.setpoint.http.filter.AcceptedConnections;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigUtils;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Starts the service; with {@code replay} as the first argument kept decisions are decided again instead, with
 * {@code check-client} clients' files are checked.
 */
@QuarkusMain
public final class Setpoint {

    private static final int REFUSED = 1;
    private static final String HELP = "--help";
    private static final String USAGE = """
            usage: java [-Dsetting=value]... -jar quarkus-run.jar [command]

              (no command)                 starts the service; settings: docs/operations and docs/security.md
              check-client <file or folder> [--public-url url]
                                           checks clients' files, and prints what the EHR's side is to enter
              replay [--knowledge folder] [--client name] [--from day] [--to day] [--calls folder [--on day]]
                                           decides the journal's entries, or captured requests, again
              --help                       prints this
            """;

    Setpoint() {}

    /** The service, or one command. */
    public static void main(String... args) {
        var word = args.length == 0 ? "" : args[0];
        switch (List.of(args).contains(HELP) ? HELP : word) {
            case "" -> serve(args);
            case ReplayCommand.WORD -> replay(args);
            case CheckClientCommand.WORD ->
                System.exit(new CheckClientCommand(System.out, System.err, Clock.systemDefaultZone()).run(args));
            case HELP, "-h", "help" -> System.out.print(USAGE);
            default -> refuse(List.of("there is no command of this name"), Optional.of(USAGE));
        }
    }

    private static void serve(String... args) {
        // In dev mode the port is the mode's own, and the process lives on.
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            refuse(Settings.faults(ConfigUtils.configBuilder().build()), Optional.empty());
        }
        AcceptedConnections.limit();
        Quarkus.run(null, StartFailure::end, args);
    }

    private static void replay(String... args) {
        System.setProperty("quarkus.http.host-enabled", "false");
        // Standard output is the report's.
        System.setProperty("quarkus.log.console.stderr", "true");
        System.setProperty("quarkus.log.level", "WARN");
        refuse(ReplayCommand.fault(args).stream().toList(), Optional.empty());
        var readsJournal = !List.of(args).contains(ReplayCommand.CALLS);
        refuse(Settings.faultsOfACommand(ConfigUtils.configBuilder().build(), readsJournal), Optional.empty());
        Quarkus.run(ReplayCommand.class, StartFailure::end, args);
    }

    /** Ends the process where there is any fault. */
    private static void refuse(List<String> faults, Optional<String> usage) {
        if (!faults.isEmpty()) {
            faults.forEach(fault -> System.err.println("not started: " + fault));
            usage.ifPresent(System.err::print);
            System.exit(REFUSED);
        }
    }
}
