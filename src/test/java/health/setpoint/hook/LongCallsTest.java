package health.setpoint.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import health.setpoint.card.CardWriter;
import health.setpoint.card.suggestion.CardLinks;
import health.setpoint.chart.ChartReader;
import health.setpoint.chart.fetch.FetchMemory;
import health.setpoint.chart.fetch.FhirServers;
import health.setpoint.client.Client;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.hook.evaluation.Evaluation;
import health.setpoint.hook.evaluation.Stages;
import health.setpoint.hook.request.CdsService;
import health.setpoint.hook.request.HookRequestParser;
import health.setpoint.http.body.RequestBodyReader;
import health.setpoint.http.body.RequestJson;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.OperationOutcomes;
import health.setpoint.http.error.RequestException;
import health.setpoint.knowledge.Knowledge;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * However long a string of a call is, however many elements a list has, however deep it is nested: the call costs what its
 * length costs. The times are told in costs of the same call as it is usually sent, so that they hold on a busy machine.
 */
@Tag("attack")
class LongCallsTest {

    private static final int LONG = 100_000;
    private static final int LARGEST_BODY = 4 * 1024 * 1024;
    private static final int MOST_ENTRIES = 5000;
    /** The call takes 0.6 ms: 300 ms. */
    private static final int MOST_COSTS = 500;

    private static final int TRIES = 12;
    private static final int LEVELS = RequestJson.DEEPEST / 2 - 20;

    private static final Client LOCAL =
            Client.local(new ServiceCatalog(Knowledge.load(), CdsService.hooksById(), 0), ZoneOffset.UTC);
    private static final Evaluation EVALUATION = evaluation();
    private static final RequestBodyReader BODIES =
            new RequestBodyReader(new MemorySize(BigInteger.valueOf(LARGEST_BODY)), MOST_ENTRIES);
    private static final ObjectNode EVERYTHING = everything();

    private static final byte[] USUAL = bytes(EVERYTHING);

    private static final Collection<String> PLACES = eachKind(MutatedCallsTest.places(EVERYTHING, ""));

    /** Nanoseconds. */
    private static long fastest = Long.MAX_VALUE;

    private static final Map<String, UnaryOperator<String>> LONG_TEXTS = longTexts();

    private static Map<String, UnaryOperator<String>> longTexts() {
        var texts = new LinkedHashMap<String, UnaryOperator<String>>();
        texts.put("a long end", own -> own + "x".repeat(LONG));
        if (Attack.isLong()) {
            texts.put("again and again", own -> (own + " ").repeat(LONG / (own.length() + 1)));
            texts.put("letters", own -> "x".repeat(LONG));
            texts.put("digits", own -> "1".repeat(LONG));
            texts.put("blanks within", own -> own + " ".repeat(LONG) + own);
            texts.put("brackets", own -> "(".repeat(LONG));
            texts.put("open tags", own -> "<a".repeat(LONG / 2));
            texts.put("types and slashes", own -> "A/".repeat(LONG / 2));
            texts.put("signs", own -> "#.-".repeat(LONG / 3));
            texts.put("doses", own -> "1 mg ".repeat(LONG / 5));
            texts.put("ranges", own -> "mon-".repeat(LONG / 4));
            texts.put("mark-up", own -> "é*_[".repeat(LONG / 4));
        }
        return texts;
    }

    private static Evaluation evaluation() {
        var knowledge = Knowledge.load();
        return new Evaluation(
                new ChartReader(knowledge),
                new FhirServers(RequestJson.exact()),
                new CardWriter(knowledge, URI.create("http://localhost:8080")),
                Clock.fixed(FixedClock.NOW, ZoneOffset.UTC));
    }

