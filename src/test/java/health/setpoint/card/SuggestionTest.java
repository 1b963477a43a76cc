package health.setpoint.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.json.JsonNodes;
import health.setpoint.card.json.StableUuid;
import health.setpoint.card.suggestion.CardContext;
import health.setpoint.conformance.CdsHooksConformance;
import health.setpoint.conformance.R4Validation;
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
import health.setpoint.titration.therapy.Regimen;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SuggestionTest {

    private static final OrderAction LABS = new OrderAction.OrderLabs(CardSamples.RECHECK);

    private static final Map<String, OrderAction> ACTIONS = Map.of(
            "a draft is deleted", new OrderAction.DeleteDraft(CardSamples.DRAFT),
            "a draft gets another dose", new OrderAction.ReviseDraft(CardSamples.DRAFT, CardSamples.TWICE),
            "an order gets another dose", new OrderAction.ReviseOrder(CardSamples.ORDER, CardSamples.HIGHEST),
            "an order is held", new OrderAction.HoldOrder(CardSamples.ORDER),
            "a draft in an odd shape is held", new OrderAction.HoldOrder(CardSamples.DRAFT),
            "an order is stopped", new OrderAction.StopOrder(CardSamples.ORDER),
            "an order is drafted", new OrderAction.CreateOrder(CardSamples.TWICE, Optional.empty()),
            "an order takes the place of a statement",
                    new OrderAction.CreateOrder(CardSamples.ONCE, Optional.of("MedicationStatement/st-4")),
            "every test is requested",
                    new OrderAction.OrderLabs(
                            new Recheck(Window.on(CardSamples.TODAY), List.of(LabTest.values()), true, true)));

    @TestFactory
    Stream<DynamicTest> everyResourceIsValidR4AndEveryCardConforms() {
        return ACTIONS.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    ObjectNode card = card(entry.getValue(), LABS);
                    ObjectNode answer = JsonNodes.object();
                    answer.putArray("cards").add(card);
                    assertEquals(List.of(), CdsHooksConformance.ofResponse(answer, "order-sign"));
                    for (JsonNode action : card.path("suggestions").get(0).path("actions")) {
                        if (action.has("resource")) {
                            assertEquals(
                                    List.of(), R4Validation.errorsOf(action.path("resource")), action::toPrettyString);
                        }
                        assertFalse(action.path("description").asText().contains(CardSamples.PATIENT));
                    }
                }));
    }

    @Test
    void aRevisedDraftKeepsAllThatWasSentAndRepairsItsShape() {
        JsonNode draft = resource(new OrderAction.ReviseDraft(CardSamples.DRAFT, CardSamples.TWICE));
        assertEquals("request-123", draft.path("id").asText());
        assertEquals("draft", draft.path("status").asText());
        assertEquals("order", draft.path("intent").asText());
        assertEquals("kept", draft.path("extension").path(0).path("valueString").asText());
        assertEquals("community", draft.at("/category/0/coding/0/code").asText());
        assertEquals("48723006", draft.at("/reasonCode/0/coding/0/code").asText());
        assertFalse(draft.has("supportingInformation"));
        assertEquals(
                30, draft.at("/dispenseRequest/expectedSupplyDuration/value").asInt());
        assertEquals(
                CardSamples.json("""
                        {"text":"Take half a 1 mg tablet (0.5 mg) twice weekly, on or the day after the injection and 3-4 days later",
                         "timing":{"repeat":{"boundsPeriod":{"start":"2026-03-02"},"frequency":2,"period":1,"periodUnit":"wk"}},
                         "route":{"text":"by mouth"},
                         "doseAndRate":[{"doseQuantity":{"value":0.5,"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"}}]}"""),
                CardSamples.json(draft.path("dosageInstruction").get(0).toString()));
        assertEquals(1, draft.path("dosageInstruction").size());
        assertTrue(draft.at("/note/0/text").asText().contains("Off-label"));
    }

    @TestFactory
    Stream<DynamicTest> anOrderOfAnotherProductIsNotGivenADoseInTablets() {
        return Stream.of(
                        "Anastrozole 0.25 mg capsule (compounded)",
                        "anastrozole 0.5 mg tablet",
                        "Anastrozole 1 mg capsule",
                        "anastrozole 1 mg/mL oral suspension",
                        "Anastrozole 1 mg compounded")
                .flatMap(name -> Stream.of(CardSamples.DRAFT, CardSamples.ORDER)
                        .map(reference -> DynamicTest.dynamicTest(name + ", " + reference, () -> {
                            ObjectNode card = redosed(reference, name);
                            assertFalse(card.toString().contains("\"update\""), card::toPrettyString);
                            assertTrue(card.path("detail").asText().contains("**By hand:**"), card::toPrettyString);
                        })));
    }

    @TestFactory
    Stream<DynamicTest> anOrderOfTheTabletIsGivenAnotherDose() {
        return Stream.of(
                        "anastrozole 1 MG Oral Tablet",
                        "ANASTROZOLE 1 MG PO TABS",
                        "anastrozole (ARIMIDEX) 1.0 mg tablet",
                        "Anastrozole")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    ObjectNode card = redosed(CardSamples.ORDER, name);
                    assertEquals(
                            "update", card.at("/suggestions/0/actions/0/type").asText(), card::toPrettyString);
                }));
    }

    private static ObjectNode redosed(String reference, String name) {
        ObjectNode order = reference.equals(CardSamples.DRAFT) ? CardSamples.draft() : CardSamples.order();
        order.putObject("medicationCodeableConcept").put("text", name);
        OrderAction action = reference.equals(CardSamples.DRAFT)
                ? new OrderAction.ReviseDraft(reference, CardSamples.TWICE)
                : new OrderAction.ReviseOrder(reference, CardSamples.TWICE);
        return CardSamples.write(advice(action), CardSamples.context(Map.of(reference, order)), true);
    }

    @Test
    void aHeldOrderBecomesActiveWhenItGetsADose() {
        ObjectNode held = CardSamples.order();
        held.put("status", "on-hold").putObject("statusReason").put("text", "low estradiol");
        ObjectNode card = CardSamples.write(
                advice(new OrderAction.ReviseOrder(CardSamples.ORDER, CardSamples.ONCE)),
                CardSamples.context(Map.of(CardSamples.ORDER, held)),
                true);
        JsonNode order = card.at("/suggestions/0/actions/0/resource");
        assertEquals("active", order.path("status").asText());
        assertFalse(order.has("statusReason"));
        assertEquals("agreed with the patient", order.at("/note/0/text").asText());
        assertEquals("7", order.at("/meta/versionId").asText());
    }

    @Test
    void aHoldKeepsTheDoseAndDatesTheChange() {
        JsonNode order = resource(new OrderAction.HoldOrder(CardSamples.ORDER));
        assertEquals("on-hold", order.path("status").asText());
        assertFalse(order.at("/statusReason/text").asText().isBlank());
        assertEquals(CardSamples.json("""
                        {"boundsPeriod":{"start":"2026-03-02","end":"2026-12-31"},
                         "frequency":2,"period":1,"periodUnit":"wk"}"""), order.at("/dosageInstruction/0/timing/repeat"));
        assertEquals(
                "0.50",
                order.at("/dosageInstruction/0/doseAndRate/0/doseQuantity/value")
                        .asText());
    }

    @Test
    void aHoldEndsNoPeriodBeforeItBegins() {
        ObjectNode ended = CardSamples.order();
        ((ObjectNode) ended.at("/dosageInstruction/0/timing/repeat/boundsPeriod")).put("end", "2026-01-31");
        ObjectNode card = CardSamples.write(
                advice(new OrderAction.HoldOrder(CardSamples.ORDER)),
                CardSamples.context(Map.of(CardSamples.ORDER, ended)),
                true);
        assertEquals(
                CardSamples.json("{\"start\":\"2026-03-02\"}"),
                card.at("/suggestions/0/actions/0/resource/dosageInstruction/0/timing/repeat/boundsPeriod"));
    }

    @Test
    void anOrderWithoutTimingIsDatedWhenItIsHeld() {
        ObjectNode vague = CardSamples.order();
        vague.putArray("dosageInstruction").addObject().put("text", "as directed");
        ObjectNode card = CardSamples.write(
                advice(new OrderAction.HoldOrder(CardSamples.ORDER)),
                CardSamples.context(Map.of(CardSamples.ORDER, vague)),
                true);
        JsonNode order = card.at("/suggestions/0/actions/0/resource");
        assertEquals(
                "2026-03-02",
                order.at("/dosageInstruction/0/timing/repeat/boundsPeriod/start")
                        .asText());
        assertEquals(List.of(), R4Validation.errorsOf(order));
    }

    @Test
    void theOrdersOfTheCallAreLeftAsTheyAre() {
        ObjectNode draft = CardSamples.draft();
        String before = draft.toString();
        CardSamples.write(
                advice(new OrderAction.ReviseDraft(CardSamples.DRAFT, CardSamples.TWICE)),
                CardSamples.context(Map.of(CardSamples.DRAFT, draft)),
                true);
        assertEquals(before, draft.toString());
    }

    @Test
    void aNewOrderIsAHalfTabletTwiceWeeklyOfTheOneMilligramTablet() {
        JsonNode order = resource(new OrderAction.CreateOrder(CardSamples.TWICE, Optional.empty()));
        assertFalse(order.has("id"));
        assertEquals(
                "199224", order.at("/medicationCodeableConcept/coding/0/code").asText());
        assertEquals(
                "Patient/" + CardSamples.PATIENT, order.at("/subject/reference").asText());
        assertEquals("Practitioner/dr-1", order.at("/requester/reference").asText());
        assertEquals("2026-03-02", order.path("authoredOn").asText());
        assertEquals(
                "2026-03-02",
                order.at("/dosageInstruction/0/timing/repeat/boundsPeriod/start")
                        .asText());
    }

    @Test
    void aUserWhoIsNoPractitionerIsNoRequester() {
        CardContext context = new CardContext(
                Hook.ORDER_SIGN,
                CardSamples.CLIENT,
                CardSamples.CALL,
                CardSamples.PATIENT,
                "Patient/x",
                CardSamples.TODAY,
                Map.of());
        ObjectNode card = CardSamples.write(
                advice(new OrderAction.CreateOrder(CardSamples.TWICE, Optional.empty())), context, true);
        assertFalse(card.at("/suggestions/0/actions/0/resource").has("requester"));
    }

    @TestFactory
    Stream<DynamicTest> theDosingTextFollowsTheRoute() {
        record Row(Regimen regimen, boolean injected, String text) {}
        return Stream.of(
                        new Row(
                                CardSamples.TWICE,
                                true,
                                "Take half a 1 mg tablet (0.5 mg) twice weekly, on or the day after the injection and 3-4 days later"),
                        new Row(
                                CardSamples.TWICE,
                                false,
                                "Take half a 1 mg tablet (0.5 mg) twice weekly, Monday and Thursday"),
                        new Row(
                                CardSamples.THRICE,
                                true,
                                "Take half a 1 mg tablet (0.5 mg) three times weekly, Monday, Wednesday and Friday"),
                        new Row(
                                CardSamples.ONCE,
                                true,
                                "Take half a 1 mg tablet (0.5 mg) once weekly, on or the day after the injection"),
                        new Row(
                                CardSamples.ONCE,
                                false,
                                "Take half a 1 mg tablet (0.5 mg) once weekly, always on the same weekday"),
                        new Row(
                                CardSamples.HIGHEST,
                                false,
                                "Take one 1 mg tablet (1 mg) twice weekly, Monday and Thursday"),
                        new Row(
                                new Regimen(new BigDecimal("0.25"), 2),
                                false,
                                "Take a quarter of a 1 mg tablet (0.25 mg) twice weekly, Monday and Thursday"))
                .map(row -> DynamicTest.dynamicTest(row.text(), () -> {
                    ObjectNode card = CardSamples.write(
                            advice(new OrderAction.CreateOrder(row.regimen(), Optional.empty())),
                            CardSamples.context(),
                            row.injected());
                    assertEquals(
                            row.text(),
                            card.at("/suggestions/0/actions/0/resource/dosageInstruction/0/text")
                                    .asText());
                }));
    }

    @Test
    void eachTestIsARequestOfItsOwnWithTheWindowAsItsPeriod() {
        ObjectNode card = card(LABS);
        List<JsonNode> requests = StreamSupport.stream(
                        card.at("/suggestions/0/actions").spliterator(), false)
                .map(action -> action.path("resource"))
                .toList();
        assertEquals(2, requests.size());
        assertEquals("35384-7", requests.get(0).at("/code/coding/0/code").asText());
        assertEquals("2986-8", requests.get(1).at("/code/coding/0/code").asText());
        for (JsonNode request : requests) {
            assertEquals("draft", request.path("status").asText());
            assertEquals(
                    CardSamples.json("{\"start\":\"2026-03-30\",\"end\":\"2026-04-13\"}"),
                    request.path("occurrencePeriod"));
            assertTrue(request.at("/note/0/text").asText().contains("trough"));
        }
        assertEquals(
                "Order estradiol (LC-MS/MS) and testosterone, 2026-03-30 to 2026-04-13",
                card.at("/suggestions/0/label").asText());
    }

    @Test
    void aSuggestionSaysAllThatItDoes() {
        ObjectNode card = card(
                new OrderAction.DeleteDraft(CardSamples.DRAFT), new OrderAction.HoldOrder(CardSamples.ORDER), LABS);
        assertEquals(
                "Remove the draft: anastrozole 1 MG Oral Tablet; Hold anastrozole 1 MG Oral Tablet;"
                        + " order estradiol (LC-MS/MS) and testosterone",
                card.at("/suggestions/0/label").asText());
        assertEquals(
                CardSamples.DRAFT,
                card.at("/suggestions/0/actions/0/resourceId").asText());
        assertEquals(4, card.at("/suggestions/0/actions").size());
    }

    @Test
    void aRetryGivesTheSameIdsAndAnotherCallGivesOthers() {
        CardAdvice advice = advice(LABS);
        ObjectNode first = CardSamples.write(advice);
        assertEquals(first, CardSamples.write(advice));
        CardContext other = new CardContext(
                Hook.ORDER_SIGN,
                CardSamples.CLIENT,
                "11111111-2222-4333-8444-555555555555",
                CardSamples.PATIENT,
                "Practitioner/dr-1",
                CardSamples.TODAY,
                Map.of());
        ObjectNode second = CardSamples.write(advice, other, true);
        assertNotEquals(first.path("uuid"), second.path("uuid"));
        assertNotEquals(first.at("/suggestions/0/uuid"), second.at("/suggestions/0/uuid"));
    }

    @Test
    void twoClientsThatNameTheirCallsAlikeGetOtherIds() {
        CardAdvice advice = advice(LABS);
        ObjectNode first = CardSamples.write(advice);
        CardContext other = new CardContext(
                Hook.ORDER_SIGN,
                "another-hospital",
                CardSamples.CALL,
                CardSamples.PATIENT,
                "Practitioner/dr-1",
                CardSamples.TODAY,
                Map.of());
        ObjectNode second = CardSamples.write(advice, other, true);
        assertNotEquals(first.path("uuid"), second.path("uuid"));
        assertNotEquals(first.at("/suggestions/0/uuid"), second.at("/suggestions/0/uuid"));
    }

    @Test
    void idsAreNameBasedUuids() {
        java.util.UUID dns = java.util.UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
        assertEquals(
                "886313e1-3b8a-5372-9b90-0c9aee199e5d",
                StableUuid.of(dns, "python.org").toString());
    }

    @Test
    void anOrderThatWasNotReadIsAnErrorAndNotHalfACard() {
        CardAdvice advice = advice(new OrderAction.HoldOrder("MedicationRequest/elsewhere"));
        assertThrows(IllegalStateException.class, () -> CardSamples.write(advice));
    }

    @Test
    void aDraftWithoutIdIsSpokenOfAndNotActedOn() {
        String place = "draftOrders.entry[0]";
        ObjectNode card = CardSamples.write(CardSamples.card(RuleId.R_51, AdviceKind.DO_NOT_START)
                .on(place, false)
                .offering(new Option.RemoveDraft())
                .suggesting(
                        new Suggestion(
                                new Option.RemoveDraft(), true, List.of(new OrderAction.DeleteDraft(place), LABS)),
                        new Suggestion(new Option.OrderTests(), false, List.of(LABS)))
                .build());
        assertEquals(1, card.path("suggestions").size());
        assertTrue(card.path("detail").asText().contains("Remove the draft; "));
        assertTrue(card.path("detail").asText().contains("Draft: an order without a name."));
    }

    @Test
    void withoutSuggestionsThereIsNoSelectionBehavior() {
        ObjectNode card = CardSamples.write(
                CardSamples.card(RuleId.R_42, AdviceKind.CONTINUE).build());
        assertFalse(card.has("selectionBehavior"));
        assertFalse(card.has("suggestions"));
        assertFalse(card.has("links"));
    }

    private static JsonNode resource(OrderAction action) {
        return card(action).at("/suggestions/0/actions/0/resource");
    }

    private static ObjectNode card(OrderAction... actions) {
        return CardSamples.write(advice(actions));
    }

    private static CardAdvice advice(OrderAction... actions) {
        return CardSamples.card(RuleId.R_46, AdviceKind.INCREASE)
                .current("1")
                .proposing("1.5")
                .offering(new Option.CheckAdherence())
                .suggesting(new Suggestion(new Option.OrderTests(), true, Arrays.asList(actions)))
                .build();
    }
}
