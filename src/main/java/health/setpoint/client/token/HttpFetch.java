package health.setpoint.client.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import health.setpoint.chart.fetch.BoundedBody;
import health.setpoint.chart.fetch.FetchMemory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Gets a JWKS over HTTP: from that address and no other, in little time, and not much of it. */
public final class HttpFetch implements FetchedKeys.Fetch {

    private static final int MOST_BYTES = 64 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final HttpClient http;
    private final Duration patience;

    public HttpFetch(Duration patience) {
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public JsonNode from(URI address) throws IOException {
        var request = HttpRequest.newBuilder(address)
                .header("Accept", "application/json, application/jwk-set+json")
                .timeout(patience)
                .build();
        var answer = http.sendAsync(
                request, head -> new BoundedBody(new AtomicInteger(MOST_BYTES), MOST_BYTES, FetchMemory.UNBOUNDED));
        try {
            var got = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (got.statusCode() != 200) {
                throw new IOException("status " + got.statusCode());
            }
            return JSON.readTree(got.body());
        } catch (JsonProcessingException noJson) {
            throw new IOException("not JSON");
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause().getClass().getSimpleName(), failed.getCause());
        } catch (TimeoutException slow) {
            answer.cancel(true);
            throw new IOException("no answer in time", slow);
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("stopped", stopped);
        }
    }
}
