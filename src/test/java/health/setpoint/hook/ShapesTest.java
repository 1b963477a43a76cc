package health.setpoint.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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
        assertEquals(advice, advice(Shape.WORDS.call(man)), "words");
        // Beside an order a draft is a duplicate; beside a statement it may be its first order.
        if (man.anastrozole().isEmpty() || man.draft().isEmpty()) {
            assertEquals(advice, advice(Shape.STATEMENTS.call(man)), "statements");
        }
    }

    @Property(tries = 300, seed = "20261128")
    void neither_the_order_of_entries_nor_repeated_nor_unasked_ones_change_the_advice(
            @ForAll("men") Man man, @ForAll Shape shape, @ForAll Random random) {
        var call = shape.call(man);
        var noisy = call.deepCopy();
        for (JsonNode bundle : noisy.path("prefetch")) {
            if (bundle.path("entry") instanceof ArrayNode entries && !entries.isEmpty()) {
                addNoise(entries, random);
            }
        }
        assertEquals(advice(call), advice(noisy));
    }

    private static void addNoise(ArrayNode entries, Random random) {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode entry : entries) {
            var resource = (ObjectNode) entry.path("resource");
            resource.putObject("meta").put("versionId", "1").put("lastUpdated", "2026-11-01T00:00:00Z");
            resource.putObject("text").put("status", "generated").put("div", "<div>5 mg daily</div>");
            resource.putArray("extension").addObject().put("url", "urn:x").put("valueString", "y");
            all.add(entry);
            if (random.nextInt(3) == 0) {
                all.add(entry.deepCopy());
            }
        }
        all.add(Shape.json("""
                {"resource": {"resourceType": "Communication", "id": "m1", "status": "completed",
                  "subject": {"reference": "Patient/p1"}}}"""));
        all.add(Shape.json("""
                {"resource": {"resourceType": "NoSuchType", "id": "n1"}}"""));
        Collections.shuffle(all, random);
        entries.removeAll().addAll(all);
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
