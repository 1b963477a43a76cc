package health.setpoint.operator.command;

import health.setpoint.card.text.SignatureLine;
import health.setpoint.client.Client;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.client.file.Inspection;
import health.setpoint.hook.request.CdsService;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.signoff.SignOff;
import health.setpoint.knowledge.yaml.KnowledgeException;
import health.setpoint.population.PopulationOptions;
import health.setpoint.population.PopulationRun;
import health.setpoint.population.ShownNames;
import health.setpoint.population.decision.PopulationSite;
import health.setpoint.population.export.BackendServices;
import health.setpoint.population.export.BulkExport;
import health.setpoint.population.export.ExportRequest;
import health.setpoint.population.export.ServerExport;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * {@code population}: decides for every patient of a FHIR Bulk Data export what patient-view would say of him, and writes work
 * lists. Starts no service and opens no database.
 */
final class PopulationCommand {

    static final String WORD = "population";

    private static final String KNOWLEDGE_INDEX = "index.yaml";

    private final PrintStream told;
    private final Clock clock;

    PopulationCommand(PrintStream told, Clock clock) {
        this.told = told;
        this.clock = clock;
    }

    /** What the command line says. */
    static final class Options {

        @Option(
                names = "--input",
                paramLabel = "<folder>",
                required = true,
                description =
                        "a FHIR Bulk Data export: .ndjson files, also .gz, also in folders below it; with --server"
                                + " it is fetched into this folder first")
        Path input;

        @Option(
                names = "--output",
                paramLabel = "<folder>",
                required = true,
                description = "of the results; made, and never overwritten")
        Path output;

        @Option(
                names = "--as-of",
                paramLabel = "<day>",
                converter = ReplayOptions.Day.class,
                description = "the day on which it is decided; today otherwise")
        Optional<LocalDate> day = Optional.empty();

        @Option(
                names = "--policy",
                paramLabel = "<client|file>",
                description =
                        "a registered client, its file, or a folder of knowledge: its choices, code map and zone hold")
        Optional<String> policy = Optional.empty();

        @Option(
                names = "--compare",
                paramLabel = "<client|file>",
                description = "another policy: reports who would get other advice under it")
        Optional<String> compared = Optional.empty();

        @Option(
                names = "--threads",
                paramLabel = "<number>",
                description = "that work at once; as many as there are cores otherwise")
        Optional<Integer> threads = Optional.empty();

        @Option(
                names = "--pseudonyms",
                paramLabel = "<key file>",
                description =
                        "names patients by keyed hashes instead of their ids; the key is made where there is none")
        Optional<Path> pseudonyms = Optional.empty();

        @Option(
                names = "--chart-link",
                paramLabel = "<url>",
                description = "where the EHR opens a chart, with {id} in it")
        Optional<String> chart = Optional.empty();

        @Option(
                names = "--smallest-cell",
                paramLabel = "<number>",
                defaultValue = "5",
                description = "smaller counts are not published in the summary; ${DEFAULT-VALUE} otherwise")
        int smallestCell;

        @ArgGroup(exclusive = false)
        ServerOptions server;

        @Option(names = "--tasks", description = "writes FHIR Flag and Task resources to a file too")
        boolean tasks;
    }

    /** From which server the export is fetched, and how the service proves who it is. */
    static final class ServerOptions {

        @Option(
                names = "--server",
                paramLabel = "<url>",
                required = true,
                description = "FHIR base of a Bulk Data server, https or on this machine")
        URI base;

        @Option(
                names = "--group",
                paramLabel = "<id>",
                description = "exports the patients of this Group; of the whole system otherwise")
        Optional<String> group = Optional.empty();

        @Option(
                names = "--types",
                paramLabel = "<types>",
                split = ",",
                description = "resource types to export; all that the rules can use otherwise")
        List<String> types = ExportRequest.standardTypes();

        @Option(
                names = "--since",
                paramLabel = "<instant>",
                description = "only what was changed since, such as 2026-11-30T00:00:00Z")
        Optional<String> since = Optional.empty();

        @Option(
                names = "--client-id",
                paramLabel = "<id>",
                description =
                        "under which the server knows this client (SMART Backend Services); an open server is asked"
                                + " without")
        Optional<String> clientId = Optional.empty();

        @Option(
                names = "--key",
                paramLabel = "<file>",
                description = "private key as a JWK with a kid, EC P-384 or RSA, to sign assertions with")
        Optional<Path> key = Optional.empty();

        @Option(
                names = "--token-endpoint",
                paramLabel = "<url>",
                description = "of the server's authorization server; discovered otherwise")
        Optional<URI> tokenEndpoint = Optional.empty();

        @Option(
                names = "--scope",
                paramLabel = "<scope>",
                defaultValue = "system/*.read",
                description = "${DEFAULT-VALUE} otherwise")
        String scope;

        @Option(
                names = "--file-origin",
                paramLabel = "<origin>",
                description =
                        "another origin from which files are fetched with the token, such as https://files.ehr.example")
        Set<String> fileOrigins = Set.of();
    }

