package health.setpoint.hook;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged service in a process of its own, with settings as shipped and a journal in a folder for the run. */
final class MeasuredService implements AutoCloseable {

    private static final String HEAP = "-Xmx512m";

    private final Process process;
    private final InetSocketAddress address;

    private MeasuredService(Process process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    static MeasuredService start(Path jar, Path folder) throws IOException, InterruptedException {
        var port = freePort();
        var process = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        HEAP,
                        "-Dquarkus.http.port=" + port,
                        "-Dsetpoint.journal.folder=" + folder.resolve("journal"),
                        "-jar",
                        jar.toAbsolutePath().toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("service.log").toFile())
                .start();
        var service = new MeasuredService(process, new InetSocketAddress("127.0.0.1", port));
        service.awaitReady(folder);
        return service;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady(Path folder) throws IOException, InterruptedException {
        for (int i = 0; i < 600 && process.isAlive(); i++) {
            try (var connection = new Connection(address)) {
                if (connection.get("/q/health/ready").status() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // comes up
            }
            Thread.sleep(100);
        }
        close();
        throw new IllegalStateException(
                "the service did not start:\n" + Files.readString(folder.resolve("service.log")));
    }

    InetSocketAddress address() {
        return address;
    }

    void keepDecisions(boolean keeping) throws IOException {
        try (var connection = new Connection(address)) {
            connection.post("/bench/journal/" + keeping, new byte[0]);
        }
    }

    /** Bytes that the service has allocated since its start. */
    long allocated() throws IOException {
        try (var connection = new Connection(address)) {
            return Long.parseLong(connection.get("/bench/allocated").text());
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
