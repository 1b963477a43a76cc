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
import java.util.function.LongSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Request bodies off the wire: up to {@code setpoint.largest-body}, within {@code setpoint.slowest-body}, and with at most
 * {@code setpoint.largest-bundle} entries in a Bundle.
 */
@Singleton
class Bodies {

    private static final int PIECE = 8 * 1024;
    /** Bytes of the heap: a string may take two for each that was sent, a name with its value 80. */
    private static final int HELD_PER_BYTE = 2;

    private static final int HELD_PER_TOKEN = 60;

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
     *     where it comes too slowly or not to its end, 415 where no media type is named, 400 where it is no JSON object,
     *     503 where the memory for requests is used up
     */
    ObjectNode object(RoutingContext call, InputStream body, MemoryInFlight.Share share) {
        if (call.request().getHeader(HttpHeaders.CONTENT_TYPE) == null) {
            throw new Refusal(415, StatusIssues.of(415));
        }
        return checked(read(new Bounded(body, share)));
    }

    /** A body as it is, where no Bundle of it holds too many entries. */
    ObjectNode checked(ObjectNode object) {
        object.path("prefetch").properties().forEach(sent -> {
            checkEntries("prefetch." + sent.getKey(), sent.getValue());
            checkEntries(
                    "prefetch." + sent.getKey() + ".resource", sent.getValue().path("resource"));
        });
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

    private static ObjectNode read(Bounded body) {
        try {
            return Json.object(body, body::counts);
        } catch (Refusal refusal) {
            // Who still sends would not read the answer; and a body too large stays so, whatever it begins with.
            body.skipToTheEnd();
            throw refusal;
        }
    }

    /** A body while it comes. */
    private final class Bounded extends InputStream {

        private final InputStream body;
        private final MemoryInFlight.Share share;
        private LongSupplier tokens = () -> 0;
        private long charged;
        private boolean tooMuch;
        private final long began = System.nanoTime();
        private long length;
        private boolean ended;

        Bounded(InputStream body, MemoryInFlight.Share share) {
            this.body = body;
            this.share = share;
        }

        void counts(LongSupplier read) {
            tokens = read;
        }

        @Override
        public int read() {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int most) {
            if (ended) {
                return -1;
            }
            var got = next(into, from, most);
            ended = got < 0;
            length += Math.max(got, 0);
            if (tooLarge(length)) {
                throw refused(413);
            }
            if (System.nanoTime() - began > slowest.toNanos()) {
                throw refused(408);
            }
            if (!tooMuch && got > 0) {
                charge(got);
            }
            return got;
        }

        /** The bytes as the strings of the tree, and the tree as far as it has grown. */
        private void charge(int bytes) {
            var grown = Math.max(0, tokens.getAsLong()) - charged;
            charged += grown;
            if (!share.take((long) bytes * HELD_PER_BYTE + grown * HELD_PER_TOKEN)) {
                tooMuch = true;
                throw Refusal.forNow(
                        503,
                        Issue.of(
                                Issue.Kind.TRANSIENT,
                                "As many requests as fit into the memory are under way. Try again shortly."),
                        Duration.ofSeconds(1));
            }
        }

        private int next(byte[] into, int from, int most) {
            try {
                return body.read(into, from, most);
            } catch (IOException cutOrTooSlow) {
                throw refused(408);
            }
        }

        private Refusal refused(int status) {
            ended = true;
            return new Refusal(status, StatusIssues.of(status));
        }

        void skipToTheEnd() {
            var rest = new byte[PIECE];
            while (!ended) {
                read(rest, 0, rest.length);
            }
        }
    }

    /** Entries of a Bundle and of the Bundles inside it, counted up to the first that is too many. */
    private int entries(JsonNode bundle, int before) {
        var entries = bundle.path("entry");
        if (entries.isObject()) {
            return entries(entries.path("resource"), before + 1);
        }
        var count = before + entries.size();
        for (int i = 0; i < entries.size() && count <= mostEntries; i++) {
            var resource = entries.get(i).path("resource");
            if (resource.has("entry")) {
                count = entries(resource, count);
            }
        }
        return count;
    }

    private void checkEntries(String where, JsonNode bundle) {
        if (entries(bundle, 0) > mostEntries) {
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
