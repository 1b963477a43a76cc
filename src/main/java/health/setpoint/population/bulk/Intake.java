package health.setpoint.population.bulk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import health.setpoint.chart.CodeRelevance;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.http.body.RequestJson;
import health.setpoint.population.bulk.BulkFolder.BulkFile;
import health.setpoint.population.bulk.IntakeCounts.Fate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * The first half of a run: all lines of an export, told apart by patient on the disk. Between files the state is kept, so
 * that a run that was killed goes on where it was.
 */
public final class Intake {

    private static final String STATE = "intake.json";
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(5);
    private static final int BLOCKS_PER_THREAD = 2;

    private final Path folder;
    private final int threads;
    private final CodeMemo codes;
    private final Partitions partitions;
    private final SpooledLines medications;
    private final SpooledLines deletions;
    private final Rejects rejects;
    private final IntakeCounts counts = new IntakeCounts();
    private final UnmappedCodes unmapped = new UnmappedCodes();

    /**
     * An intake into a folder.
     *
     * @param count of the partitions
     */
    public Intake(Path folder, int count, int threads, CodeRelevance relevance) {
        this.folder = folder;
        this.threads = threads;
        this.codes = new CodeMemo(relevance);
        this.partitions = new Partitions(folder, count);
        this.medications = new SpooledLines(medications(folder));
        this.deletions = new SpooledLines(deletions(folder));
        this.rejects = new Rejects(rejects(folder));
    }

    /** So many partitions as an input of so many bytes needs. */
    public static int partitionsFor(long inputBytes) {
        return Partitions.count(inputBytes);
    }

    static Path medications(Path folder) {
        return folder.resolve("medications.ndjson");
    }

    static Path deletions(Path folder) {
        return folder.resolve("deletions.txt");
    }

    /** Where the lines are named that could not be taken. */
    public static Path rejects(Path folder) {
        return folder.resolve("intake-rejects.ndjson");
    }

    /** A piece of a file. */
    record FileBlock(String file, int number, LineBlocks.Block block) {}

    public IntakeCounts counts() {
        return counts;
    }

    public UnmappedCodes unmapped() {
        return unmapped;
    }

    CodeMemo codes() {
        return codes;
    }

    Partitions partitions() {
        return partitions;
    }

    SpooledLines medications() {
        return medications;
    }

    Rejects rejects() {
        return rejects;
    }

    /**
     * Takes all files that an earlier run has not.
     *
     * @param read is told how many bytes of files were taken, those of an earlier run included
     */
    public void takeAll(List<BulkFile> files, LongConsumer read) throws IOException, InterruptedException {
        var done = resume();
        long bytes = 0;
        var last = System.nanoTime();
        for (int i = 0; i < files.size(); i++) {
            var file = files.get(i);
            if (i >= done) {
                take(file, i);
                if (System.nanoTime() - last > BETWEEN_CHECKPOINTS.toNanos() || i == files.size() - 1) {
                    checkpoint(i + 1);
                    last = System.nanoTime();
                }
            }
            bytes += file.bytes();
            read.accept(bytes);
        }
    }

