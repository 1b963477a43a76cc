package health.setpoint.clinic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.clinic.DialectAnswers.Site;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.ArbitraryFacts;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Every sentence is about this man, each test is asked for once, and each suggestion does what it says: every card of 20,000
 * generated patients. The build draws the same patients each time; take the seed out to go looking for new ones.
 */
class CardTruthTest {

    private static final Knowledge KNOWLEDGE = Knowledge.load();
    private static final int EACH_OTHER_DIALECT = 40;

    private int count;

    @Provide
    Arbitrary<Facts> patients() {
        return ArbitraryFacts.everyone();
    }

    @Property(tries = 20_000, seed = "20261129", edgeCases = EdgeCasesMode.MIXIN)
    void every_card_is_about_this_man(@ForAll("patients") Facts facts) {
        Policy policy = KNOWLEDGE.on(facts.today());
        List<Site> sites = count++ % EACH_OTHER_DIALECT == 0 ? DialectAnswers.SITES : List.of(DialectAnswers.STANDARD);
        for (Site site : sites) {
            List<ObjectNode> cards = DialectAnswers.cards(facts, policy, site);
            List<String> faults = new ArrayList<>(SuggestionFaults.of(cards));
            faults.addAll(CardTruth.faults(facts, cards));
            assertEquals(List.of(), faults, site.folder());
        }
    }
}
