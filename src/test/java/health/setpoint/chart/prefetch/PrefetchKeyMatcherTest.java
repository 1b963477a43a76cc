package health.setpoint.chart.prefetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.Chart;
import health.setpoint.chart.ChartOutcome;
import health.setpoint.chart.fetch.MissingData;
import health.setpoint.titration.facts.Gap;
import health.setpoint.titration.facts.Hook;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("What comes under a client's own key")
class PrefetchKeyMatcherTest {

    private static final String ESTRADIOL = observation("2243-4", "");
    private static final String BODY_WEIGHT = observation("29463-7", "category: [{coding: [{code: 'vital-signs'}]}],");

    private static String observation(String code, String more) {
        return "{resourceType: 'Observation', id: 'o" + code + "', status: 'final', " + more
                + " code: {coding: [{system: 'http://loinc.org', code: '" + code + "'}]},"
                + " effectiveDateTime: '2026-02-27', valueQuantity: {value: 72, unit: 'pg/mL'}}";
    }

    private static String bundle(String self, String... resources) {
        var entries =
                Stream.of(resources).map(each -> "{resource: " + each + "}").toList();
        return "{resourceType: 'Bundle'," + link(self) + " entry: [" + String.join(",", entries) + "]}";
    }

    private static String link(String self) {
        return self.isEmpty() ? "" : "link: [{relation: 'self', url: '" + self + "'}],";
    }

    private static String empty(String self) {
        return "{resourceType: 'Bundle', type: 'searchset', " + link(self) + " total: 0}";
    }

    private static boolean isSent(String missing, String name, String value) {
        var outcome = Chart.of().without(missing).key(name, value).outcome();
        return outcome instanceof ChartOutcome.Read read
                && read.facts().gaps().stream().noneMatch(gap -> gap.why() == Gap.Why.NOT_SENT);
    }

    private record Example(String missing, String name, String value) {}

    private static Stream<DynamicTest> tests(String counts, boolean sent, List<Example> examples) {
        return examples.stream()
                .map(each -> dynamicTest(
                        each.name() + ": " + each.value() + counts + each.missing(),
                        () -> assertEquals(sent, isSent(each.missing(), each.name(), each.value()))));
    }

    @TestFactory
    Stream<DynamicTest> countsAsSent() {
        return tests(
                " counts as ",
                true,
                List.of(
                        new Example("labs", "Labs", empty("")),
                        new Example("labs", "LAB", "null"),
                        new Example("labs", "Observation", empty("")),
                        new Example("labs", "observations_of_mine", bundle("", ESTRADIOL)),
                        new Example("labs", "item2", ESTRADIOL),
                        new Example("labs", "item2", bundle("", ESTRADIOL, BODY_WEIGHT)),
                        new Example("labs", "item2", bundle("", observation("E2X", ""))),
                        new Example("labs", "item2", empty("https://ehr.example/fhir/Observation?patient=p")),
                        new Example("labs", "item2", empty("Observation?category=laboratory&patient=p")),
                        new Example(
                                "labs",
                                "item2",
                                empty("Observation/_search?code=http%3A%2F%2Floinc.org%7C2243-4%2C2986-8&patient=p")),
                        new Example("labs", "item2", "{response: {status: '200'}, resource: " + ESTRADIOL + "}"),
                        new Example("observations", "item6", bundle("", BODY_WEIGHT)),
                        new Example("observations", "item6", empty("Observation?patient=p&category=vital-signs")),
                        new Example("observations", "Observations", empty("")),
                        new Example("medicationRequests", "MedicationRequest", empty("")),
                        new Example("medicationRequests", "medication_requests", "null"),
                        new Example("medicationRequests", "item3", empty("/r4/MedicationRequest?patient=p")),
                        new Example("medicationRequests", "item3", bundle("", "{resourceType: 'MedicationRequest'}")),
                        new Example("patient", "Patient", "{resourceType: 'Patient', id: 'p', gender: 'male'}"),
                        new Example("patient", "item1", "{resourceType: 'Patient', id: 'p', gender: 'male'}"),
                        new Example("conditions", "problems", empty("Condition?patient=p&category=problem-list-item")),
                        new Example("conditions", "Condition", empty("")),
                        new Example("allergies", "ALLERGIES", empty("")),
                        new Example("allergies", "allergyIntolerance", empty(""))));
    }

    @TestFactory
    Stream<DynamicTest> doesNotCountAsSent() {
        return tests(
                " does not count as ",
                false,
                List.of(
                        new Example("labs", "item2", empty("")),
                        new Example("labs", "results", "null"),
                        new Example("labs", "vitals", bundle("", BODY_WEIGHT)),
                        new Example("labs", "Observation", bundle("", BODY_WEIGHT)),
                        new Example("labs", "item2", empty("Observation?patient=p&category=vital-signs")),
                        new Example("labs", "a1c", bundle("Observation?code=4548-4", observation("4548-4", ""))),
                        new Example(
                                "labs",
                                "item2",
                                "{resourceType: 'OperationOutcome', issue: [{severity: 'error', code: 'exception'}]}"),
                        new Example("labs", "Observation", "{response: {status: '500'}, resource: " + ESTRADIOL + "}"),
                        new Example("observations", "item2", bundle("", ESTRADIOL)),
                        new Example("medicationRequests", "item3", empty("Encounter?patient=p")),
                        new Example(
                                "medicationRequests",
                                "statements",
                                "{resourceType: 'Bundle', entry: [{search: {mode: 'include'}, resource: {resourceType:"
                                        + " 'MedicationRequest', id: 'm'}}]}"),
                        new Example("conditions", "coverage", empty("")),
                        new Example("conditions", "Encounter", empty(""))));
    }

