package health.setpoint.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.Chart;
import health.setpoint.chart.ChartOutcome;
import health.setpoint.titration.facts.Facts;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;

/**
 * A chart is read from its JSON, without HAPI FHIR. What HAPI's R4 parser makes of the same JSON, and its encoder writes
 * again, has to give the same facts. The build draws the same men each time; take the seed out to go looking for new ones.
 */
class HapiRoundTripTest {

    private static final FhirContext R4 = FhirContext.forR4();

    @Provide
    Arbitrary<Man> men() {
        return Man.any();
    }

    @Property(tries = 300, seed = "20261130")
    void a_chart_gives_the_same_facts_as_sent_and_as_hapi_writes_it(@ForAll("men") Man man, @ForAll Shape shape) {
        var call = shape.call(man);
        assertEquals(facts(call), facts(writtenByHapi(call)));
    }

    @Example
    void a_captured_call_gives_the_same_facts_as_sent_and_as_hapi_writes_it() {
        for (var name : List.of(
                "epic/order-sign",
                "sandbox/order-select-01-on-entering-view-no-medication",
                "sandbox/order-select-02-medication-chosen",
                "sandbox/order-select-03-condition-dose2-bid",
                "sandbox/order-select-active-tab-again",
                "sandbox/order-select-half-typed-year",
                "sandbox/order-select-invalid-date",
                "sandbox/order-select-pama",
                "sandbox/order-sign-active-tab-again",
                "sandbox/order-sign-no-medication",
                "sandbox/order-sign",
                "sandbox/patient-view")) {
            var call = Chart.call(name);
            assertEquals(facts(call), facts(writtenByHapi(call)), name);
        }
    }

    @Example
    void a_value_that_hapi_would_change_on_its_way_would_be_seen() {
        var call = Chart.call("everything");
        var changed = call.deepCopy();
        var labs = R4.newJsonParser()
                .parseResource(Bundle.class, call.at("/prefetch/labs").toString());
        labs.getEntry().stream()
                .map(entry -> entry.getResource())
                .filter(Observation.class::isInstance)
                .map(Observation.class::cast)
                .filter(Observation::hasValueQuantity)
                .forEach(lab -> lab.getValueQuantity().setUnit(null).setCode(null));
        ((ObjectNode) changed.path("prefetch")).set("labs", Chart.json(parser().encodeResourceToString(labs)));
        assertNotEquals(facts(call), facts(changed));
    }

    /** Every resource of the call, parsed and encoded again. */
    private static ObjectNode writtenByHapi(ObjectNode call) {
        var written = call.deepCopy();
        rewrite((ObjectNode) written.path("prefetch"));
        rewrite((ObjectNode) written.path("context"));
        return written;
    }

    private static void rewrite(ObjectNode holder) {
        for (Map.Entry<String, JsonNode> member : holder.deepCopy().properties()) {
            if (member.getValue().path("resourceType").isTextual()) {
                var resource = parser().parseResource(member.getValue().toString());
                holder.set(member.getKey(), Chart.json(parser().encodeResourceToString(resource)));
            }
        }
    }

    /** As lenient as HAPI can be: what it drops would show in the facts. */
    private static IParser parser() {
        return R4.newJsonParser()
                .setParserErrorHandler(new LenientErrorHandler(false).disableAllErrors())
                .setOverrideResourceIdWithBundleEntryFullUrl(false);
    }

    private static Facts facts(ObjectNode call) {
        var outcome = Chart.READER.read(Chart.request(call, Man.NOW));
        if (outcome instanceof ChartOutcome.Read read) {
            return read.facts();
        }
        throw new AssertionError("the chart was not read: " + outcome);
    }
}
