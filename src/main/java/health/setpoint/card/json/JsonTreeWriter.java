package health.setpoint.card.json;

import ca.uhn.fhir.parser.json.BaseJsonLikeWriter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;

/** Takes what HAPI's encoder writes into a JSON tree, without a text between them. */
final class JsonTreeWriter extends BaseJsonLikeWriter {

    private final ObjectNode root = JsonNodes.object();
    private final Deque<ContainerNode<?>> open = new ArrayDeque<>();

    ObjectNode root() {
        return root;
    }

    @Override
    public JsonTreeWriter init() {
        return this;
    }

    @Override
    public JsonTreeWriter flush() {
        return this;
    }

    @Override
    public void close() {
        // there is nothing to close
    }

    @Override
    public JsonTreeWriter beginObject() {
        if (open.isEmpty()) {
            open.push(root);
            return this;
        }
        return begin(add(JsonNodes.object()));
    }

    @Override
    public JsonTreeWriter beginObject(String name) {
        return begin(set(name, JsonNodes.object()));
    }

    @Override
    public JsonTreeWriter beginArray(String name) {
        return begin(set(name, JsonNodes.array()));
    }

    @Override
    public JsonTreeWriter write(String value) {
        add(TextNode.valueOf(value));
        return this;
    }

    @Override
    public JsonTreeWriter write(BigInteger value) {
        add(BigIntegerNode.valueOf(value));
        return this;
    }

    @Override
    public JsonTreeWriter write(BigDecimal value) {
        add(JsonNodes.number(value));
        return this;
    }

    @Override
    public JsonTreeWriter write(long value) {
        add(LongNode.valueOf(value));
        return this;
    }

    @Override
    public JsonTreeWriter write(double value) {
        add(DoubleNode.valueOf(value));
        return this;
    }

    @Override
    public JsonTreeWriter write(Boolean value) {
        add(BooleanNode.valueOf(value));
        return this;
    }

    @Override
    public JsonTreeWriter write(boolean value) {
        add(BooleanNode.valueOf(value));
        return this;
    }

    @Override
    public JsonTreeWriter writeNull() {
        add(NullNode.getInstance());
        return this;
    }

    @Override
    public JsonTreeWriter write(String name, String value) {
        set(name, TextNode.valueOf(value));
        return this;
    }

    @Override
    public JsonTreeWriter write(String name, BigInteger value) {
        set(name, BigIntegerNode.valueOf(value));
        return this;
    }

    @Override
    public JsonTreeWriter write(String name, BigDecimal value) {
        set(name, JsonNodes.number(value));
        return this;
    }

    @Override
    public JsonTreeWriter write(String name, long value) {
        set(name, LongNode.valueOf(value));
        return this;
    }

    @Override
    public JsonTreeWriter write(String name, double value) {
        set(name, DoubleNode.valueOf(value));
        return this;
    }

    @Override
    public JsonTreeWriter write(String name, Boolean value) {
        set(name, BooleanNode.valueOf(value));
        return this;
    }

    @Override
    public JsonTreeWriter write(String name, boolean value) {
        set(name, BooleanNode.valueOf(value));
        return this;
    }

    @Override
    public JsonTreeWriter endObject() {
        return endBlock();
    }

    @Override
    public JsonTreeWriter endArray() {
        return endBlock();
    }

    @Override
    public JsonTreeWriter endBlock() {
        open.pop();
        return this;
    }

    private JsonTreeWriter begin(ContainerNode<?> container) {
        open.push(container);
        return this;
    }

    private <N extends JsonNode> N add(N value) {
        ((ArrayNode) open.element()).add(value);
        return value;
    }

    private <N extends JsonNode> N set(String name, N value) {
        ((ObjectNode) open.element()).set(name, value);
        return value;
    }
}