    private static ObjectNode everything() {
        try (var file = LongCallsTest.class.getResourceAsStream("/calls/everything.json")) {
            return RequestJson.object(file.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @BeforeAll
    static void warmUp() {
        assertTrue(isAnswered(USUAL));
        for (int i = 0; i < 500; i++) {
            fastest = Math.min(fastest, time(USUAL));
        }
    }

    @Test
    void noLongStringCostsMoreThanItsLength() {
        var slow = new ArrayList<String>();
        for (var place : PLACES) {
            var own = EVERYTHING.at(place);
            if (own.isTextual()) {
                LONG_TEXTS.forEach((kind, text) ->
                        judge(with(place, TextNode.valueOf(text.apply(own.textValue()))), place + " as " + kind, slow));
            }
        }
        assertEquals(List.of(), slow);
    }

    @Test
    void noLongListCostsMoreThanItsLength() {
        var slow = new ArrayList<String>();
        for (var place : PLACES) {
            if (EVERYTHING.at(place) instanceof ArrayNode list && !list.isEmpty()) {
                var first = list.get(0);
                judge(
                        with(place, repeated(first.isObject() ? list.objectNode() : first, false)),
                        place + " empty",
                        slow);
                judge(with(place, repeated(first, true)), place + " each different", slow);
                if (Attack.isLong()) {
                    judge(with(place, repeated(first, false)), place + " all alike", slow);
                    judge(with(place, repeated(TextNode.valueOf("x"), false)), place + " of strings", slow);
                }
            }
        }
        assertEquals(List.of(), slow);
    }

    @Test
    void noDeepNestingCostsMoreThanItsLength() {
        var slow = new ArrayList<String>();
        for (var place : PLACES) {
            if (EVERYTHING.at(place) instanceof ObjectNode own
                    && own.toString().length() < LARGEST_BODY / LEVELS - 2000) {
                var name = place.substring(place.lastIndexOf('/') + 1);
                judge(with(place, nested(own, name)), place + " in itself", slow);
                for (var member : List.of("contained", "component", "item", "entry", "extension", "resource")) {
                    if (Attack.isLong() || own.has("resourceType")) {
                        judge(with(place, nested(own, member)), place + " by " + member, slow);
                    }
                }
            }
        }
        assertEquals(List.of(), slow);
    }

    @Test
    void manyVersionsOfOneResourceAreEachWrittenOnce() {
        var entries = EVERYTHING.arrayNode();
        var large = (ObjectNode)
                EVERYTHING.at("/prefetch/conditions/entry/0/resource").deepCopy();
        large.put("note", "x".repeat(LARGEST_BODY / 4));
        entries.addObject().set("resource", large);
        for (int i = 0; i < MOST_ENTRIES - 1; i++) {
            entries.addObject()
                    .set("resource", large.deepCopy().put("note", "y" + i).without(List.of("subject", "code")));
        }
        var slow = new ArrayList<String>();
        judge(with("/prefetch/conditions/entry", entries), "versions", slow);
        assertEquals(List.of(), slow);
    }

    @Test
    void manyReferencesIntoOneResourceFindTheirWayAtOnce() {
        var order = (ObjectNode)
                EVERYTHING.at("/prefetch/medicationRequests/entry/0/resource").deepCopy();
        var contained = order.putArray("contained");
        var reasons = order.putArray("reasonReference");
        for (int i = 0; i < 1000; i++) {
            contained.addObject().put("resourceType", "Condition").put("id", "c" + i);
            reasons.addObject().put("reference", "#c" + (999 - i));
        }
        var slow = new ArrayList<String>();
        judge(with("/prefetch/medicationRequests/entry/0/resource", order), "references", slow);
        assertEquals(List.of(), slow);
    }

    @Test
    void moreThanIsReadIsRefusedAndNeverReadInPart() {
        var bundles = EVERYTHING.objectNode();
        bundles.set("entry", repeated(EVERYTHING.objectNode(), false));
        var nested = EVERYTHING.objectNode();
        nested.putArray("entry").addObject().set("resource", bundles);
        var single = EVERYTHING.objectNode();
        single.putObject("entry").set("resource", bundles);
        assertEquals(413, refused(with("/prefetch/labs", bundles)).status());
        assertEquals(413, refused(with("/prefetch/labs", nested)).status());
        assertEquals(413, refused(with("/prefetch/labs", single)).status());
        assertEquals(413, refused(with("/context/draftOrders", nested)).status());
        var codings = EVERYTHING.at("/prefetch/labs/entry/0/resource/code/coding");
        var refusal = refused(with("/prefetch/labs/entry/0/resource/code/coding", repeated(codings.get(0), true)));
        assertEquals(413, refusal.status());
        assertEquals(Optional.of("coding"), refusal.issues().get(0).where());
        assertEquals(
                400,
                refused(with("/context/selections", repeated(TextNode.valueOf("x"), true)))
                        .status());
    }

    @Test
    void anAnswerNamesTheFirstOfManyFaults() {
        var issues = Stream.generate(() -> Issue.of(Issue.Kind.VALUE, "x"))
                .limit(LONG)
                .toList();
        assertEquals(100, OperationOutcomes.of("r", issues).path("issue").size());
    }

    private static RequestException refused(ObjectNode call) {
        return assertThrows(RequestException.class, () -> answer(bytes(call)));
    }

    private static void judge(ObjectNode call, String what, List<String> slow) {
        var sent = bytes(call);
        var ratio = (double) time(sent) / fastest;
        for (int i = 0; i < TRIES && ratio > MOST_COSTS; i++) {
            // Measured beside each other: whatever else the machine does slows both.
            var usual = Math.min(time(USUAL), time(USUAL));
            fastest = Math.min(fastest, usual);
            ratio = Math.min(ratio, (double) time(sent) / usual);
        }
        if (ratio > MOST_COSTS) {
            slow.add(what + ": " + Math.round(ratio) + " times");
        }
    }

    private static long time(byte[] body) {
        var began = System.nanoTime();
        isAnswered(body);
        return System.nanoTime() - began;
    }

    /** Whether the whole way of a body ends with cards; where it ends with a refusal, it is one that is meant. */
    private static boolean isAnswered(byte[] body) {
        try {
            return !answer(body).isEmpty();
        } catch (RequestException refusal) {
            assertTrue(Set.of(400, 412, 413).contains(refusal.status()), refusal.getMessage());
            return false;
        }
    }

    private static String answer(byte[] body) {
        var call = HookRequestParser.read(BODIES.checked(RequestJson.object(body)), CdsService.ORDER_SELECT);
        var chart = EVALUATION.chart(LOCAL, call, FetchMemory.UNBOUNDED, Stages.untraced());
        chart.notes().forEach(note -> note.text().length());
        return EVALUATION
                .decide(LOCAL, call, chart, Stages.untraced(), CardLinks.NONE)
                .cards()
                .toString();
    }

    private static ArrayNode repeated(JsonNode element, boolean different) {
        var list = EVERYTHING.arrayNode();
        var room = LARGEST_BODY - 100_000;
        for (int i = 0; i < LONG && room > 0; i++) {
            var each = different ? different(element, i) : element;
            room -= 1 + each.toString().length();
            list.add(each);
        }
        return list;
    }

    /** The same with other words, ids and codes; half of them with a code that counts only with the right words. */
    private static JsonNode different(JsonNode node, int i) {
        if (node.isTextual()) {
            return TextNode.valueOf(node.textValue() + i);
        }
        if (!(node.deepCopy() instanceof ObjectNode object)) {
            return node;
        }
        Stream.of("id", "text", "display", "reference", "value", "linkId", "fullUrl", "code")
                .filter(name -> object.path(name).isTextual())
                .forEach(name -> object.put(name, i + object.path(name).textValue()));
        if (i % 2 == 0 && object.path("system").asText().endsWith("rxnorm")) {
            object.put("code", "1597120");
        }
        List.copyOf(object.properties()).stream()
                .filter(member -> member.getValue().isObject())
                .forEach(member -> object.set(member.getKey(), different(member.getValue(), i)));
        if (object.path("coding") instanceof ArrayNode codings) {
            object.set("coding", codings.arrayNode().add(different(codings.path(0), i)));
        }
        return object;
    }

    private static JsonNode nested(ObjectNode own, String member) {
        var inner = own;
        for (int i = 0; i < LEVELS; i++) {
            var outer = own.objectNode();
            outer.setAll(own);
            outer.putArray(member).add(inner);
            inner = outer;
        }
        return inner;
    }

    private static ObjectNode with(String place, JsonNode value) {
        var call = EVERYTHING.deepCopy();
        var parent = call.at(place.substring(0, place.lastIndexOf('/')));
        var name = place.substring(place.lastIndexOf('/') + 1);
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(name), value);
        } else {
            ((ObjectNode) parent).set(name, value);
        }
        return call;
    }

    private static byte[] bytes(JsonNode call) {
        return call.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** In a usual build one place of each kind: the first code of a Condition's code stands for the others. */
    private static Collection<String> eachKind(List<String> places) {
        var kinds = new LinkedHashMap<String, String>();
        for (var place : places) {
            var resource = place.lastIndexOf("/resource");
            var type = EVERYTHING
                    .at(place.substring(0, resource < 0 ? 0 : resource + "/resource".length()))
                    .path("resourceType")
                    .asText();
            var kind = resource < 0 ? place : type + place.substring(resource);
            kinds.putIfAbsent(Attack.isLong() ? place : kind.replaceAll("/\\d+", "/*"), place);
        }
        return kinds.values();
    }
}
