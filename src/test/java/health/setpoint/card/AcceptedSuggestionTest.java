package health.setpoint.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.json.JsonNodes;
import health.setpoint.chart.ChartOutcome;
import health.setpoint.chart.ChartReader;
import health.setpoint.chart.ChartRequest;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.OrderAction;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Suggestion;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.facts.Hook;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Regimen;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a card drafts is read back by the next call as what was meant. */
class AcceptedSuggestionTest {

    private static final ChartReader READER = new ChartReader(CardSamples.KNOWLEDGE);

    @TestFactory
    Stream<DynamicTest> everyRungIsReadBackAsItsWeeklyDose() {
        return Stream.of(true, false)
                .flatMap(injected -> CardSamples.KNOWLEDGE.on(CardSamples.TODAY).ladder().rungs().stream()
                        .flatMap(rung -> Stream.of(
                                        new OrderAction.CreateOrder(rung, Optional.empty()),
                                        new OrderAction.ReviseDraft(CardSamples.DRAFT, rung),
                                        new OrderAction.ReviseOrder(CardSamples.ORDER, rung))
                                .map(action -> test(action, rung, injected))));
    }

    private static DynamicTest test(OrderAction action, Regimen rung, boolean injected) {
        String name = action.getClass().getSimpleName() + " " + rung.weekly() + (injected ? ", injected" : "");
        return DynamicTest.dynamicTest(name, () -> {
            Course course = readBack(action, injected).courses().stream()
                    .filter(each -> each.drug() == Drug.ANASTROZOLE)
                    .findFirst()
                    .orElseThrow();
            Dosage.Weekly weekly = assertInstanceOf(Dosage.Weekly.class, course.dosage());
            assertEquals(rung.weekly(), weekly.dose());
            assertEquals(Optional.of(CardSamples.TODAY), course.boundsStart());
        });
    }

    @Test
    void aHoldIsReadBackAsAHoldOfToday() {
        Course course = readBack(new OrderAction.HoldOrder(CardSamples.ORDER), true)
                .courses()
                .get(0);
        assertEquals(Course.State.ON_HOLD, course.state());
        assertEquals(Optional.of(CardSamples.TODAY), course.boundsStart());
    }

    @Test
    void aStopIsReadBackAsEndedAndDatedToday() {
        Course course = readBack(new OrderAction.StopOrder(CardSamples.ORDER), true)
                .courses()
                .get(0);
        assertEquals(Course.State.ENDED, course.state());
        assertEquals(Optional.of(CardSamples.TODAY), course.boundsStart());
    }

    @Test
    void everyRequestedTestIsReadBackAsThatTest() {
        Recheck all = new Recheck(Window.on(CardSamples.TODAY), List.of(LabTest.values()), true, true);
        assertEquals(
                List.of(LabTest.values()),
                readBack(new OrderAction.OrderLabs(all), true).labRequests().stream()
                        .map(request -> request.test())
                        .toList());
    }

    private static health.setpoint.titration.facts.Facts readBack(OrderAction action, boolean injected) {
        ObjectNode card = CardSamples.write(
                CardSamples.card(RuleId.R_46, AdviceKind.WAIT)
                        .suggesting(new Suggestion(new Option.OrderTests(), true, List.of(action)))
                        .build(),
                CardSamples.context(),
                injected);
        ObjectNode prefetch = JsonNodes.object();
        prefetch.putObject("patient")
                .put("resourceType", "Patient")
                .put("id", CardSamples.PATIENT)
                .put("gender", "male")
                .put("birthDate", "1981-01-01");
        for (String key : List.of("labs", "medicationRequests", "serviceRequests")) {
            prefetch.putObject(key).put("resourceType", "Bundle").put("type", "searchset");
        }
        int number = 0;
        for (JsonNode accepted : card.at("/suggestions/0/actions")) {
            ObjectNode resource = accepted.path("resource").deepCopy();
            if (!resource.has("id")) {
                resource.put("id", "new-" + number++);
            }
            if (resource.path("status").asText().equals("draft")) {
                resource.put("status", "active");
            }
            String key = resource.path("resourceType").asText().equals("ServiceRequest")
                    ? "serviceRequests"
                    : "medicationRequests";
            ((ObjectNode) prefetch.path(key)).withArray("entry").addObject().set("resource", resource);
        }
        ChartOutcome outcome = READER.read(new ChartRequest(
                Hook.PATIENT_VIEW,
                CardSamples.PATIENT,
                prefetch,
                MissingNode.getInstance(),
                List.of(),
                CardSamples.TODAY.atTime(9, 0),
                ZoneId.of("America/New_York")));
        return assertInstanceOf(ChartOutcome.Read.class, outcome).facts();
    }
}
