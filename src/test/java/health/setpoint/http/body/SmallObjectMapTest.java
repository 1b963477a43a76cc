package health.setpoint.http.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SmallObjectMapTest {

    @Property(tries = 500, seed = "20261128")
    void theyAreTheMembersOfALinkedMapWhateverIsDoneToThem(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int different) {
        var random = new Random(seed);
        var members = new SmallObjectMap();
        var expected = new LinkedHashMap<String, JsonNode>();
        for (int i = 0; i < 120; i++) {
            var name = "name" + random.nextInt(different);
            var value = IntNode.valueOf(i);
            if (random.nextInt(4) == 0) {
                assertEquals(expected.remove(name), members.remove(name));
            } else {
                assertEquals(expected.put(name, value), members.put(name, value));
            }
            assertEquals(expected.get(name), members.get(name));
            assertEquals(expected.containsKey("name0"), members.containsKey("name0"));
            assertEquals(expected.size(), members.size());
        }
        assertEquals(List.copyOf(expected.entrySet()), List.copyOf(members.entrySet()));
        assertEquals(expected, members);
        assertEquals(members, expected);
        assertEquals(expected.hashCode(), members.hashCode());
        expected.values().removeIf(value -> value.intValue() % 2 == 0);
        members.values().removeIf(value -> value.intValue() % 2 == 0);
        assertEquals(List.copyOf(expected.entrySet()), List.copyOf(members.entrySet()));
    }

    @Test
    void namesOfOneHashAreToldApart() {
        var members = new SmallObjectMap();
        members.put("Aa", IntNode.valueOf(1));
        members.put("BB", IntNode.valueOf(2));
        assertEquals(Map.of("Aa", IntNode.valueOf(1), "BB", IntNode.valueOf(2)), members);
    }

    @Test
    void afterTheLastThereIsNoNext() {
        assertThrows(
                NoSuchElementException.class,
                () -> new SmallObjectMap().entrySet().iterator().next());
    }

    @Test
    void anObjectOfTheBodyIsReadChangedCopiedAndWrittenAsSent() {
        var names = new ArrayList<String>();
        for (int i = 0; i < 2 * SmallObjectMap.FEW; i++) {
            names.add("\"m" + i + "\":{\"a\":" + i + ",\"b\":[{}]}");
        }
        var json = "{" + String.join(",", names) + "}";
        ObjectNode object = RequestJson.object(json.getBytes(StandardCharsets.UTF_8));
        assertEquals(json, object.toString());
        assertEquals(object, object.deepCopy());
        object.remove(List.of("m0", "m47"));
        object.withObject("/m1").put("c", 1).remove("a");
        assertEquals("{\"b\":[{}],\"c\":1}", object.path("m1").toString());
        assertFalse(object.has("m0"));
        assertEquals(2 * SmallObjectMap.FEW - 2, object.size());
    }
}
