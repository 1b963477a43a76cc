package health.setpoint.http.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.http.error.RequestException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
class MemoryInFlightTest {

    private static final int MOST = 1200;

    private final MemoryInFlight memory = new MemoryInFlight(MOST);

    private int takenBy(MemoryInFlight.Share share) {
        var taken = 0;
        while (share.take(1)) {
            taken++;
        }
        return taken;
    }

    @Test
    void oneClientTakesNoMoreThanHalfWithHoweverManyCalls() {
        var first = memory.share("greedy");
        assertEquals(MOST / 2, takenBy(first));
        assertFalse(memory.share("greedy").take(1));
    }

    @Test
    void whoComesLaterStillGetsSomething() {
        takenBy(memory.share("greedy"));
        assertEquals(MOST / 4, takenBy(memory.share("second")));
        assertEquals(MOST / 8, takenBy(memory.share("third")));
        assertTrue(memory.share("fourth").take(MOST / 20));
    }

    @Test
    void whatIsOverIsGivenBack() {
        for (int i = 0; i < 1000; i++) {
            try (var call = memory.share("client " + i % 3)) {
                assertTrue(call.take(MOST / 2));
                assertFalse(call.take(MOST));
            }
        }
    }

    @Test
    void aBodyOfEmptyObjectsIsRefusedForItsTokens() {
        var body = "{\"a\":[" + "{},".repeat(1_300_000) + "{}]}";
        assertEquals(
                400,
                assertThrows(RequestException.class, () -> RequestJson.object(body.getBytes(StandardCharsets.UTF_8)))
                        .status());
    }
}
