package health.setpoint.chart.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** An answer of a FHIR server as a JSON tree, whose growth is charged to the memory of its request. */
final class AnswerTree {

    /** Bytes of the heap: a name with its value takes 80. */
    private static final int HELD_PER_TOKEN = 60;

    private AnswerTree() {}

    /**
     * Reads it.
     *
     * @throws NoMemory where the tree may not grow to its end
     * @throws IOException where it is no JSON
     */
    static JsonNode read(ObjectReader json, byte[] answer, FetchMemory memory) throws IOException {
        var charged = new Charged(answer, memory);
        try (var parser = json.createParser(charged)) {
            charged.tokens.set(parser::currentTokenCount);
            return json.readTree(parser);
        }
    }

    /** What the request may hold is used up. */
    static final class NoMemory extends IOException {
        NoMemory() {
            super("the memory for requests is used up");
        }
    }

    /** Looks at the tree with each piece that becomes a part of it. */
    private static final class Charged extends FilterInputStream {

        private final FetchMemory memory;
        private final AtomicReference<LongSupplier> tokens = new AtomicReference<>(() -> 0);
        private final AtomicLong charged = new AtomicLong();

        Charged(byte[] answer, FetchMemory memory) {
            super(new ByteArrayInputStream(answer));
            this.memory = memory;
        }

        @Override
        public int read() throws IOException {
            charge();
            return super.read();
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            charge();
            return super.read(into, from, most);
        }

        private void charge() throws NoMemory {
            var now = tokens.get().getAsLong();
            var grown = Math.max(0, now - charged.getAndSet(now));
            if (!memory.take(grown * HELD_PER_TOKEN)) {
                throw new NoMemory();
            }
        }
    }
}
