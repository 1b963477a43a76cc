package health.setpoint.population;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import health.setpoint.chart.CodeRelevance;
import health.setpoint.population.bulk.BulkFolder;
import health.setpoint.population.bulk.BulkFolder.BulkFile;
import health.setpoint.population.bulk.Deletions;
import health.setpoint.population.bulk.Intake;
import health.setpoint.population.bulk.OwnFiles;
import health.setpoint.population.bulk.SeparateMedications;
import health.setpoint.population.decision.PatientEvaluation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One run over an export: the lines told apart by patient, each patient decided, and what came of it written. All of it grows
 * beside the output folder, which appears at one stroke when it is whole; a run that was killed goes on where it was.
 */
public final class PopulationRun {

    private static final String KIND = "run.json";

    private final PopulationOptions options;
    private final PrintStream told;

    /** @param told where the progress is told, in numbers only */
    public PopulationRun(PopulationOptions options, PrintStream told) {
        this.options = options;
        this.told = told;
    }

    /** The run cannot be begun, or not be ended. */
    public static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        public Refused(String why) {
            super(why);
        }
    }

    /**
     * Runs to the end.
     *
     * @throws Refused where the output is there already, or the input holds no lines
     */
    public void run() throws IOException, InterruptedException, Refused {
        var output = options.output().toAbsolutePath().normalize();
        refuseFull(output);
        var folder = BulkFolder.of(options.input());
        if (folder.files().isEmpty()) {
            throw new Refused(options.input() + " holds no .ndjson file");
        }
        var work = OwnFiles.folder(output.resolveSibling(output.getFileName() + ".partial"));
        begin(work, folder);
        var progress = new Progress(told);
        var intake = intake(work, folder, progress);
        var parts = Intake.partitionsFor(folder.bytes());
        decide(work, folder, parts, progress);
        var result = work.resolve("result");
        OwnFiles.remove(result);
        new RunResults(options, folder, work, parts, intake).write(OwnFiles.folder(result));
        Files.deleteIfExists(output);
        OwnFiles.move(result, output);
        OwnFiles.remove(work);
        progress.done("written to " + output);
    }

    private static void refuseFull(Path output) throws IOException, Refused {
        if (Files.exists(output)) {
            try (var inside = Files.list(output)) {
                if (inside.findAny().isPresent()) {
                    throw new Refused(output + " is there already: name another folder, or remove it");
                }
            }
        }
    }

    /** What a run of another kind left is of no use. */
    private void begin(Path work, BulkFolder folder) throws IOException {
        var kind = kind(folder);
        var file = work.resolve(KIND);
        if (Files.exists(file) && Files.readString(file).equals(kind)) {
            told.println("going on where an earlier run ended");
            return;
        }
        OwnFiles.remove(work);
        OwnFiles.folder(work);
        OwnFiles.write(file, kind.getBytes(StandardCharsets.UTF_8));
    }

    /** All that the result depends on. */
    private String kind(BulkFolder folder) {
        var kind = JsonNodeFactory.instance.objectNode();
        var site = options.site();
        kind.put("now", options.now().toString())
                .put("client", site.name())
                .put("zone", site.zone().toString())
                .put("policies", site.policies().hash())
                .put(
                        "compared",
                        options.compared()
                                .map(other -> other.name() + other.policies().hash())
                                .orElse(""))
                .put("names", options.names().fingerprint());
        var files = kind.putArray("files");
        for (var file : folder.files()) {
            files.add(file.name() + " " + file.bytes() + " " + file.modified());
        }
        return kind.toString();
    }

    private Intake intake(Path work, BulkFolder folder, Progress progress) throws IOException, InterruptedException {
        var site = options.site();
        var intake = new Intake(
                work,
                Intake.partitionsFor(folder.bytes()),
                options.threads(),
                new CodeRelevance(
                        site.knowledge(),
                        site.codes(),
                        site.zone(),
                        options.now().toLocalDate()));
        intake.takeAll(folder.files(), bytes -> progress.taken(bytes, folder.bytes()));
        return intake;
    }

    private void decide(Path work, BulkFolder folder, int parts, Progress progress)
            throws IOException, InterruptedException {
        var deletions = Deletions.of(work);
        try (var medications = SeparateMedications.of(work, deletions)) {
            var decision = new PartDecision(
                    work,
                    folder.files().stream().map(BulkFile::name).toList(),
                    deletions,
                    medications,
                    new PatientEvaluation(options.site(), options.now()),
                    options.compared().map(site -> new PatientEvaluation(site, options.now())),
                    options.names(),
                    progress);
            inParallel(decision, parts, progress);
        }
    }

    private void inParallel(PartDecision decision, int parts, Progress progress)
            throws IOException, InterruptedException {
        var next = new AtomicInteger();
        var done = new AtomicInteger();
        var pool = Executors.newFixedThreadPool(options.threads());
        List<Future<?>> workers = new ArrayList<>();
        try {
            for (int i = 0; i < options.threads(); i++) {
                workers.add(pool.submit(() -> {
                    for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
                        decision.decide(part);
                        progress.partition(done.incrementAndGet(), parts);
                    }
                    return null;
                }));
            }
            for (var worker : workers) {
                worker.get();
            }
        } catch (ExecutionException failed) {
            throw Optional.of(failed.getCause())
                    .filter(IOException.class::isInstance)
                    .map(IOException.class::cast)
                    .orElseGet(() -> new IOException(failed.getCause()));
        } finally {
            next.set(parts);
            pool.shutdownNow();
        }
    }
}
