package health.setpoint.operator.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service, started as a user starts it: wrongly. */
class StartIT {

    @TempDir
    Path place;

    private record Ended(int code, List<String> out, List<String> err) {}

    private Ended run(List<String> settings, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-Dsetpoint.journal.folder=" + place.resolve("data")));
        settings.forEach(setting -> command.add("-D" + setting));
        command.addAll(List.of(
                "-jar",
                Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath().toString()));
        command.addAll(List.of(words));
        var out = place.resolve("out");
        var err = place.resolve("err");
        var process = new ProcessBuilder(command)
                .directory(place.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertTrue(
                    process.waitFor(60, TimeUnit.SECONDS), () -> String.join(" ", command) + " goes on: " + out + err);
            return new Ended(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
        } finally {
            process.destroyForcibly();
        }
    }

    private DynamicTest refused(String line, String... settings) {
        return dynamicTest(String.join(" ", settings), () -> {
            var ended = run(List.of(settings));
            assertEquals(1, ended.code());
            assertEquals(List.of(), ended.out());
            assertEquals(1, ended.err().size(), ended.err()::toString);
            assertTrue(ended.err().get(0).startsWith("not started: " + line), ended.err()::toString);
            assertFalse(Files.exists(place.resolve("data")), "nothing was opened");
        });
    }

    @TestFactory
    Stream<DynamicTest> aHarmfulStartIsRefusedInOneLine() throws IOException {
        var file = Files.writeString(place.resolve("file"), "");
        return Stream.of(
                refused("setpoint.zone is Mars/Base, which ", "setpoint.zone=Mars/Base"),
                refused(
                        "setpoint.journal.folder is " + file + "/data, which ",
                        "setpoint.journal.folder=" + file + "/data"),
                refused("setpoint.public-url is /titration, which ", "setpoint.public-url=/titration"),
                refused("setpoint.journal.hash-key has 5 characters; it needs 32", "setpoint.journal.hash-key=short"),
                refused("setpoint.operator-token has 5 characters; it needs 16", "setpoint.operator-token=short"),
                refused("setpoint.clients.folder is /nowhere, which ", "setpoint.clients.folder=/nowhere"),
                refused("setpoint.cors.origins is foo, which ", "setpoint.cors.origins=foo"),
                refused("setpoint.largest-body is 4X, which ", "setpoint.largest-body=4X"));
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var ended = run(List.of("quarkus.http.port=" + taken.getLocalPort()));
            assertEquals(1, ended.code());
            assertEquals(1, ended.err().size(), ended.err()::toString);
            assertTrue(
                    ended.err().get(0).startsWith("not started: quarkus.http.port is " + taken.getLocalPort()),
                    ended.err()::toString);
        }
    }

    @Test
    void helpAndWhatIsNoCommandPrintUsageAndStartNothing() throws Exception {
        var help = run(List.of(), "--help");
        assertEquals(0, help.code());
        assertTrue(help.out().get(0).startsWith("usage: java "), help.out()::toString);
        for (var word : List.of("start", "-Dsetpoint.zone=UTC", "repaly")) {
            var ended = run(List.of(), word);
            assertEquals(1, ended.code(), word);
            assertEquals(List.of(), ended.out());
            assertTrue(ended.err().get(1).startsWith("usage: java "), ended.err()::toString);
            assertEquals(help.out().size() + 1, ended.err().size());
        }
        assertFalse(Files.exists(place.resolve("data")));
    }

    @Test
    void replayOfWhatIsNotThereSaysSo() throws Exception {
        for (var wrong : List.of(
                List.of("replay"),
                List.of("replay", "--calls", "/nowhere/at/all"),
                List.of("replay", "--knowledge", "/nowhere/at/all"),
                List.of("replay", "--from", "yesterday"))) {
            var ended = run(List.of(), wrong.toArray(String[]::new));
            assertEquals(1, ended.code(), wrong::toString);
            assertEquals(List.of(), ended.out());
            assertEquals(1, ended.err().size(), ended.err()::toString);
            var named = wrong.size() == 1 ? place.resolve("data").toString() : wrong.get(2);
            assertTrue(ended.err().get(0).contains(named), ended.err()::toString);
        }
        assertFalse(Files.exists(place.resolve("data")), "no journal is made to be read");
    }
}
