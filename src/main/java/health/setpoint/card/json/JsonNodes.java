package health.setpoint.card.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;

/** JSON nodes whose decimals stay as they are written. */
public final class JsonNodes {

    /** Most objects and arrays of a card have few members. */
    private static final JsonNodeFactory NODES = new JsonNodeFactory() {

        private static final long serialVersionUID = 1L;
        private static final int FEW = 8;

        @Override
        public ObjectNode objectNode() {
            return new ObjectNode(this, new LinkedHashMap<>(FEW));
        }

        @Override
        public ArrayNode arrayNode() {
            return arrayNode(FEW / 2);
        }
    };

    private JsonNodes() {}

    public static ObjectNode object() {
        return NODES.objectNode();
    }

    public static ArrayNode array() {
        return NODES.arrayNode();
    }

    /** The number with all its decimals and never with an exponent. */
    public static DecimalNode number(BigDecimal value) {
        return DecimalNode.valueOf(value.scale() < 0 ? value.setScale(0, RoundingMode.UNNECESSARY) : value);
    }
}
