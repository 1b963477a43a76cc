package health.setpoint.chart;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.titration.Titration;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.LabResult;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whatever stands in a request, reading it and deciding on it gives an answer and no exception. */
@Tag("attack")
class RobustnessTest {

    private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 24, 9, 0);
    private static final List<ObjectNode> CALLS = Stream.of(
                    "epic/order-sign",
                    "sandbox/order-sign",
                    "sandbox/order-select-01-on-entering-view-no-medication",
                    "sandbox/patient-view")
            .map(Chart::call)
            .toList();
    private static final List<String> ODD = List.of(
            "null",
            "true",
            "7",
            "-1e300",
            "1e999999",
            "''",
            "'x'",
            "'Invalid date'",
            "[]",
            "[null]",
            "[[]]",
            "{}",
            "{coding: [{}]}",
            "{reference: {}}",
            "[{value: []}]",
            "'\\u0000<script>'",
            "'9999999999'",
            "'#'",
            "'urn:uuid:'");

    @Property(tries = 500, seed = "20261125")
    void anyMemberMayBeOfAnyType(@ForAll long seed) {
        var random = new Random(seed);
        var call = CALLS.get(random.nextInt(CALLS.size())).deepCopy();
        for (int i = 0; i <= random.nextInt(4); i++) {
            spoil(call, random);
        }
        readAndDecide(call);
    }

    private static void readAndDecide(ObjectNode call) {
        var hook = CALLS.get(0).path("hook").textValue();
        if (!call.path("hook").isTextual()) {
            call.put("hook", hook);
        }
        var context = call.path("context") instanceof ObjectNode object ? object : call.putObject("context");
        var patient = context.path("patientId").isTextual()
                ? context.path("patientId").textValue()
                : "eP1";
        var selections = new ArrayList<String>();
        context.path("selections").forEach(each -> selections.add(each.asText()));
        var hooks = health.setpoint.titration.facts.Hook.values();
        var asked = Stream.of(hooks)
                .filter(each -> each.word().equals(call.path("hook").textValue()))
                .findFirst()
                .orElse(hooks[0]);
        var outcome = Chart.READER.read(new ChartRequest(
                asked, patient, call.path("prefetch"), context.path("draftOrders"), selections, NOW, Chart.ZONE));
        if (outcome instanceof ChartOutcome.Read read) {
            assertNotNull(Titration.advise(read.facts(), Chart.KNOWLEDGE.on(NOW.toLocalDate())));
        }
    }

    /** Puts something odd in the place of a random member below the envelope. */
    private static void spoil(ObjectNode call, Random random) {
        JsonNode at = call;
        for (int depth = 0; depth < 40; depth++) {
            var stop = depth > 1 && random.nextInt(6) == 0;
            var odd = Chart.json(ODD.get(random.nextInt(ODD.size())));
            if (at instanceof ObjectNode object && !object.isEmpty()) {
                var names = new ArrayList<String>();
                object.fieldNames().forEachRemaining(names::add);
                var name = names.get(random.nextInt(names.size()));
                if (stop || object.get(name).isValueNode()) {
                    if (random.nextInt(5) == 0) {
                        object.remove(name);
                    } else {
                        object.set(name, odd);
                    }
                    return;
                }
                at = object.get(name);
            } else if (at instanceof ArrayNode array && !array.isEmpty()) {
                var index = random.nextInt(array.size());
                if (stop || array.get(index).isValueNode()) {
                    array.set(index, odd);
                    return;
                }
                at = array.get(index);
            } else {
                return;
            }
        }
    }

    /** A spoiled unit, date or value of estradiol never turns into another number. */
    @Property(tries = 200, seed = "20261125")
    void aSpoiledResultNeverShowsAnotherNumber(@ForAll long seed) {
        var random = new Random(seed);
        var call = CALLS.get(0).deepCopy();
        var labs = (ArrayNode) call.path("prefetch").path("labs").path("entry");
        var quantity = (ObjectNode) labs.get(0).path("resource").path("valueQuantity");
        var names = List.of("value", "unit", "system", "code");
        quantity.set(names.get(random.nextInt(4)), Chart.json(ODD.get(random.nextInt(ODD.size()))));
        if (Chart.READER.read(Chart.request(call, NOW)) instanceof ChartOutcome.Read read) {
            read.facts().labs().stream()
                    .filter(lab -> lab.analyte() == Analyte.ESTRADIOL)
                    .map(LabResult::reading)
                    .forEach(reading -> {
                        if (reading instanceof health.setpoint.titration.labs.Reading.Measured measured) {
                            var isWritten = quantity.path("value").isNumber()
                                    ? measured.amount()
                                                    .compareTo(quantity.path("value")
                                                            .decimalValue())
                                            == 0
                                    : measured.amount()
                                                    .compareTo(new BigDecimal(quantity.path("value")
                                                            .asText()))
                                            == 0;
                            assertTrue(isWritten && measured.unit().factor().compareTo(BigDecimal.ONE) == 0);
                        }
                    });
        }
    }

    @Test
    @DisplayName("Ten thousand entries are read in a time that grows with their number only")
    void manyEntries() {
        var chart = Chart.of();
        for (int i = 0; i < 10_000; i++) {
            chart.lab("{resourceType: 'Observation', id: 'o" + i
                    + "', status: 'final', identifier: [{value: 'same'}], code: {coding: [{system:"
                    + " 'http://loinc.org', code: '2243-4'}]}, valueQuantity: {value: " + i + ", unit: 'pg/mL'}}");
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertTrue(chart.facts().labs().size() == 10_000));
    }

    @Test
    @DisplayName("Deeply nested questionnaires and Bundles are read without a deep stack")
    void deep() {
        var item = "{linkId: '8357008', answer: [{valueBoolean: true}]}";
        for (int i = 0; i < 300; i++) {
            item = "{linkId: 'x', item: [" + item + "]}";
        }
        var chart = Chart.of()
                .with(
                        "questionnaireResponses",
                        "{resourceType: 'QuestionnaireResponse', id: 'q', status: 'completed', item: [" + item + "]}");
        assertTrue(chart.facts().symptoms().size() == 1);
    }

    @Test
    @DisplayName("An Observation that contains itself over and over is read")
    void nestedContained() {
        var inner = "{resourceType: 'Observation', id: 'x', status: 'final', code: {text: 'x'}}";
        for (int i = 0; i < 200; i++) {
            inner = "{resourceType: 'Observation', id: 'x', status: 'final', code: {text: 'x'}, contained: [" + inner
                    + "]}";
        }
        assertTrue(Chart.of().lab(inner).facts().labs().isEmpty());
    }
}
