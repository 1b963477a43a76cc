package health.setpoint.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.hook.LargeCall;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The packaged service in a process of its own. */
public final class RunningJar implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path APPLICATION = Path.of("target/quarkus-app");

    private final Process process;
    private final URI base;
    private final Path log;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private ObjectNode sample;

    private RunningJar(Process process, URI base, Path log) {
        this.process = process;
        this.base = base;
        this.log = log;
    }

    /** Starts the jar with these settings and waits until it is ready. */
    public static RunningJar start(Path folder, Map<String, String> settings) throws IOException, InterruptedException {
        return start(folder, settings, List.of());
    }

    /** The same on a machine with these options. */
    static RunningJar start(Path folder, Map<String, String> settings, List<String> options)
            throws IOException, InterruptedException {
        return start(APPLICATION, folder, settings, options);
    }

    /** Another release. */
    static RunningJar start(Path application, Path folder, Map<String, String> settings)
            throws IOException, InterruptedException {
        return start(application, folder, settings, List.of());
    }

    private static RunningJar start(Path application, Path folder, Map<String, String> settings, List<String> options)
            throws IOException, InterruptedException {
        int port = freePort();
        var log = Files.createTempFile("service", ".log");
        log.toFile().deleteOnExit();
        Map<String, String> all = new HashMap<>(settings);
        all.put("quarkus.http.port", String.valueOf(port));
        var process = new ProcessBuilder(commandLine(application, folder, all, options))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var service = new RunningJar(process, URI.create("http://127.0.0.1:" + port), log);
        try {
            service.awaitReady();
        } catch (AssertionError notReady) {
            service.kill();
            throw notReady;
        }
        return service;
    }

    /** What a command of the jar printed, and its exit code. */
    record Ended(int exit, String output) {}

    /** Runs a command of the jar to its end. */
    static Ended command(Path folder, Map<String, String> settings, String... words)
            throws IOException, InterruptedException {
        var command = commandLine(APPLICATION, folder, settings, List.of());
        command.addAll(List.of(words));
        var log = Files.createTempFile("command", ".log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                throw new AssertionError("the command does not end:\n" + Files.readString(log));
            }
            return new Ended(process.exitValue(), Files.readString(log));
        } finally {
            process.destroyForcibly();
            Files.delete(log);
        }
    }

    private static List<String> commandLine(
            Path application, Path folder, Map<String, String> settings, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-Dsetpoint.journal.folder=" + folder.toAbsolutePath()));
        command.addAll(options);
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of(
                "-jar", application.resolve("quarkus-run.jar").toAbsolutePath().toString()));
        return command;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            if (!process.isAlive()) {
                throw new AssertionError("the service did not start:\n" + log());
            }
            try {
                if (get("/q/health/ready").statusCode() == 200) {
                    sample = (ObjectNode)
                            JSON.readTree(get("/samples/order-sign.json").body());
                    return;
                }
            } catch (IOException notYet) {
                // comes up
            }
            Thread.sleep(200);
        }
        throw new AssertionError("the service did not become ready:\n" + log());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> getAsOperator(String path, String token) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(base.resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .timeout(Duration.ofSeconds(60))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Where it answers. */
    public URI base() {
        return base;
    }

    /** What a call sends. */
    public byte[] body(String hookInstance) {
        return sample.deepCopy().put("hookInstance", hookInstance).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What a call as large as one may be sends. */
    byte[] largeBody(String hookInstance) {
        return LargeCall.of(sample.deepCopy().put("hookInstance", hookInstance))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What the process holds of the machine's memory. */
    public long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .sum();
    }

    /** Whether it uses as much of a processor's time, before a minute is over. */
    boolean burns(Duration time) throws InterruptedException {
        var until = used().plus(time);
        for (int i = 0; i < 600 && used().compareTo(until) < 0; i++) {
            Thread.sleep(100);
        }
        return used().compareTo(until) >= 0;
    }

    private Duration used() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** With which code it ended. */
    int exit() {
        return process.exitValue();
    }

    /** One call with a hookInstance of its own. */
    public HttpResponse<String> call() throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(base.resolve("/cds-services/titration-order-sign"))
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(20))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(
                                body(UUID.randomUUID().toString())))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Uuids of the cards of an answer. */
    static List<String> cards(HttpResponse<String> answer) throws IOException {
        List<String> uuids = new ArrayList<>();
        for (JsonNode card : JSON.readTree(answer.body()).path("cards")) {
            uuids.add(card.path("uuid").textValue());
        }
        return uuids;
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    /** SIGTERM, and waits for the end. */
    void stop() {
        process.destroy();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the service did not stop");
            }
        } catch (InterruptedException hurried) {
            throw new AssertionError(hurried);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }

    public String log() throws IOException {
        return Files.readString(log);
    }
}
