package health.setpoint.card.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Resources that differ in patient and days only: HAPI builds and encodes each shape once, since doing so for every call
 * would cost more than the rest of its cards.
 */
public final class EncodedShapes {

    /** Shapes are as many as doses, tests and the sites' entries for them; what comes on top is encoded each time. */
    private static final int MOST = 2_000;

    private final Map<Record, ObjectNode> encoded = new ConcurrentHashMap<>();

    /** A copy of the shape's resource, the caller's own; {@code resource} may hold nothing that {@code shape} does not say. */
    public ObjectNode copy(Record shape, Supplier<IBaseResource> resource) {
        ObjectNode known = encoded.get(shape);
        if (known == null) {
            known = R4Json.of(resource.get());
            if (encoded.size() < MOST) {
                encoded.put(shape, known);
            }
        }
        return known.deepCopy();
    }
}
