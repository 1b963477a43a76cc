package health.setpoint.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fetch.MissingData;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.prefetch.PrefetchKeys;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.facts.Hook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Builds requests for tests: a man of 45 without any data, to which a test adds what it is about. */
public final class Chart {

    public static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    public static final LocalDateTime NOW = LocalDateTime.of(2026, 3, 2, 9, 0);
    public static final ZoneId ZONE = ZoneId.of("America/New_York");
    public static final Knowledge KNOWLEDGE = Knowledge.load();
    private static final PrefetchKeys KEYS = new PrefetchKeys(KNOWLEDGE.terminology());
    public static final ChartReader READER = new ChartReader(KNOWLEDGE);

    private final ObjectNode prefetch = JSON.createObjectNode();
    private ObjectNode drafts;
    private Hook hook = Hook.PATIENT_VIEW;
    private final List<String> selections = new ArrayList<>();
    private CodeMap codes = CodeMap.NONE;
    private MissingData missingData = MissingData.NOWHERE;
    private boolean transgenderProtocol;

    public static Chart of() {
        var chart = new Chart();
        chart.key("patient", "{resourceType: 'Patient', id: 'p', gender: 'male', birthDate: '1981-01-01'}");
        for (var key : KEYS.forHook(chart.hook)) {
            if (!key.name().equals("patient")) {
                chart.key(key.name(), "{resourceType: 'Bundle', type: 'searchset', total: 0}");
            }
        }
        return chart;
    }

    /** JSON with single quotation marks and bare names, so that a test stays readable. */
    public static JsonNode json(String relaxed) {
        try {
            return JSON.readerFor(JsonNode.class)
                    .with(com.fasterxml.jackson.core.json.JsonReadFeature.ALLOW_SINGLE_QUOTES)
                    .with(com.fasterxml.jackson.core.json.JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
                    .readValue(relaxed);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(relaxed, broken);
        }
    }

    public static ObjectNode call(String name) {
        try (var in = Chart.class.getResourceAsStream("/calls/" + name + ".json")) {
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    public Chart key(String name, String value) {
        prefetch.set(name, json(value));
        return this;
    }

    public Chart without(String name) {
        prefetch.remove(name);
        return this;
    }

    /** Adds a resource to the search result of a key. */
    public Chart with(String key, String resource) {
        var bundle = (ObjectNode) prefetch.path(key);
        bundle.withArray("entry").addObject().set("resource", json(resource));
        bundle.remove("total");
        return this;
    }

    public Chart lab(String resource) {
        return with("labs", resource);
    }

    public Chart draft(String resource) {
        if (drafts == null) {
            drafts = JSON.createObjectNode().put("resourceType", "Bundle");
            hook = Hook.ORDER_SIGN;
        }
        drafts.withArray("entry").addObject().set("resource", json(resource));
        return this;
    }

    public Chart draftEntry(String entry) {
        if (drafts == null) {
            drafts = JSON.createObjectNode().put("resourceType", "Bundle");
            hook = Hook.ORDER_SIGN;
        }
        drafts.withArray("entry").add(json(entry));
        return this;
    }

    public Chart select(String... named) {
        hook = Hook.ORDER_SELECT;
        selections.addAll(List.of(named));
        return this;
    }

    public Chart codes(CodeMap map) {
        codes = map;
        return this;
    }

    public Chart fetching(MissingData source) {
        missingData = source;
        return this;
    }

    public Chart withTransgenderProtocol() {
        transgenderProtocol = true;
        return this;
    }

    public ChartRequest request() {
        return new ChartRequest(
                hook,
                "p",
                prefetch,
                drafts == null ? com.fasterxml.jackson.databind.node.MissingNode.getInstance() : drafts,
                selections,
                NOW,
                ZONE,
                codes,
                transgenderProtocol,
                missingData);
    }

    public ChartOutcome outcome() {
        return READER.read(request());
    }

    public ChartOutcome.Read read() {
        var outcome = outcome();
        if (outcome instanceof ChartOutcome.Read read) {
            return read;
        }
        throw new AssertionError("refused: " + outcome);
    }

    public ChartOutcome.Refused refused() {
        if (outcome() instanceof ChartOutcome.Refused refused) {
            return refused;
        }
        throw new AssertionError("was read");
    }

    public Facts facts() {
        return read().facts();
    }

    public static ChartRequest request(ObjectNode call, LocalDateTime now) {
        var context = call.path("context");
        var hook = java.util.Arrays.stream(Hook.values())
                .filter(each -> each.word().equals(call.path("hook").textValue()))
                .findFirst()
                .orElseThrow();
        var selections = new ArrayList<String>();
        context.path("selections").forEach(each -> selections.add(each.textValue()));
        return new ChartRequest(
                hook,
                context.path("patientId").textValue(),
                call.path("prefetch"),
                context.path("draftOrders"),
                selections,
                now,
                ZONE);
    }
}
