package health.setpoint.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.CardWriter;
import health.setpoint.chart.ChartReader;
import health.setpoint.chart.fetch.FhirServers;
import health.setpoint.client.Client;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.conformance.CdsHooksConformance;
import health.setpoint.hook.evaluation.Evaluation;
import health.setpoint.hook.evaluation.Stages;
import health.setpoint.hook.request.CdsService;
import health.setpoint.hook.request.HookRequestParser;
import health.setpoint.http.body.RequestJson;
import health.setpoint.http.error.RequestException;
import health.setpoint.knowledge.Knowledge;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Whatever stands in one place of a call, the answer is cards that conform, a 400 or a 412; never an accident. */
@Tag("attack")
class MutatedCallsTest {

    private static final LocalDate TODAY = LocalDate.ofInstant(FixedClock.NOW, ZoneOffset.UTC);
    private static final Client LOCAL =
            Client.local(new ServiceCatalog(Knowledge.load(), CdsService.hooksById(), 0), ZoneOffset.UTC);
    private static final Evaluation EVALUATION = evaluation();

    /** What EHRs have been seen to put where something else belongs. */
    private static final List<String> ODDITIES =
            List.of("null", "7", "\"x\"", "{}", "[null]", "1e99", "\"0001-01-01\"", "\"9999-12-31\"");

    @TestFactory
    Stream<DynamicTest> oneOddPlaceNeverBreaksAnEvaluation() {
        return Stream.of(sample(CdsService.ORDER_SIGN), Calls.sandbox("order-select-02-medication-chosen"))
                .flatMap(call -> places(call, "").stream().map(place -> new Odd(call, place)))
                .map(odd -> DynamicTest.dynamicTest(odd.toString(), odd::survives));
    }

    private record Odd(ObjectNode call, String place) {

        void survives() {
            evaluate(without(), place);
            for (var oddity : ODDITIES) {
                evaluate(replaced(Calls.json(oddity)), place);
            }
        }

        private ObjectNode without() {
            var copy = call.deepCopy();
            var parent = copy.at(parent());
            if (parent instanceof ArrayNode array) {
                array.remove(Integer.parseInt(name()));
            } else {
                ((ObjectNode) parent).remove(name());
            }
            return copy;
        }

        private ObjectNode replaced(JsonNode value) {
            var copy = call.deepCopy();
            var parent = copy.at(parent());
            if (parent instanceof ArrayNode array) {
                array.set(Integer.parseInt(name()), value);
            } else {
                ((ObjectNode) parent).set(name(), value);
            }
            return copy;
        }

        private String parent() {
            return place.substring(0, place.lastIndexOf('/'));
        }

        private String name() {
            return place.substring(place.lastIndexOf('/') + 1);
        }

        @Override
        public String toString() {
            return call.path("hook").textValue() + " of "
                    + call.at("/context/patientId").textValue() + ": " + place;
        }
    }

    private static void evaluate(ObjectNode call, String oddPlace) {
        var service = Stream.of(CdsService.values())
                .filter(candidate ->
                        candidate.hook().word().equals(call.path("hook").textValue()))
                .findFirst();
        if (service.isEmpty()) {
            return;
        }
        try {
            var cards = EVALUATION
                    .evaluate(LOCAL, HookRequestParser.read(call, service.get()), Stages.untraced())
                    .cards();
            var answer = call.objectNode();
            var array = answer.putArray("cards");
            cards.forEach(card -> array.add(card.json()));
            // An update gives the draft back as it came, what is odd in it included.
            if (!oddPlace.startsWith("/context/draftOrders")) {
                assertEquals(
                        List.of(),
                        CdsHooksConformance.ofResponse(
                                answer, service.get().hook().word()));
            }
        } catch (RequestException refusal) {
            assertTrue(Set.of(400, 412).contains(refusal.status()), refusal.getMessage());
        }
    }

    /** Every place of the call as a JSON pointer. */
    static List<String> places(JsonNode node, String at) {
        var places = new ArrayList<String>();
        if (node.isObject()) {
            node.properties().forEach(member -> {
                places.add(at + "/" + member.getKey());
                places.addAll(places(member.getValue(), at + "/" + member.getKey()));
            });
        } else {
            for (int i = 0; i < node.size(); i++) {
                places.add(at + "/" + i);
                places.addAll(places(node.get(i), at + "/" + i));
            }
        }
        return places;
    }

    private static ObjectNode sample(CdsService service) {
        return RequestJson.object(
                Samples.on(service.hook().word(), TODAY).orElseThrow().getBytes(StandardCharsets.UTF_8));
    }

    private static Evaluation evaluation() {
        var knowledge = Knowledge.load();
        return new Evaluation(
                new ChartReader(knowledge),
                new FhirServers(RequestJson.exact()),
                new CardWriter(knowledge, URI.create("http://localhost:8080")),
                Clock.fixed(FixedClock.NOW, ZoneOffset.UTC));
    }
}
