package health.setpoint.hook;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The packaged service from cold: until its first answer, and how its rate climbs from then on. Where the package has a
 * trained cache (./mvnw -Paot,bench, JDK 25) by turns with and without it.
 */
final class ColdStart {

    /** With it a JVM that cannot use the cache does not start. */
    private static final String USED_OR_NOT_STARTED = "-XX:AOTMode=on";

    private static final String NOT_USED = "-XX:AOTMode=off";
    private static final String HEAP = "-Xmx230m";
    private static final int ROUNDS = 3;
    private static final int CALLERS = 16;
    private static final int STEPS = 15;
    private static final Duration STEP = Duration.ofSeconds(2);
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final String INSTANCE = "\"hookInstance\":\"";

    /**
     * One start.
     *
     * @param cached with the cache, which was used
     * @param first from the start of the process to the first answer of the large call
     * @param processor that the process had used by then
     * @param perSecond answers a second in each step after it
     * @param load the machine's load average after it, this one's own callers included
     */
    record Start(boolean cached, Duration first, Duration processor, List<Double> perSecond, double load) {}

    private final Path application;
    private final Path folder;
    private final byte[] message = Connection.message(
            "/cds-services/titration-order-sign", OrderSignRequest.of(1, LocalDate.now(ZoneOffset.UTC)));

    ColdStart(Path jar, Path folder) {
        this.application = jar.toAbsolutePath().getParent();
        this.folder = folder;
    }

    List<Start> run() throws IOException, InterruptedException {
        var isTrained = Files.exists(application.resolve("app.aot"));
        List<Start> starts = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            if (isTrained) {
                starts.add(start(List.of("@jvm.options", USED_OR_NOT_STARTED), true));
                starts.add(start(List.of("@jvm.options", NOT_USED), false));
            } else {
                starts.add(start(List.of(), false));
            }
        }
        return starts;
    }

    private Start start(List<String> options, boolean cached) throws IOException, InterruptedException {
        var port = freePort();
        var run = Files.createTempDirectory(folder, "cold");
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options);
        command.addAll(List.of(
                HEAP,
                "-Dquarkus.http.port=" + port,
                "-Dsetpoint.journal.folder=" + run.resolve("journal").toAbsolutePath(),
                "-jar",
                "quarkus-run.jar"));
        var began = System.nanoTime();
        var process = new ProcessBuilder(command)
                .directory(application.toFile())
                .redirectErrorStream(true)
                .redirectOutput(run.resolve("service.log").toFile())
                .start();
        try {
            var address = new InetSocketAddress("127.0.0.1", port);
            awaitAnswer(process, address, began, run);
            var first = Duration.ofNanos(System.nanoTime() - began);
            var processor = process.info().totalCpuDuration().orElse(Duration.ZERO);
            var climb = climb(address);
            return new Start(
                    cached,
                    first,
                    processor,
                    climb,
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        } finally {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer(Process process, InetSocketAddress address, long began, Path run)
            throws IOException, InterruptedException {
        while (process.isAlive() && System.nanoTime() - began < LONGEST_START.toNanos()) {
            try (var connection = new Connection(address)) {
                if (connection.send(message).status() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // comes up
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new IllegalStateException("the service did not start:\n" + Files.readString(run.resolve("service.log")));
    }

    private List<Double> climb(InetSocketAddress address) throws InterruptedException {
        var answers = new AtomicInteger();
        var instances = new AtomicInteger();
        var ended = new AtomicBoolean();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            var caller = new Thread(() -> keepCalling(address, answers, instances, ended));
            callers.add(caller);
            caller.start();
        }
        List<Double> perSecond = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            var before = answers.get();
            TimeUnit.NANOSECONDS.sleep(STEP.toNanos());
            perSecond.add((answers.get() - before) / (double) STEP.toSeconds());
        }
        ended.set(true);
        for (var caller : callers) {
            caller.join();
        }
        return perSecond;
    }

    private void keepCalling(
            InetSocketAddress address, AtomicInteger answers, AtomicInteger instances, AtomicBoolean ended) {
        var own = message.clone();
        var at = new String(own, StandardCharsets.ISO_8859_1).indexOf(INSTANCE) + INSTANCE.length();
        try (var connection = new Connection(address)) {
            while (!ended.get()) {
                var number = String.format("%08x", instances.incrementAndGet()).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(number, 0, own, at, number.length);
                var answer = connection.send(own);
                if (answer.status() != 200) {
                    throw new IllegalStateException(answer.status() + " " + answer.text());
                }
                answers.incrementAndGet();
            }
        } catch (IOException cutOff) {
            throw new IllegalStateException(cutOff);
        }
    }

    /** The section of the document. */
    static String section(List<Start> starts) {
        var rows = new StringBuilder();
        for (var start : starts) {
            rows.append("| ")
                    .append(start.cached() ? "with the cache, which was used" : "without")
                    .append(String.format(
                            " | %.2f | %.1f | ",
                            start.first().toMillis() / 1e3, start.processor().toMillis() / 1e3));
            start.perSecond().forEach(rate -> rows.append(Math.round(rate)).append(' '));
            rows.append(String.format("| %.1f |%n", start.load()));
        }
        return """
                ## From cold

                Starts by turns, %d callers from the first answer on. Where the package was trained (`./mvnw -Paot,bench` with
                JDK 25) every other one has the AOT cache; a JVM that could not use it would not have started (%s).

                | start | s to the first answer | s of processor time until then | answers/s in each %d s after it | load average |
                |---|---|---|---|---|
                %s
                """.formatted(CALLERS, USED_OR_NOT_STARTED, STEP.toSeconds(), rows);
    }

    /** Only this: a packaged jar, and a folder for the run. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        var folder = Files.createDirectories(Path.of(arguments[1]));
        System.out.println(section(new ColdStart(Path.of(arguments[0]), folder).run()));
    }
}
