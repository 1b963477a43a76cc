package health.setpoint.clinic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import health.setpoint.titration.ArbitraryFacts;
import health.setpoint.titration.ArbitraryPolicies;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.policy.Policy;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever a chart holds, what the rules say of it can be written as cards: no text asks for a value that the rule does not
 * give. The build draws the same patients each time; take the seed out to go looking for new ones.
 */
class EveryPatientsCardsTest {

    @Provide
    Arbitrary<Facts> patients() {
        return ArbitraryFacts.everyone();
    }

    @Provide
    Arbitrary<Policy> policies() {
        return ArbitraryPolicies.any();
    }

    @Property(tries = 3000, seed = "20261128")
    void every_advice_can_be_written_as_cards_without_a_gap(
            @ForAll("patients") Facts facts, @ForAll("policies") Policy policy) {
        assertEquals(List.of(), CardFaults.of(facts, policy));
    }
}
