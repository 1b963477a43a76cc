package health.setpoint.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Request bodies off the wire, up to {@code setpoint.largest-body}. */
@Singleton
class Bodies {

    private final int largest;

    Bodies(@ConfigProperty(name = "setpoint.largest-body") MemorySize largest) {
        this.largest = Math.toIntExact(largest.asLongValue());
    }

    /** Whether a body that announces this many bytes is too large to be read. */
    boolean tooLarge(long announced) {
        return announced > largest;
    }

    /**
     * The body of this call as a JSON object.
     *
     * @throws Refusal 413 where a body of unannounced length proves too large, 415 where no media type is named, 400
     *     where it is no JSON object
     */
    ObjectNode object(RoutingContext call, InputStream body) {
        if (call.request().getHeader(HttpHeaders.CONTENT_TYPE) == null) {
            throw new Refusal(415, StatusIssues.of(415));
        }
        byte[] bytes;
        try {
            bytes = body.readNBytes(largest + 1);
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        }
        if (tooLarge(bytes.length)) {
            throw new Refusal(413, StatusIssues.of(413));
        }
        return Json.object(bytes);
    }
}
