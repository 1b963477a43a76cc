package health.setpoint.clinic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.SiteChoices;
import health.setpoint.titration.ArbitraryFacts;
import health.setpoint.titration.Facts;
import health.setpoint.titration.policy.Policy;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever a chart holds, what the rules say of it can be written as cards: no text asks for a value that the rule does not
 * give. The build draws the same patients each time; take the seed out to go looking for new ones.
 */
class EveryPatientsCardsTest {

    private static final Knowledge KNOWLEDGE = Knowledge.load();

    @Provide
    Arbitrary<Facts> patients() {
        return ArbitraryFacts.everyone();
    }

    @Provide
    Arbitrary<Policy> policies() {
        return Arbitraries.of(
                        SiteChoices.none(),
                        SiteChoices.none().mode(Policy.Mode.SAFETY_ONLY),
                        SiteChoices.none().preference(Policy.Preference.T_FIRST))
                .map(choices -> KNOWLEDGE.on(ArbitraryFacts.TODAY, choices));
    }

    @Property(tries = 3000, seed = "20261128")
    void every_advice_can_be_written_as_cards_without_a_gap(
            @ForAll("patients") Facts facts, @ForAll("policies") Policy policy) {
        assertEquals(List.of(), CardFaults.of(facts, policy));
    }
}
