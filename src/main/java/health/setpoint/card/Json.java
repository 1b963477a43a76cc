package health.setpoint.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** JSON nodes whose decimals stay as they are written. */
final class Json {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static ArrayNode array() {
        return NODES.arrayNode();
    }

    /** The number with all its decimals and never with an exponent. */
    static DecimalNode number(BigDecimal value) {
        return DecimalNode.valueOf(value.scale() < 0 ? value.setScale(0, RoundingMode.UNNECESSARY) : value);
    }
}
