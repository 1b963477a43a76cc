package health.setpoint.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.sun.net.httpserver.HttpServer;
import health.setpoint.chart.fetch.FetchMemory;
import health.setpoint.chart.fetch.FhirLimits;
import health.setpoint.chart.fetch.FhirOrigins;
import health.setpoint.chart.fetch.FhirServers;
import health.setpoint.chart.fetch.MissingData;
import health.setpoint.http.body.RequestJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a FHIR server answers is read as requests are: a number that would fill the memory ends the search at once. */
@Tag("attack")
class FetchedNumbersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e99999999",
                "-1e-99999999",
                "1E+400",
                "9e999999999999999999",
                "1.5e2147483647",
                "1${digits}",
                "0.1${digits}",
                "[[[${deep}"
            })
    void anAbsurdNumberCostsNoDeadline(String number) throws IOException {
        var written = number.replace("${digits}", "0".repeat(10_000)).replace("${deep}", "[".repeat(10_000));
        var body = "{\"resourceType\":\"Bundle\",\"total\":" + written + "}";
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            var source = new FhirServers(RequestJson.exact())
                    .forRequest(
                            "a-hospital",
                            FhirOrigins.LOOPBACK,
                            new FhirLimits(Duration.ofMinutes(10), 3, 64 * 1024),
                            Optional.of(
                                    "http://127.0.0.1:" + server.getAddress().getPort() + "/fhir"),
                            Optional.empty(),
                            FetchMemory.UNBOUNDED);
            var need = new MissingData.Need("labs", "Observation");
            var answer = assertTimeout(
                    Duration.ofMinutes(1), () -> source.ask(List.of(need)).get(need));
            assertEquals(new MissingData.Answer.Failed("its answer is not JSON"), answer);
        } finally {
            server.stop(0);
        }
    }
}
