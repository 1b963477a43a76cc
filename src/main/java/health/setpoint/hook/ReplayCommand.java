package health.setpoint.hook;

import health.setpoint.chart.ChartOutcome;
import health.setpoint.chart.ChartReader;
import health.setpoint.chart.ChartRequest;
import health.setpoint.journal.JournalReader;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.KnowledgeException;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code replay [--knowledge folder] [--calls folder] [--from day] [--to day] [--on day]}: decides the journal's entries,
 * or a folder of captured requests, again, and prints as JSON what would change. Without a knowledge folder the present
 * knowledge is used.
 */
@Unremovable
@Singleton
class ReplayCommand implements QuarkusApplication {

    static final String WORD = "replay";

    private static final List<String> OPTIONS = List.of("--knowledge", "--calls", "--from", "--to", "--on");

    private final JournalReader journal;
    private final Knowledge present;
    private final ChartReader chart;
    private final Clock clock;

    ReplayCommand(JournalReader journal, Knowledge present, ChartReader chart, Clock clock) {
        this.journal = journal;
        this.present = present;
        this.chart = chart;
        this.clock = clock;
    }

    /** 0 where nothing would change, 2 where something would, 1 for a wrong command line or knowledge that is refused. */
    @Override
    public int run(String... args) throws IOException {
        return run(System.out, args);
    }

    int run(PrintStream out, String... args) throws IOException {
        try {
            return replay(out, args);
        } catch (KnowledgeException refused) {
            System.err.println("the knowledge is refused: " + refused.getMessage());
            return 1;
        }
    }

    private int replay(PrintStream out, String... args) throws IOException {
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < args.length; i += 2) {
            if (!OPTIONS.contains(args[i]) || i + 1 == args.length) {
                System.err.println(
                        "usage: replay [--knowledge folder] [--calls folder] [--from day] [--to day] [--on day]");
                return 1;
            }
            options.put(args[i], args[i + 1]);
        }
        var other = Optional.ofNullable(options.get("--knowledge"))
                .map(folder -> Knowledge.load(Path.of(folder)))
                .orElse(present);
        var replay = new Replay(other);
        if (options.containsKey("--calls")) {
            calls(Path.of(options.get("--calls")), day(options, "--on", LocalDate.now(clock)), replay);
        } else {
            journal.decisions(
                    start(day(options, "--from", LocalDate.EPOCH)),
                    start(day(options, "--to", LocalDate.now(clock)).plusDays(1)),
                    replay::add);
        }
        var report = replay.report();
        out.println(report.toPrettyString());
        return report.path("changed").intValue() == 0 ? 0 : 2;
    }

    private Instant start(LocalDate day) {
        return day.atStartOfDay(clock.getZone()).toInstant();
    }

    private static LocalDate day(Map<String, String> options, String name, LocalDate otherwise) {
        return options.containsKey(name) ? LocalDate.parse(options.get(name)) : otherwise;
    }

    private void calls(Path folder, LocalDate day, Replay replay) throws IOException {
        List<Path> files = new ArrayList<>();
        try (var all = Files.walk(folder)) {
            all.filter(file -> file.toString().endsWith(".json")).sorted().forEach(files::add);
        }
        for (var file : files) {
            var outcome = read(Files.readAllBytes(file), day);
            if (outcome.isPresent() && outcome.get() instanceof ChartOutcome.Read read) {
                replay.add(folder.relativize(file).toString(), read.facts(), present);
            } else {
                replay.unreadable();
            }
        }
    }

    private Optional<ChartOutcome> read(byte[] request, LocalDate day) {
        try {
            var body = Json.object(request);
            for (var service : Service.values()) {
                if (service.hook().word().equals(body.path("hook").asText())) {
                    var call = Envelope.read(body, service);
                    return Optional.of(chart.read(new ChartRequest(
                            service.hook(),
                            call.patientId(),
                            call.prefetch(),
                            call.draftOrders(),
                            call.selections(),
                            LocalDateTime.of(day, LocalTime.NOON),
                            clock.getZone())));
                }
            }
            return Optional.empty();
        } catch (Refusal noCall) {
            return Optional.empty();
        }
    }
}
