package health.setpoint.hook;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Requests as clients send them, and the way to send them. */
public final class Calls {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Calls() {}

    /** A captured call of the public sandbox client, under the prefetch keys of our discovery. */
    public static ObjectNode sandbox(String name) {
        try (InputStream file = Calls.class.getResourceAsStream("/calls/sandbox/" + name + ".json")) {
            return (ObjectNode) JSON.readTree(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The call, changed. */
    public static ObjectNode with(ObjectNode call, Consumer<ObjectNode> change) {
        var copy = call.deepCopy();
        change.accept(copy);
        return copy;
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException noJson) {
            throw new IllegalArgumentException(noJson);
        }
    }

    /** A request whose answer is held against the specification. */
    public static RequestSpecification request() {
        return given().filter(new HeldToTheSpecification());
    }

    /** Sends a body to the service of this hook. */
    public static Response send(String hook, String body) {
        return request().contentType("application/json").body(body).post("/cds-services/titration-" + hook);
    }

    public static Response send(String hook, JsonNode body) {
        return send(hook, body.toString());
    }
}
