package health.setpoint.operator.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** What entries of the journal hold as JSON. */
final class KeptJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private KeptJson() {}

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("an entry of the journal is no JSON");
        }
    }
}
