package health.setpoint.sandbox.fhir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.hook.Calls;
import health.setpoint.knowledge.Knowledge;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the heap is too small for the validator, the parser still refuses what R4 does not know. */
class WriteValidationTest {

    @Test
    void onASmallHeapWhatTheParserRefusesIsRefused() {
        try (var validation = new WriteValidation(Knowledge.load(), 128L * 1024 * 1024)) {
            var faults = validation.faults(List.of(
                    (ObjectNode) Calls.json("{\"resourceType\": \"Patient\", \"gender\": \"male\"}"),
                    (ObjectNode) Calls.json("{\"resourceType\": \"Patient\", \"colour\": \"blue\"}")));
            assertEquals(List.of(), faults.get(0));
            assertTrue(faults.get(1).get(0).contains("colour"), faults::toString);
        }
    }
}
