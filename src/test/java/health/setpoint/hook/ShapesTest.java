package health.setpoint.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The same man gets the same advice, whichever EHR writes him down. The build draws the same men each time; take the seed
 * out to go looking for new ones.
 */
class ShapesTest {

    @Provide
    Arbitrary<Man> men() {
        return Man.any();
    }

    @Property(tries = 600, seed = "20261128")
    void the_same_man_gets_the_same_advice_in_every_shape(@ForAll("men") Man man) {
        var advice = advice(Shape.STANDARD.call(man));
        assertEquals(advice, advice(Shape.EPIC.call(man)), "Epic");
        assertEquals(advice, advice(Shape.SANDBOX.call(man)), "sandbox");
        // Beside an order a draft is a duplicate; beside a statement it may be its first order.
        if (man.anastrozole().isEmpty() || man.draft().isEmpty()) {
            assertEquals(advice, advice(Shape.STATEMENTS.call(man)), "statements");
        }
    }

    /** What the cards say of the dose, without the names of resources. */
    private static List<String> advice(ObjectNode call) {
        var said = new ArrayList<String>();
        for (JsonNode card : Judged.call(call).orElseThrow().path("cards")) {
            var advice = (ObjectNode) card.at("/extension/health.setpoint.advice");
            advice.path("inputs").forEach(input -> ((ObjectNode) input).remove("resource"));
            said.add(
                    card.path("indicator").asText() + " " + card.path("summary").asText() + " " + advice);
        }
        return said;
    }
}
