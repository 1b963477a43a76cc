package health.setpoint.operator.command;

import health.setpoint.chart.ChartOutcome;
import health.setpoint.chart.ChartReader;
import health.setpoint.client.Client;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.client.access.AccessControl;
import health.setpoint.hook.evaluation.Evaluation;
import health.setpoint.hook.request.CdsService;
import health.setpoint.hook.request.HookRequestParser;
import health.setpoint.http.body.RequestJson;
import health.setpoint.http.error.RequestException;
import health.setpoint.journal.JournalReader;
import health.setpoint.journal.JournalUnavailable;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.KnowledgeException;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code replay [--knowledge folder] [--client name] [--from day] [--to day]}, or {@code --calls folder [--on day]} instead
 * of days: decides the journal's entries, or a folder of captured requests, again, and prints as JSON what would change.
 * Without a knowledge folder the present knowledge is used.
 */
@Unremovable
@Singleton
class ReplayCommand implements QuarkusApplication {

    static final String WORD = "replay";

    static final String CALLS = "--calls";

    private static final List<String> DAYS = List.of("--from", "--to", "--on");
    private static final List<String> FOLDERS = List.of("--knowledge", CALLS);
    private static final List<String> OPTIONS = List.of("--knowledge", "--client", CALLS, "--from", "--to", "--on");
    private static final int LAST_YEAR = 9999;
    private static final String USAGE =
            "usage: replay [--knowledge folder] [--client name] [--from day] [--to day] [--calls folder [--on day]]";

    private final Provider<JournalReader> journal;
    private final Knowledge present;
    private final ChartReader chart;
    private final AccessControl accessControl;
    private final Client house;
    private final Clock clock;

    ReplayCommand(
            Provider<JournalReader> journal,
            Knowledge present,
            ChartReader chart,
            AccessControl accessControl,
            ServiceCatalog catalog,
            Clock clock) {
        this.journal = journal;
        this.present = present;
        this.chart = chart;
        this.accessControl = accessControl;
        this.house = Client.local(catalog, clock.getZone());
        this.clock = clock;
    }

    /**
     * 0 where nothing would change, 2 where something would, 1 for a wrong command line, knowledge that is refused, or a
     * journal that cannot be read.
     */
    @Override
    public int run(String... args) throws IOException {
        return run(System.out, args);
    }

    int run(PrintStream out, String... args) throws IOException {
        try {
            return replay(out, args);
        } catch (KnowledgeException | Replay.ChoicesRefused refused) {
            System.err.println("the knowledge is refused: " + refused.getMessage());
            return 1;
        } catch (ConfigurationException | JournalUnavailable unreadable) {
            System.err.println(StartFailure.line(unreadable).orElseThrow());
            return 1;
        }
    }

    /** What is wrong with a command line, before anything is opened for it. */
    static Optional<String> fault(String... args) {
        if (args.length % 2 == 0) {
            return Optional.of(USAGE);
        }
        for (int i = 1; i < args.length; i += 2) {
            var name = args[i];
            var value = args[i + 1];
            if (!OPTIONS.contains(name)) {
                return Optional.of(USAGE);
            }
            if (FOLDERS.contains(name) && !Files.isDirectory(Path.of(value))) {
                return Optional.of(name + ": there is no folder " + value);
            }
            if (DAYS.contains(name) && !isDay(value)) {
                return Optional.of(name + ": " + value + " is no day such as 2026-11-23");
            }
        }
        return Optional.empty();
    }

    private static boolean isDay(String text) {
        try {
            return LocalDate.parse(text).getYear() <= LAST_YEAR;
        } catch (DateTimeParseException noDay) {
            return false;
        }
    }

    private int replay(PrintStream out, String... args) throws IOException {
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < args.length; i += 2) {
            if (!OPTIONS.contains(args[i]) || i + 1 == args.length) {
                System.err.println(USAGE);
                return 1;
            }
            options.put(args[i], args[i + 1]);
        }
        var other = Optional.ofNullable(options.get("--knowledge"))
                .map(folder -> Knowledge.load(Path.of(folder)))
                .orElse(present);
        var replay = new Replay(other, this::client);
        var named = Optional.ofNullable(options.get("--client"));
        if (options.containsKey(CALLS)) {
            var client = named.isEmpty() ? Optional.of(house) : client(named.get());
            if (client.isEmpty()) {
                System.err.println("no client is registered as " + named.get() + " in setpoint.clients.folder");
                return 1;
            }
            calls(Path.of(options.get(CALLS)), client.get(), options, replay);
        } else {
            journal.get()
                    .decisions(
                            start(day(options, "--from", LocalDate.EPOCH)),
                            start(day(options, "--to", LocalDate.now(clock)).plusDays(1)),
                            decision -> {
                                if (named.isEmpty() || named.get().equals(decision.client())) {
                                    replay.add(decision);
                                }
                            });
        }
        var report = replay.report();
        out.println(report.toPrettyString());
        return report.path("changed").intValue() == 0 ? 0 : 2;
    }

    /** What was decided in local mode was decided by the house's defaults, also where clients are registered now. */
    private Optional<Client> client(String name) {
        return name.equals(house.name()) ? Optional.of(house) : accessControl.client(name);
    }

    private Instant start(LocalDate day) {
        return day.atStartOfDay(clock.getZone()).toInstant();
    }

    private static LocalDate day(Map<String, String> options, String name, LocalDate otherwise) {
        return options.containsKey(name) ? LocalDate.parse(options.get(name)) : otherwise;
    }

    private void calls(Path folder, Client client, Map<String, String> options, Replay replay) throws IOException {
        var now = day(
                        options,
                        "--on",
                        LocalDate.now(clock.withZone(client.site().zone())))
                .atTime(LocalTime.NOON);
        List<Path> files = new ArrayList<>();
        try (var all = Files.walk(folder)) {
            all.filter(file -> file.toString().endsWith(".json")).sorted().forEach(files::add);
        }
        for (var file : files) {
            var outcome = read(Files.readAllBytes(file), client, now);
            if (outcome.isPresent() && outcome.get() instanceof ChartOutcome.Read read) {
                replay.add(folder.relativize(file).toString(), read.facts(), client);
            } else {
                replay.unreadable();
            }
        }
    }

    private Optional<ChartOutcome> read(byte[] request, Client client, LocalDateTime now) {
        try {
            var body = RequestJson.object(request);
            for (var service : CdsService.values()) {
                if (service.hook().word().equals(body.path("hook").asText())) {
                    var call = HookRequestParser.read(body, service);
                    return Optional.of(chart.read(Evaluation.request(client.site(), call, now)));
                }
            }
            return Optional.empty();
        } catch (RequestException noCall) {
            return Optional.empty();
        }
    }
}
