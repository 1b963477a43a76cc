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
import health.setpoint.knowledge.yaml.KnowledgeException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParameterException;

/**
 * {@code replay}, with {@link ReplayOptions}: decides the journal's entries, or a folder of captured requests, again, and prints as JSON what would change.
 * Without a knowledge folder the present knowledge is used.
 */
@Unremovable
@Singleton
class ReplayCommand implements QuarkusApplication {

    static final String WORD = "replay";

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
            return replay(out, ReplayOptions.of(args));
        } catch (ParameterException wrong) {
            System.err.println(wrong.getMessage());
            return 1;
        } catch (KnowledgeException | Replay.ChoicesRefused refused) {
            System.err.println("the knowledge is refused: " + refused.getMessage());
            return 1;
        } catch (ConfigurationException | JournalUnavailable unreadable) {
            System.err.println(StartFailure.line(unreadable).orElseThrow());
            return 1;
        }
    }

    private int replay(PrintStream out, ReplayOptions options) throws IOException {
        var replay = new Replay(options.knowledge.map(Knowledge::load).orElse(present), this::client);
        if (options.calls.isPresent()) {
            var client = options.client.map(this::client).orElse(Optional.of(house));
            if (client.isEmpty()) {
                System.err.println(
                        "no client is registered as " + options.client.orElseThrow() + " in setpoint.clients.folder");
                return 1;
            }
            calls(options.calls.get(), client.get(), options.on, replay);
        } else {
            journal.get()
                    .decisions(
                            start(options.from.orElse(LocalDate.EPOCH)),
                            start(options.to.orElse(LocalDate.now(clock)).plusDays(1)),
                            decision -> {
                                if (options.client
                                        .filter(name -> !name.equals(decision.client()))
                                        .isEmpty()) {
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

    private void calls(Path folder, Client client, Optional<LocalDate> on, Replay replay) throws IOException {
        var now = on.orElseGet(() -> LocalDate.now(clock.withZone(client.site().zone())))
                .atTime(LocalTime.NOON);
        List<Path> files = new ArrayList<>();
        try (var all = Files.walk(folder)) {
            all.filter(file -> file.toString().endsWith(".json")).sorted().forEach(files::add);
        }
        for (var file : files) {
            var outcome = read(Files.readAllBytes(file), client, now);
            outcome.flatMap(ChartOutcome::known)
                    .ifPresentOrElse(
                            facts -> replay.add(folder.relativize(file).toString(), facts, client), replay::unreadable);
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