    /**
     * Runs to the end.
     *
     * @return 0 with results, 1 without
     */
    int run(Options options) throws InterruptedException {
        try {
            if (options.server != null) {
                fetch(options.server, options.input);
            }
            if (!Files.isDirectory(options.input)) {
                throw new PopulationRun.Refused("there is no folder " + options.input);
            }
            var site = options.policy.isPresent() ? site(options.policy.get()) : standard();
            var compared = options.compared.isPresent()
                    ? Optional.of(site(options.compared.get()))
                    : Optional.<PopulationSite>empty();
            new PopulationRun(
                            new PopulationOptions(
                                    options.input,
                                    options.output,
                                    now(options.day, site),
                                    site,
                                    compared,
                                    threads(options),
                                    options.pseudonyms.isPresent()
                                            ? ShownNames.pseudonyms(options.pseudonyms.get())
                                            : ShownNames.ids(options.chart),
                                    smallestCell(options),
                                    signature(site),
                                    options.tasks),
                            told)
                    .run();
            return 0;
        } catch (BulkExport.ExportFailed failed) {
            told.println("not fetched: " + failed.getMessage() + "; the same command goes on where it was");
        } catch (PopulationRun.Refused | KnowledgeException | IllegalArgumentException refused) {
            told.println("not run: " + refused.getMessage());
        } catch (IOException broken) {
            told.println("not ended: " + broken + "; the same command goes on where it was");
        }
        return 1;
    }

    private void fetch(ServerOptions server, Path folder)
            throws IOException, InterruptedException, BulkExport.ExportFailed {
        if (server.clientId.isPresent() != server.key.isPresent()) {
            throw new IllegalArgumentException("--client-id and --key go together");
        }
        var request = new ExportRequest(server.base, server.group, server.types, server.since, server.fileOrigins);
        var http = ServerExport.client();
        var access = server.clientId.isPresent()
                ? Optional.of(new BackendServices(
                        server.base,
                        server.tokenEndpoint,
                        server.clientId.get(),
                        server.key.orElseThrow(),
                        server.scope,
                        http,
                        clock))
                : Optional.<BackendServices>empty();
        new ServerExport(request, access, http, clock, time -> Thread.sleep(time.toMillis()), told).fetch(folder);
    }

    private static int threads(Options options) {
        var threads = options.threads.orElse(Runtime.getRuntime().availableProcessors());
        if (threads < 1) {
            throw new IllegalArgumentException("--threads is 1 or more");
        }
        return threads;
    }

    private static int smallestCell(Options options) {
        if (options.smallestCell < 1) {
            throw new IllegalArgumentException("--smallest-cell is 1 or more; 1 publishes every count");
        }
        return options.smallestCell;
    }

    private String signature(PopulationSite site) {
        var today = LocalDate.now(clock);
        var signed = configured("setpoint.sign-off")
                .map(file -> SignOff.read(Path.of(file), today))
                .orElse(SignOff.NONE);
        return SignatureLine.of(signed.on(site.knowledge(), today));
    }

    private static Optional<String> configured(String setting) {
        return new SmallRyeConfigBuilder()
                .addDefaultSources()
                .addDefaultInterceptors()
                .build()
                .getOptionalValue(setting, String.class);
    }

    /** At noon of the day that is named, as the other commands have it; else now. */
    private LocalDateTime now(Optional<LocalDate> day, PopulationSite site) {
        return day.map(on -> on.atTime(LocalTime.NOON)).orElseGet(() -> LocalDateTime.now(clock.withZone(site.zone())));
    }

    private PopulationSite standard() {
        return PopulationSite.standard(Knowledge.load(), clock.getZone());
    }

    private PopulationSite site(String policy) throws IOException, PopulationRun.Refused {
        var path = Path.of(policy);
        if (Files.isRegularFile(path.resolve(KNOWLEDGE_INDEX))) {
            return PopulationSite.standard(Knowledge.load(path), clock.getZone());
        }
        if (Files.exists(path)) {
            return only(path, Optional.empty());
        }
        var folder = configured("setpoint.clients.folder").map(Path::of).filter(Files::isDirectory);
        if (folder.isEmpty()) {
            throw new PopulationRun.Refused(policy
                    + " is no file, no folder of knowledge, and setpoint.clients.folder names no folder of clients");
        }
        return only(folder.get(), Optional.of(policy));
    }

    private PopulationSite only(Path fileOrFolder, Optional<String> name) throws IOException, PopulationRun.Refused {
        var knowledge = Knowledge.load();
        var catalog = new ServiceCatalog(knowledge, CdsService.hooksById(), 0);
        var inspection = Inspection.of(fileOrFolder, catalog, LocalDate.now(clock));
        if (name.isEmpty()) {
            inspection.faults().forEach(told::println);
        }
        return inspection.found().stream()
                .map(Inspection.Found::client)
                .filter(client -> name.isEmpty() || client.name().equals(name.get()))
                .findFirst()
                .map(client -> site(client, knowledge))
                .orElseThrow(() ->
                        new PopulationRun.Refused(name.map(wanted -> "no client is registered as " + wanted + " in ")
                                        .orElse("no good client's file: ")
                                + fileOrFolder));
    }

    private static PopulationSite site(Client client, Knowledge knowledge) {
        return new PopulationSite(
                client.name(),
                knowledge,
                client.site().zone(),
                client.site().codes(),
                client.site().transgenderProtocol(),
                client.policies());
    }
}
