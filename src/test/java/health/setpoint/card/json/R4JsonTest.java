package health.setpoint.card.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import health.setpoint.card.CardSamples;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.OrderAction;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Suggestion;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.labs.LabTest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

class R4JsonTest {

    private static final FhirContext R4 = FhirContext.forR4Cached();

    @Test
    void theTreeIsWhatHapiWritesAsText() {
        MedicationRequest order = new MedicationRequest().setDoNotPerform(true);
        order.setId("request-1");
        order.addExtension("http://example.org/count", new IntegerType(3));
        order.addExtension("http://example.org/kept", new BooleanType(false));
        order.addInstantiatesUri("http://example.org/one");
        order.getInstantiatesUri().get(0).addExtension("http://example.org/why", new StringType("because"));
        order.addInstantiatesUri("http://example.org/two");
        Dosage dosage = order.addDosageInstruction().setSequence(1);
        dosage.addDoseAndRate()
                .setDose(new Quantity().setValue(new BigDecimal("1.40")).setUnit("mg"));
        dosage.getMaxDosePerAdministration().setValue(new BigDecimal("10"));
        assertEquals(
                R4.newJsonParser().encodeResourceToString(order),
                R4Json.of(order).toString());
    }

    @Test
    void whatIsDraftedReadsTheSameAfterHapi() {
        OrderAction order = new OrderAction.CreateOrder(CardSamples.TWICE, Optional.of("MedicationStatement/st-4"));
        OrderAction labs = new OrderAction.OrderLabs(
                new Recheck(Window.on(CardSamples.TODAY), List.of(LabTest.values()), true, true));
        JsonNode actions = CardSamples.write(CardSamples.card(RuleId.R_46, AdviceKind.INCREASE)
                        .proposing("1")
                        .offering(new Option.CheckAdherence())
                        .suggesting(new Suggestion(new Option.OrderTests(), true, List.of(order, labs)))
                        .build())
                .at("/suggestions/0/actions");
        assertEquals(1 + LabTest.values().length, actions.size());
        for (JsonNode action : actions) {
            String written = action.path("resource").toString();
            assertEquals(
                    written,
                    R4.newJsonParser().encodeResourceToString(R4.newJsonParser().parseResource(written)));
        }
    }
}
