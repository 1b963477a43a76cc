package health.setpoint.journal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class KeptCardTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @Test
    void aCardIsKeptAsItWasShownButForTheResourcesOfItsSuggestions() throws Exception {
        var shown = """
                {"uuid":"u","summary":"Hold it","suggestions":[{"label":"Hold","actions":[
                {"type":"update","description":"Put on hold","resource":{"resourceType":"MedicationRequest","note":"Testman"}},
                {"type":"delete","resourceId":"MedicationRequest/1"}]}],
                "extension":{"health.setpoint.advice":{"rules":["R-40"],"proposedWeeklyDoseMg":0.50,"draft":null,"agrees":true,
                "inputs":[{"what":"estradiol","value":8.1,"resource":"Observation/o-1"}]}}}""";
        var kept = """
                {"uuid":"u","summary":"Hold it","suggestions":[{"label":"Hold","actions":[
                {"type":"update","description":"Put on hold"},
                {"type":"delete","resourceId":"MedicationRequest/1"}]}],
                "extension":{"health.setpoint.advice":{"rules":["R-40"],"proposedWeeklyDoseMg":0.50,"draft":null,"agrees":true,
                "inputs":[{"what":"estradiol","value":8.1,"resource":"Observation/o-1"}]}}}""";
        assertEquals(kept.replace("\n", ""), KeptCard.json((ObjectNode) JSON.readTree(shown)));
    }
}
