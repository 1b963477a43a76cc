package health.setpoint.card.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.CardSamples;
import health.setpoint.card.suggestion.CardContext;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.OrderAction;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Suggestion;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.facts.Hook;
import health.setpoint.titration.labs.LabTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Test;

class EncodedShapesTest {

    private record Shape(String name) {}

    @Test
    void hapiIsAskedOnceForAShapeAndEachCopyIsTheCallersOwn() {
        EncodedShapes shapes = new EncodedShapes();
        AtomicInteger built = new AtomicInteger();
        ObjectNode first = draft(shapes, "one", built);
        first.put("status", "revoked");
        first.withArray("note").addObject().put("text", "of the first caller");
        assertEquals(
                "{\"resourceType\":\"ServiceRequest\",\"status\":\"draft\"}",
                draft(shapes, "one", built).toString());
        assertEquals(1, built.get());
        draft(shapes, "two", built);
        assertEquals(2, built.get());
    }

    private static ObjectNode draft(EncodedShapes shapes, String name, AtomicInteger built) {
        return shapes.copy(new Shape(name), () -> {
            built.incrementAndGet();
            return new ServiceRequest().setStatus(ServiceRequest.ServiceRequestStatus.DRAFT);
        });
    }

    @Test
    void nothingOfAPatientUserOrDayReachesTheNextCall() {
        CardAdvice advice = CardSamples.card(RuleId.R_46, AdviceKind.INCREASE)
                .proposing("1")
                .offering(new Option.CheckAdherence())
                .suggesting(new Suggestion(
                        new Option.OrderTests(),
                        true,
                        List.of(
                                new OrderAction.CreateOrder(CardSamples.TWICE, Optional.of("MedicationStatement/st-4")),
                                new OrderAction.OrderLabs(new Recheck(
                                        Window.on(CardSamples.TODAY), List.of(LabTest.values()), true, true)))))
                .build();
        String before = actions(advice, CardSamples.context()).toString();
        CardContext other = new CardContext(
                Hook.ORDER_SIGN,
                CardSamples.CLIENT,
                CardSamples.CALL,
                "someone-else",
                "PractitionerRole/another",
                CardSamples.TODAY.plusDays(1),
                Map.of());
        String between = actions(advice, other).toString();
        assertFalse(between.contains(CardSamples.PATIENT), between);
        assertFalse(between.contains("Practitioner/dr-1"), between);
        assertEquals(before, actions(advice, CardSamples.context()).toString());
    }

    private static JsonNode actions(CardAdvice advice, CardContext context) {
        return CardSamples.write(advice, context, true).at("/suggestions/0/actions");
    }
}