    private static ObjectNode sampleUnder(UnaryOperator<String> names) {
        var call = Chart.call("epic/order-sign");
        var renamed = Chart.JSON.createObjectNode();
        call.path("prefetch").properties().forEach(sent -> renamed.set(names.apply(sent.getKey()), sent.getValue()));
        return call.set("prefetch", renamed);
    }

    private static ChartOutcome read(ObjectNode call) {
        return Chart.READER.read(Chart.request(call, LocalDateTime.of(2026, 11, 24, 9, 0)));
    }

    @Test
    @DisplayName("numbered like the templates is all that was asked for, and reads like the same under our names")
    void numbered() {
        var call = Chart.call("epic/order-sign");
        var all = new PrefetchKeys(Chart.KNOWLEDGE.terminology()).forHook(Hook.ORDER_SIGN);
        for (var key : all) {
            if (!call.path("prefetch").has(key.name())) {
                ((ObjectNode) call.path("prefetch")).set(key.name(), Chart.json(empty("")));
            }
        }
        var expected = (ChartOutcome.Read) read(call);
        var renamed = Chart.JSON.createObjectNode();
        call.path("prefetch").properties().forEach(sent -> renamed.set("item" + (renamed.size() + 1), sent.getValue()));
        assertEquals(
                expected.facts(),
                ((ChartOutcome.Read) read(call.deepCopy().<ObjectNode>set("prefetch", renamed))).facts());
        renamed.remove("item11");
        assertTrue(
                ((ChartOutcome.Read) read(call.deepCopy().<ObjectNode>set("prefetch", renamed)))
                        .facts().gaps().stream().anyMatch(gap -> gap.why() == Gap.Why.NOT_SENT),
                "ten numbers do not tell which of eleven templates they are");
    }

    @Test
    @DisplayName("in another spelling of our names reads like ours")
    void spelling() {
        var expected = ((ChartOutcome.Read) read(Chart.call("epic/order-sign"))).facts();
        for (UnaryOperator<String> names : List.<UnaryOperator<String>>of(
                String::toUpperCase, String::toLowerCase, name -> name.replaceAll("([A-Z])", "_$1"))) {
            assertEquals(expected, ((ChartOutcome.Read) read(sampleUnder(names))).facts());
        }
    }

    @Test
    @DisplayName("is not asked for again")
    void notFetched() {
        var asked = new ArrayList<String>();
        var chart = Chart.of()
                .without("labs")
                .key("item2", bundle("", ESTRADIOL))
                .fetching(needs -> {
                    needs.forEach(need -> asked.add(need.name()));
                    return Map.of();
                });
        assertEquals(1, chart.facts().labs().size());
        assertEquals(List.of(), asked);
    }

    @Test
    @DisplayName("is completed from its next link, and partial where it cannot be")
    void paged() {
        var paged =
                "{resourceType: 'Bundle', link: [{relation: 'next', url: 'https://ehr.example/fhir?page=2'}], entry:"
                        + " [{resource: " + ESTRADIOL + "}]}";
        var chart = Chart.of().without("labs").key("item2", paged);
        assertEquals(
                List.of(new Gap(Gap.Part.LABS, Gap.Why.PARTIAL)), chart.facts().gaps());
        assertEquals(1, chart.read().incomplete().size());
        chart.fetching(needs -> {
            var answers = new HashMap<MissingData.Need, MissingData.Answer>();
            needs.forEach(need -> answers.put(
                    need, new MissingData.Answer.Found(List.of(Chart.json(bundle("", observation("2986-8", "")))))));
            return answers;
        });
        assertEquals(2, chart.facts().labs().size());
        assertEquals(List.of(), chart.facts().gaps());
    }

    @Test
    @DisplayName("beside a key of ours adds to it, and is a gap where it is cut short")
    void beside() {
        var chart = Chart.of().key("item2", bundle("", ESTRADIOL));
        assertEquals(1, chart.facts().labs().size());
        assertEquals(List.of(), chart.facts().gaps());
        chart.key("item2", "{resourceType: 'Bundle', total: 4, entry: [{resource: " + ESTRADIOL + "}]}");
        assertEquals(
                List.of(new Gap(Gap.Part.LABS, Gap.Why.PARTIAL)), chart.facts().gaps());
        chart.key("item2", "{resourceType: 'Bundle', total: 4, entry: [{resource: " + BODY_WEIGHT + "}]}");
        assertFalse(chart.facts().gaps().contains(new Gap(Gap.Part.LABS, Gap.Why.PARTIAL)));
    }

    @Test
    @DisplayName("is named where a required key is missing")
    void named() {
        var text = Chart.of()
                .without("labs")
                .key("item7", empty(""))
                .refused()
                .problems()
                .get(0)
                .text();
        assertTrue(text.contains("'labs'") && text.contains("item7"), text);
    }

    @Test
    @DisplayName("says in the explanation for which key it was taken")
    void explained() {
        assertTrue(Chart.of().without("labs").key("item2", ESTRADIOL).read().notes().stream()
                .anyMatch(note -> note.reference().equals("prefetch.item2")
                        && note.text().equals("a key of the client's own, taken for labs")));
    }
}
