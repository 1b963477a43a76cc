package health.setpoint.sandbox.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.journal.RunningJar;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages need is in the jar: their modules, and the libraries of modules and styles from Maven. */
class PackagedPagesIT {

    private static final Pattern NEEDED =
            Pattern.compile("(?:href|src)=\"(/[^\"#?]+\\.(?:js|css|svg))\"|from '(/?[./a-z]+\\.js)'");
    private static final Map<String, String> TYPES =
            Map.of("js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void everyModuleAndLibraryIsServed() throws IOException, InterruptedException {
        try (var service = RunningJar.start(folder, Map.of())) {
            Set<String> seen = new LinkedHashSet<>();
            var open = new ArrayDeque<>(List.of("/", "/sandbox", "/app", "/app/launch"));
            while (!open.isEmpty()) {
                var path = open.remove();
                if (!seen.add(path)) {
                    continue;
                }
                var answer = get(service.base().resolve(path));
                assertEquals(200, answer.statusCode(), path);
                var type = TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "text/html");
                assertTrue(
                        answer.headers().firstValue("Content-Type").orElse("").startsWith(type), path);
                if (path.startsWith("/webjars")) {
                    continue;
                }
                var needed = NEEDED.matcher(answer.body());
                while (needed.find()) {
                    var name = needed.group(1) == null ? needed.group(2) : needed.group(1);
                    open.add(URI.create(path).resolve(name).getPath());
                }
            }
            assertTrue(seen.contains("/webjars/uplot/dist/uPlot.iife.min.js"), seen::toString);
            assertTrue(seen.contains("/app/whatif.js"), seen::toString);
            assertTrue(seen.contains("/app/launch.js"), seen::toString);
        }
    }

    private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(address)
                        .header("Accept", "text/html, */*;q=0.1")
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
