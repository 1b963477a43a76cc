package health.setpoint.http.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RequestException;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Request bodies that have arrived: as JSON, with at most {@code setpoint.largest-bundle} entries in a Bundle. */
@Singleton
public class RequestBodyReader {

    /** Bytes of the heap: a string may take two for each that was sent, a name with its value 80. */
    private static final int HELD_PER_BYTE = 2;

    private static final int HELD_PER_TOKEN = 60;

    private final int largest;
    private final int mostEntries;

    public RequestBodyReader(
            @ConfigProperty(name = "setpoint.largest-body") MemorySize largest,
            @ConfigProperty(name = "setpoint.largest-bundle") int mostEntries) {
        this.largest = Math.toIntExact(largest.asLongValue());
        this.mostEntries = mostEntries;
    }

    /** Whether a body of this many bytes, announced or come, is too large to be read. */
    public boolean tooLarge(long length) {
        return length > largest;
    }

    /**
     * The body of a call as a JSON object.
     *
     * @param share of the memory, to which what the tree holds is added
     * @throws RequestException 413 where a Bundle holds too many entries, 400 where it is no JSON object, 503 where the memory for
     *     requests is used up
     */
    public ObjectNode object(InputStream body, MemoryInFlight.Share share) {
        var charged = new Charged(body, share);
        return checked(RequestJson.object(charged, charged::counts));
    }

    /** A body as it is, where no Bundle of it holds too many entries. */
    public ObjectNode checked(ObjectNode object) {
        object.path("prefetch").properties().forEach(sent -> {
            checkEntries("prefetch." + sent.getKey(), sent.getValue());
            checkEntries(
                    "prefetch." + sent.getKey() + ".resource", sent.getValue().path("resource"));
        });
        checkEntries("context.draftOrders", object.path("context").path("draftOrders"));
        return object;
    }

    /** Bytes that the call announces; 0 where it announces none, the most there are where the number is absurd. */
    public static long announced(RoutingContext call) {
        var length = call.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException beyondLong) {
            return Long.MAX_VALUE;
        }
    }

    /** A body while it becomes a tree: the bytes as its strings, and the tree as far as it has grown. */
    private static final class Charged extends FilterInputStream {

        private final MemoryInFlight.Share share;
        private LongSupplier tokens = () -> 0;
        private long charged;

        Charged(InputStream body, MemoryInFlight.Share share) {
            super(body);
            this.share = share;
        }

        void counts(LongSupplier read) {
            tokens = read;
        }

        @Override
        public int read() throws IOException {
            var one = super.read();
            charge(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            var got = super.read(into, from, most);
            charge(Math.max(got, 0));
            return got;
        }

        private void charge(int bytes) {
            var grown = Math.max(0, tokens.getAsLong()) - charged;
            charged += grown;
            if (!share.take((long) bytes * HELD_PER_BYTE + grown * HELD_PER_TOKEN)) {
                throw MemoryInFlight.usedUp();
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
            throw new RequestException(
                    413,
                    Issue.at(
                            where,
                            Issue.Kind.TOO_LONG,
                            "A Bundle holds at most " + mostEntries
                                    + " entries here. Prefetch only what the discovery templates ask for."));
        }
    }
}
