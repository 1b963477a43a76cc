package health.setpoint.population.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import health.setpoint.chart.CodeRelevance;
import health.setpoint.chart.CodeRelevance.Verdict;
import health.setpoint.chart.fhir.ResourceType;
import health.setpoint.http.body.RequestJson;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What became of each code that was seen: an export has millions of lines and some thousand codes. */
final class CodeMemo {

    private static final int MOST = 50_000;
    private static final int LONGEST = 4096;

    private final CodeRelevance relevance;
    private final Map<Key, Seen> seen = new ConcurrentHashMap<>();

    CodeMemo(CodeRelevance relevance) {
        this.relevance = relevance;
    }

    /** A code as it stands in lines of one type, of which a copy is only made where it is new. */
    private record Key(ResourceType type, byte[] bytes, int from, int to, int hash) {

        static Key of(ResourceType type, byte[] bytes, int from, int to) {
            var hash = type.hashCode();
            for (int i = from; i < to; i++) {
                hash = 31 * hash + bytes[i];
            }
            return new Key(type, bytes, from, to, hash);
        }

        Key kept() {
            return new Key(type, Arrays.copyOfRange(bytes, from, to), 0, to - from, hash);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && key.hash == hash
                    && key.type == type
                    && Arrays.equals(key.bytes, key.from, key.to, bytes, from, to);
        }
    }

    private record Seen(Verdict verdict, JsonNode code) {}

    /** Whether a rule can ask for a record with this code, and counts it where nobody knows its code. */
    Verdict of(ResourceType type, byte[] bytes, ResourceScan.Span code, UnmappedCodes unmapped) {
        if (code.to() - code.from() > LONGEST) {
            return Verdict.ASKED;
        }
        var key = Key.of(type, bytes, code.from(), code.to());
        var known = seen.get(key);
        if (known == null) {
            known = judge(type, key);
            if (seen.size() < MOST) {
                seen.putIfAbsent(key.kept(), known);
            }
        }
        if (known.verdict() == Verdict.UNMAPPED) {
            unmapped.count(type.code(), known.code(), 1);
        }
        return known.verdict();
    }

    private Seen judge(ResourceType type, Key key) {
        try {
            var code = RequestJson.exact().readTree(key.bytes(), key.from(), key.to() - key.from());
            synchronized (relevance) {
                return new Seen(relevance.of(type, code), code);
            }
        } catch (IOException | RuntimeException broken) {
            // Reading the whole record says what is wrong with it.
            return new Seen(Verdict.ASKED, RequestJson.exact().nullNode());
        }
    }
}