    private void take(BulkFile file, int number) throws IOException, InterruptedException {
        BlockingQueue<Optional<FileBlock>> queue = new ArrayBlockingQueue<>(threads * BLOCKS_PER_THREAD);
        var pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> workers = new ArrayList<>();
        try {
            for (int i = 0; i < threads; i++) {
                workers.add(pool.submit(() -> {
                    var lines = new LineIntake(this);
                    for (var work = queue.take(); work.isPresent(); work = queue.take()) {
                        lines.take(work.get());
                    }
                    return null;
                }));
            }
            read(file, number, queue, workers);
            for (int i = 0; i < threads; i++) {
                put(queue, Optional.empty(), workers);
            }
            for (var worker : workers) {
                worker.get();
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException io ? io : new IOException(failed.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private void read(BulkFile file, int number, BlockingQueue<Optional<FileBlock>> queue, List<Future<?>> workers)
            throws IOException, InterruptedException, ExecutionException {
        try (var in = file.open()) {
            var blocks = new LineBlocks(in);
            for (var block = blocks.next(); block.isPresent(); block = blocks.next()) {
                put(queue, Optional.of(new FileBlock(file.name(), number, block.get())), workers);
            }
            blocks.fault()
                    .ifPresent(cut -> rejectFile(
                            file, "the file breaks off: " + cut.getClass().getSimpleName()));
        } catch (IOException unreadable) {
            rejectFile(file, "the file cannot be read: " + unreadable.getClass().getSimpleName());
        }
    }

    private void rejectFile(BulkFile file, String why) {
        counts.count(Fate.REJECTED);
        counts.countError();
        rejects.add(file.name(), 0, "", why);
    }

    /** A worker that failed takes nothing more: whoever waits for it would wait for ever. */
    private static void put(
            BlockingQueue<Optional<FileBlock>> queue, Optional<FileBlock> block, List<Future<?>> workers)
            throws InterruptedException, ExecutionException {
        while (!queue.offer(block, 1, TimeUnit.SECONDS)) {
            for (var worker : workers) {
                if (worker.isDone()) {
                    worker.get();
                }
            }
        }
    }

    // --- what is of no one patient

    /** Notes what a line of a {@code deleted} file takes back; false where it takes nothing back. */
    boolean deletions(byte[] bytes, int from, int to) {
        try {
            var bundle = RequestJson.exact().readTree(bytes, from, to - from);
            var found = 0;
            for (var entry : FhirJson.allObjects(bundle, "entry")) {
                var request = entry.path("request");
                if (request.path("method").asText().equalsIgnoreCase("DELETE")) {
                    var reference = request.path("url").asText().getBytes(StandardCharsets.UTF_8);
                    deletions.add(reference, 0, reference.length);
                    found++;
                }
            }
            if (found > 0) {
                counts.count(Fate.DELETION);
            }
            return found > 0;
        } catch (IOException broken) {
            return false;
        }
    }

    /** Notes what a line of an {@code error} file says that could not be exported. */
    void outcome(byte[] bytes, int from, int to) {
        counts.count(Fate.OUTCOME);
        try {
            var outcome = RequestJson.exact().readTree(bytes, from, to - from);
            for (var issue : FhirJson.allObjects(outcome, "issue")) {
                var severity = issue.path("severity").asText();
                if (!severity.equals("information") && !severity.equals("warning") && !severity.equals("success")) {
                    counts.countError();
                    return;
                }
            }
        } catch (IOException broken) {
            counts.countError();
        }
    }

    /** A patient of whom a line could not be read. */
    void lacking(String patient, byte[] origin) {
        var line = ("{\"resourceType\":\"Basic\",\"subject\":{\"reference\":" + TextNode.valueOf("Patient/" + patient)
                        + "}}")
                .getBytes(StandardCharsets.UTF_8);
        try {
            partitions.add(patient, origin, line, 0, line.length);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    // --- the state between files

    private void checkpoint(int files) throws IOException {
        var state = JsonNodeFactory.instance.objectNode().put("files", files);
        var lengths = state.putArray("partitions");
        for (var length : partitions.flush()) {
            lengths.add(length);
        }
        state.put("medications", medications.flush());
        state.put("deletions", deletions.flush());
        state.put("rejects", rejects.flush());
        state.set("counts", counts.json());
        state.set("unmapped", unmapped.json());
        OwnFiles.write(folder.resolve(STATE), RequestJson.bytes(state));
    }

    private int resume() throws IOException {
        var file = folder.resolve(STATE);
        if (Files.notExists(file)) {
            // What a run left that was killed before its first checkpoint.
            cut(new long[partitions.size()], 0, 0, 0);
            return 0;
        }
        var state = (ObjectNode) RequestJson.exact().readTree(Files.readAllBytes(file));
        var lengths = new long[state.path("partitions").size()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = state.path("partitions").get(i).asLong();
        }
        cut(
                lengths,
                state.path("medications").asLong(),
                state.path("deletions").asLong(),
                state.path("rejects").asLong());
        counts.addAll(state.path("counts"));
        unmapped.addAll(state.path("unmapped"));
        return state.path("files").asInt();
    }

    private void cut(long[] lengths, long toMedications, long toDeletions, long toRejects) throws IOException {
        partitions.cut(lengths);
        medications.cut(toMedications);
        deletions.cut(toDeletions);
        rejects.cut(toRejects);
    }
}
