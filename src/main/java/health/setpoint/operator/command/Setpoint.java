package health.setpoint.operator.command;

import health.setpoint.http.filter.AcceptedConnections;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.population.synthetic.SyntheticClinic;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Starts the service, or runs the command that the first word names. */
@QuarkusMain
@Command(
        name = "java [-Dsetting=value]... -jar quarkus-run.jar",
        synopsisHeading = "usage: ",
        synopsisSubcommandLabel = "[command]",
        description = "Without a command the service is started; settings: docs/operations and docs/security.md.")
public final class Setpoint {

    private static final int REFUSED = 1;

    @Spec
    private CommandSpec line;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "prints this")
    private boolean help;

    Setpoint() {}

    /** The service, or one command. */
    public static void main(String... args) {
        if (args.length == 0) {
            serve();
        } else {
            System.exit(new CommandLine(new Setpoint())
                    .setParameterExceptionHandler((refused, words) -> refuse(refused))
                    .execute(args));
        }
    }

    @Command(
            name = CheckClientCommand.WORD,
            synopsisHeading = "usage: ",
            description = "checks clients' files, and prints what the EHR's side is to enter")
    int checkClient(
            @Parameters(paramLabel = "<file or folder>") Path file,
            @Option(
                            names = "--public-url",
                            paramLabel = "<url>",
                            description = "under which the EHR reaches the service")
                    Optional<String> publicUrl) {
        return new CheckClientCommand(System.out, System.err, Clock.systemDefaultZone()).run(file, publicUrl);
    }

    @Command(
            name = CheckRequestCommand.WORD,
            synopsisHeading = "usage: ",
            description = "validates the resources of a captured call, and says what the rules lack")
    int checkRequest(
            @Parameters(paramLabel = "<file>") Path file,
            @Option(
                            names = "--client",
                            paramLabel = "<file>",
                            description = "a client's file: its code map and choices hold")
                    Optional<Path> client,
            @Option(
                            names = "--on",
                            paramLabel = "<day>",
                            converter = ReplayOptions.Day.class,
                            description = "as of which day; today otherwise")
                    Optional<LocalDate> day) {
        return new CheckRequestCommand(System.out, System.err, Clock.systemDefaultZone()).run(file, client, day);
    }

    @Command(
            name = MakeTokenCommand.WORD,
            synopsisHeading = "usage: ",
            description = "makes a token as an EHR would send it, to try a client's file with")
    int makeToken(
            @Parameters(paramLabel = "<key file>", description = "a private key as a JWK; made where there is none")
                    Path key,
            @Option(
                            names = "--issuer",
                            paramLabel = "<iss>",
                            required = true,
                            description = "the issuer that the client's file names")
                    String issuer,
            @Option(
                            names = "--for",
                            paramLabel = "<what>",
                            defaultValue = "titration-order-sign",
                            description =
                                    "discovery, a service, or a service and /feedback; ${DEFAULT-VALUE} otherwise")
                    String forWhat,
            @Option(names = "--tenant", paramLabel = "<tenant>", description = "where the client's file names one")
                    Optional<String> tenant,
            @Option(names = "--jku", paramLabel = "<url>", description = "where the token says that its keys are")
                    Optional<String> jku,
            @Option(
                            names = "--life",
                            paramLabel = "<seconds>",
                            defaultValue = "300",
                            description = "${DEFAULT-VALUE} otherwise, an hour at most")
                    int life,
            @Option(
                            names = "--public-url",
                            paramLabel = "<url>",
                            description = "under which the EHR reaches the service")
                    Optional<String> publicUrl) {
        return new MakeTokenCommand(System.out, System.err, Clock.systemUTC())
                .run(
                        key,
                        new MakeTokenCommand.Wish(
                                forWhat,
                                CheckClientCommand.base(publicUrl),
                                issuer,
                                tenant,
                                jku,
                                Duration.ofSeconds(life)));
    }

    @Command(
            name = SignOffCommand.WORD,
            synopsisHeading = "usage: ",
            description =
                    "writes the form by which a clinician signs the knowledge; of a filled one says what it signs")
    int signOff(
            @Parameters(paramLabel = "<form>", description = "written where there is none, else read") Path form,
            @Option(
                            names = "--signed",
                            paramLabel = "<file or folder>",
                            description = "forms that were signed before: what still holds is not asked for again")
                    Optional<Path> signed,
            @Option(
                            names = "--rule-book",
                            paramLabel = "<file>",
                            description = "writes the rule book there, with the signatures")
                    Optional<Path> ruleBook) {
        return new SignOffCommand(Knowledge.load(), System.out, System.err, Clock.systemDefaultZone())
                .run(form, signed, ruleBook);
    }

    @Command(
            name = ReplayCommand.WORD,
            synopsisHeading = "usage: ",
            description = "decides the journal's entries, or captured requests, again")
    int replay(@Mixin ReplayOptions options) {
        System.setProperty("quarkus.http.host-enabled", "false");
        // Standard output is the report's.
        System.setProperty("quarkus.log.console.stderr", "true");
        System.setProperty("quarkus.log.level", "WARN");
        refuse(Settings.faultsOfACommand(ConfigUtils.configBuilder().build(), options.calls.isEmpty()));
        var words = line.commandLine().getParseResult().originalArgs();
        Quarkus.run(ReplayCommand.class, StartFailure::end, words.toArray(String[]::new));
        return 0;
    }

    @Command(
            name = PopulationCommand.WORD,
            synopsisHeading = "usage: ",
            description = "decides for every patient of a FHIR Bulk Data export, and writes work lists")
    int population(@Mixin PopulationCommand.Options options) throws InterruptedException {
        return new PopulationCommand(System.err, Clock.systemDefaultZone()).run(options);
    }

    @Command(
            name = "synthetic-clinic",
            synopsisHeading = "usage: ",
            description = "writes a FHIR Bulk Data export of invented men, to try population with")
    int syntheticClinic(
            @Parameters(paramLabel = "<folder>", description = "of the export; made where there is none") Path folder,
            @Option(
                            names = "--men",
                            paramLabel = "<number>",
                            defaultValue = "1000",
                            description = "${DEFAULT-VALUE} otherwise")
                    int men,
            @Option(
                            names = "--resources",
                            paramLabel = "<number>",
                            defaultValue = "60",
                            description = "of each man, about; ${DEFAULT-VALUE} otherwise")
                    int resources,
            @Option(
                            names = "--seed",
                            paramLabel = "<number>",
                            defaultValue = "1",
                            description = "the same seed and day give the same clinic; ${DEFAULT-VALUE} otherwise")
                    long seed,
            @Option(
                            names = "--on",
                            paramLabel = "<day>",
                            converter = ReplayOptions.Day.class,
                            description = "day of the export; today otherwise")
                    Optional<LocalDate> day)
            throws IOException {
        new SyntheticClinic(seed, day.orElseGet(LocalDate::now), resources).write(men, folder);
        return 0;
    }

    private static void serve() {
        // In dev mode the port is the mode's own, and the process lives on.
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            refuse(Settings.faults(ConfigUtils.configBuilder().build()));
        }
        AcceptedConnections.limit();
        Quarkus.run(null, StartFailure::end);
    }

    /** Ends the process where there is any fault. */
    private static void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            faults.forEach(fault -> System.err.println("not started: " + fault));
            System.exit(REFUSED);
        }
    }

    /** In one line; with the usage where no command is meant. */
    private static int refuse(ParameterException refused) {
        System.err.println("not started: " + refused.getMessage());
        if (refused.getCommandLine().getParent() == null) {
            refused.getCommandLine().usage(System.err);
        }
        return REFUSED;
    }
}
