package health.setpoint.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.titration.facts.Facts;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Neither the order of entries nor that of codings, keys, instructions or doses means anything. */
class OrderOfEntriesTest {

    private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 24, 9, 0);
    private static final Set<String> SHUFFLED = Set.of(
            "entry", "coding", "doseAndRate", "dosageInstruction", "dosage", "component", "contained", "identifier");

    @Property(tries = 60, seed = "20261125")
    void theOrderOfArraysChangesNoFact(@ForAll long seed) {
        var call = Chart.call("epic/order-sign");
        var shuffled = call.deepCopy();
        shuffle(shuffled, new Random(seed));
        assertEquals(facts(call), facts(shuffled));
    }

    private static List<Set<?>> facts(ObjectNode call) {
        Facts facts = ((ChartOutcome.Read) Chart.READER.read(Chart.request(call, NOW))).facts();
        return List.of(
                Set.of(facts.person()),
                new HashSet<>(facts.labs()),
                new HashSet<>(facts.courses()),
                new HashSet<>(facts.injections()),
                new HashSet<>(facts.conditions()),
                new HashSet<>(facts.symptoms()),
                new HashSet<>(facts.hypersensitivities()),
                new HashSet<>(facts.labRequests()),
                new HashSet<>(facts.gaps()));
    }

    private static void shuffle(JsonNode node, Random random) {
        if (node instanceof ObjectNode object) {
            for (var member : object.properties()) {
                if (SHUFFLED.contains(member.getKey()) && member.getValue() instanceof ArrayNode array) {
                    var items = new ArrayList<JsonNode>();
                    array.forEach(items::add);
                    Collections.shuffle(items, random);
                    array.removeAll();
                    array.addAll(items);
                }
                shuffle(member.getValue(), random);
            }
        } else if (node.isArray()) {
            node.forEach(each -> shuffle(each, random));
        }
    }
}
