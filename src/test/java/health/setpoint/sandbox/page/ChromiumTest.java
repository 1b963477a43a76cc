package health.setpoint.sandbox.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a browser is looked for, and that continuous integration notices where there was none. */
class ChromiumTest {

    @TempDir
    Path place;

    @Test
    void theBrowserThatIsNamedIsTakenAndNoOther() throws IOException {
        var own = Files.writeString(place.resolve("chromium"), "#!/bin/sh\n");
        assertEquals(Optional.empty(), Chromium.executable(own.toString()), "it cannot be run");
        assertTrue(own.toFile().setExecutable(true));
        assertEquals(Optional.of(own), Chromium.executable(own.toString()));
        assertEquals(Optional.empty(), Chromium.executable(place.resolve("none").toString()));
    }

    @Test
    void continuousIntegrationFailsWhereABrowserTestWasSkippedOrNotRun() throws IOException, InterruptedException {
        var check = Files.readString(Path.of(".ci/run"));
        var loop = check.substring(check.indexOf("for tests in"));
        assertTrue(check.contains("export SETPOINT_BROWSER_TESTS=required"));
        assertEquals(0, status(loop, "0"));
        assertEquals(1, status(loop, "2"));
        assertEquals(1, status(loop, ""));
    }

    /** Of the last lines of {@code .ci/run}, where so many tests of each class were skipped. */
    private int status(String loop, String skipped) throws IOException, InterruptedException {
        var reports = Files.createDirectories(place.resolve("target/surefire-reports"));
        var sources = "src/test/java/health/setpoint/sandbox/page";
        Files.createDirectories(place.resolve(sources));
        for (var tests : inBrowser(sources)) {
            Files.writeString(place.resolve(sources).resolve(tests + ".java"), "");
            var report = reports.resolve("TEST-health.setpoint.sandbox.page." + tests + ".xml");
            Files.deleteIfExists(report);
            if (!skipped.isEmpty()) {
                Files.writeString(report, "<testsuite tests=\"2\" skipped=\"" + skipped + "\" failures=\"0\">\n");
            }
        }
        var run = new ProcessBuilder("bash", "-c", "set -euo pipefail\n" + loop)
                .directory(place.toFile())
                .redirectErrorStream(true)
                .start();
        run.getInputStream().readAllBytes();
        assertTrue(run.waitFor(30, TimeUnit.SECONDS));
        return run.exitValue();
    }

    private static List<String> inBrowser(String sources) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(sources))) {
            var names = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> name.endsWith("InBrowserTest"))
                    .toList();
            assertTrue(names.size() >= 4, names::toString);
            return names;
        }
    }
}
