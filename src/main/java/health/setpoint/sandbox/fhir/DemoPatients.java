package health.setpoint.sandbox.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.hook.Samples;
import health.setpoint.http.body.RequestJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The invented patients that are shipped, under {@code /sandbox}: their dates are counted from a day. */
public final class DemoPatients {

    private DemoPatients() {}

    /** All of them, in the order in which they are shown. */
    public static List<DemoPatient> on(LocalDate today) {
        List<DemoPatient> patients = new ArrayList<>();
        for (var story : read("stories", today)) {
            var id = story.path("id").asText();
            patients.add(new DemoPatient(
                    id,
                    story.path("name").asText(),
                    story.path("story").asText(),
                    story.path("rule").asText(),
                    story.path("hook").asText(),
                    story.path("dialect").asText(),
                    Optional.of(story.path("draft")).filter(JsonNode::isObject).map(ObjectNode.class::cast),
                    (ObjectNode) read("patients/" + id, today)));
        }
        return List.copyOf(patients);
    }

    private static JsonNode read(String name, LocalDate today) {
        try (InputStream shipped = DemoPatients.class.getResourceAsStream("/sandbox/" + name + ".json")) {
            if (shipped == null) {
                throw new IllegalStateException("sandbox/" + name + ".json is not shipped");
            }
            return parsed(Samples.dated(new String(shipped.readAllBytes(), StandardCharsets.UTF_8), today));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static JsonNode parsed(String json) {
        try {
            return RequestJson.exact().readTree(json);
        } catch (JsonProcessingException shippedBroken) {
            throw new IllegalStateException(shippedBroken);
        }
    }
}
