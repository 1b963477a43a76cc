package health.setpoint.card;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SignOffTest {

    @Test
    void noCardClaimsASignatureThatNobodyGave() {
        assertEquals("signed_none", new SignOff(List.of(), false).text());
        assertEquals("signed_partly", new SignOff(List.of("Dr. A"), false).text());
        assertEquals("signed_all", new SignOff(List.of("Dr. A"), true).text());
        assertEquals(new SignOff(List.of(), false), SignOff.of(CardSamples.KNOWLEDGE, CardSamples.TODAY));
    }
}
