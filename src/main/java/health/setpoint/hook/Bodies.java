package health.setpoint.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Request bodies off the wire: up to {@code setpoint.largest-body}, within {@code setpoint.slowest-body}, and with at most
 * {@code setpoint.largest-bundle} entries in a Bundle.
 */
@Singleton
class Bodies {

    /** What is made room for before it has come; more is made when it comes. */
    private static final int MOST_ROOM = 256 * 1024;

    private static final int LEAST_ROOM = 16 * 1024;

    private final int largest;
    private final int mostEntries;
    private final Duration slowest;

    Bodies(
            @ConfigProperty(name = "setpoint.largest-body") MemorySize largest,
            @ConfigProperty(name = "setpoint.largest-bundle") int mostEntries,
            @ConfigProperty(name = "setpoint.slowest-body") Duration slowest) {
        this.largest = Math.toIntExact(largest.asLongValue());
        this.mostEntries = mostEntries;
        this.slowest = slowest;
    }

    /** Whether a body that announces this many bytes is too large to be read. */
    boolean tooLarge(long announced) {
        return announced > largest;
    }

    /**
     * The body of this call as a JSON object.
     *
     * @throws Refusal 413 where a body of unannounced length proves too large or a Bundle holds too many entries, 408
     *     where it comes too slowly or not to its end, 415 where no media type is named, 400 where it is no JSON object
     */
    ObjectNode object(RoutingContext call, InputStream body) {
        if (call.request().getHeader(HttpHeaders.CONTENT_TYPE) == null) {
            throw new Refusal(415, StatusIssues.of(415));
        }
        ObjectNode object;
        try {
            object = read(body, announced(call));
        } catch (IOException cutOrTooSlow) {
            throw new Refusal(408, StatusIssues.of(408));
        }
        object.path("prefetch")
                .properties()
                .forEach(sent -> checkEntries("prefetch." + sent.getKey(), sent.getValue()));
        checkEntries("context.draftOrders", object.path("context").path("draftOrders"));
        return object;
    }

    /** Bytes that the call announces; 0 where it announces none, the most there are where the number is absurd. */
    static long announced(RoutingContext call) {
        var length = call.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException beyondLong) {
            return Long.MAX_VALUE;
        }
    }

    private ObjectNode read(InputStream body, long announced) throws IOException {
        // One byte more than announced, so that the end is met without growing.
        var bytes = new byte[(int) Math.max(LEAST_ROOM, Math.min(MOST_ROOM, announced) + 1)];
        var length = 0;
        var began = System.nanoTime();
        for (var got = 0; got >= 0; got = body.read(bytes, length, bytes.length - length)) {
            length += got;
            if (tooLarge(length)) {
                throw new Refusal(413, StatusIssues.of(413));
            }
            if (System.nanoTime() - began > slowest.toNanos()) {
                throw new Refusal(408, StatusIssues.of(408));
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
        }
        return Json.object(bytes, length);
    }

    private void checkEntries(String where, JsonNode bundle) {
        if (bundle.path("entry").size() > mostEntries) {
            throw new Refusal(
                    413,
                    Issue.at(
                            where,
                            Issue.Kind.TOO_LONG,
                            "A Bundle holds at most " + mostEntries
                                    + " entries here. Prefetch only what the discovery templates ask for."));
        }
    }
}
