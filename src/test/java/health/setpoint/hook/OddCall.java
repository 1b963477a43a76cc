package health.setpoint.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import health.setpoint.hook.request.CdsService;
import health.setpoint.http.body.RequestJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/**
 * A call that an EHR sends, changed in one to eight places: taken out, replaced, doubled, or swapped for a piece of
 * another call. Which call, which places and what stands there is read off a string of bytes, so that a fuzzer can steer.
 */
final class OddCall {

    private static final int MOST_CHANGES = 8;
    private static final int DEEPEST = 24;
    private static final int LONGEST_TEXT = 40;

    private static final List<ObjectNode> CALLS = calls();

    /** Values that mean something to a reader, and values that should mean nothing. */
    private static final List<JsonNode> VALUES = Stream.of(
                    "null",
                    "true",
                    "0",
                    "-1",
                    "1e99",
                    "0.000000001",
                    "2147483648",
                    "''",
                    "' '",
                    "[]",
                    "{}",
                    "[[]]",
                    "[null]",
                    "{'coding': []}",
                    "{'reference': '#'}",
                    "{'value': {}}",
                    "'Bundle'",
                    "'OperationOutcome'",
                    "'Observation'",
                    "'Procedure'",
                    "'MedicationStatement'",
                    "'MedicationAdministration'",
                    "'QuestionnaireResponse'",
                    "'DiagnosticReport'",
                    "'MedicationOrder'",
                    "'active'",
                    "'on-hold'",
                    "'completed'",
                    "'entered-in-error'",
                    "'draft'",
                    "'stopped'",
                    "'preliminary'",
                    "'2243-4'",
                    "'2986-8'",
                    "'4544-3'",
                    "'199224'",
                    "'835840'",
                    "'http://loinc.org'",
                    "'http://snomed.info/sct'",
                    "'http://www.nlm.nih.gov/research/umls/rxnorm'",
                    "'pg/mL'",
                    "'pmol/L'",
                    "'ng/dL'",
                    "'%'",
                    "'mg'",
                    "'wk'",
                    "'d'",
                    "'<5'",
                    "'2026-11-20'",
                    "'2026-02-30'",
                    "'2027-01-01T00:00:00+14:00'",
                    "'Take 1 mg daily'",
                    "'1 tablet twice weekly'",
                    "'female'",
                    "'Patient/other'",
                    "'p'")
            .map(text -> Calls.json(text.replace('\'', '"')))
            .toList();

    private OddCall() {}

    /** The call that these choices make. */
    static ObjectNode of(byte[] choices) {
        var data = new Choices(choices);
        var call = data.of(CALLS).deepCopy();
        var changes = 1 + data.upTo(MOST_CHANGES - 1);
        for (int i = 0; i < changes; i++) {
            change(call, data);
        }
        return call;
    }

    /** Bytes as choices; zeros where there are no more. */
    private static final class Choices {

        private final ByteBuffer bytes;

        Choices(byte[] bytes) {
            this.bytes = ByteBuffer.wrap(bytes);
        }

        /** 0 to the most, both included. */
        int upTo(int most) {
            var chosen = next();
            return (most < 0x100 ? chosen : chosen << 8 | next()) % (most + 1);
        }

        <T> T of(List<T> values) {
            return values.get(upTo(values.size() - 1));
        }

        String text() {
            var length = Math.min(upTo(LONGEST_TEXT), bytes.remaining());
            var text = new byte[length];
            bytes.get(text);
            return new String(text, StandardCharsets.UTF_8);
        }

        private int next() {
            return bytes.hasRemaining() ? bytes.get() & 0xff : 0;
        }
    }

    private static void change(ObjectNode call, Choices data) {
        JsonNode at = call;
        for (int depth = 0; depth < DEEPEST && at.isContainerNode() && !at.isEmpty(); depth++) {
            var place = data.upTo(at.size() - 1);
            var child = child(at, place);
            if (!child.isContainerNode() || child.isEmpty() || data.upTo(5) == 0) {
                put(at, place, data);
                return;
            }
            at = child;
        }
    }

    private static JsonNode child(JsonNode parent, int place) {
        return parent.isArray() ? parent.get(place) : parent.get(name(parent, place));
    }

    private static String name(JsonNode object, int place) {
        var names = object.fieldNames();
        for (int i = 0; i < place; i++) {
            names.next();
        }
        return names.next();
    }

    private static void put(JsonNode parent, int place, Choices data) {
        var kind = data.upTo(5);
        if (parent instanceof ArrayNode array) {
            switch (kind) {
                case 0 -> array.remove(place);
                case 1 -> array.add(array.get(place).deepCopy());
                case 2 -> array.addAll(array.deepCopy());
                default -> array.set(place, value(kind, array.get(place), data));
            }
        } else {
            var object = (ObjectNode) parent;
            var name = name(object, place);
            switch (kind) {
                case 0 -> object.remove(name);
                case 1 -> object.set(name, object.arrayNode().add(object.get(name)));
                case 2 -> object.set(data.text(), object.get(name).deepCopy());
                default -> object.set(name, value(kind, object.get(name), data));
            }
        }
    }

    private static JsonNode value(int kind, JsonNode before, Choices data) {
        return switch (kind) {
            case 3 -> data.of(VALUES).deepCopy();
            case 4 -> TextNode.valueOf(data.text());
            default -> elsewhere(before, data).deepCopy();
        };
    }

    /** A piece of a call, of the same kind where the walk ends at one. */
    private static JsonNode elsewhere(JsonNode before, Choices data) {
        JsonNode at = data.of(CALLS);
        for (int depth = 0; depth < DEEPEST && at.isContainerNode() && !at.isEmpty(); depth++) {
            if (depth > 2 && at.getNodeType() == before.getNodeType() && data.upTo(1) == 1) {
                return at;
            }
            at = child(at, data.upTo(at.size() - 1));
        }
        return at;
    }

    private static List<ObjectNode> calls() {
        var today = LocalDate.ofInstant(FixedClock.NOW, ZoneOffset.UTC);
        var samples = Stream.of(CdsService.values())
                .map(service -> Samples.on(service.hook().word(), today).orElseThrow())
                .map(sample -> RequestJson.object(sample.getBytes(StandardCharsets.UTF_8)));
        var captured = Stream.of(
                        "epic/order-sign",
                        "sandbox/order-sign",
                        "sandbox/order-select-02-medication-chosen",
                        "sandbox/patient-view")
                .map(OddCall::captured);
        return Stream.concat(samples, captured).toList();
    }

    private static ObjectNode captured(String name) {
        try (var file = OddCall.class.getResourceAsStream("/calls/" + name + ".json")) {
            return RequestJson.object(file.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
