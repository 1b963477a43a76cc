package health.setpoint.journal.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** A card as it is kept: without the resources of its suggestions, which copy the chart, and without its links, which open it. */
final class KeptCard extends JsonSerializable.Base {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ObjectNode card;

    private KeptCard(ObjectNode card) {
        this.card = card;
    }

    static String json(ObjectNode card) {
        try {
            return JSON.writeValueAsString(new KeptCard(card));
        } catch (JsonProcessingException never) {
            throw new UncheckedIOException(never);
        }
    }

    @Override
    public void serialize(JsonGenerator json, SerializerProvider provider) throws IOException {
        write(card, json, provider);
    }

    private static void write(JsonNode node, JsonGenerator json, SerializerProvider provider) throws IOException {
        if (node instanceof ObjectNode object) {
            json.writeStartObject();
            for (var member : object.properties()) {
                if (!isResource(member) && !member.getKey().equals("links")) {
                    json.writeFieldName(member.getKey());
                    write(member.getValue(), json, provider);
                }
            }
            json.writeEndObject();
        } else if (node instanceof ArrayNode array) {
            json.writeStartArray();
            for (var item : array) {
                write(item, json, provider);
            }
            json.writeEndArray();
        } else {
            node.serialize(json, provider);
        }
    }

    /** A result that the advice rests on is named by {@code resource} too, but with no more than its address. */
    private static boolean isResource(Map.Entry<String, JsonNode> member) {
        return member.getKey().equals("resource") && member.getValue().isObject();
    }

    @Override
    public void serializeWithType(JsonGenerator json, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        serialize(json, provider);
    }
}
