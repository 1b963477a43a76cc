package health.setpoint.card.suggestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.CardSamples;
import health.setpoint.card.text.CardDetail;
import health.setpoint.knowledge.parameter.SiteChoices;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.OrderAction;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Suggestion;
import health.setpoint.titration.facts.Hook;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DialectsTest {

    private static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";

    static List<String> names() {
        return Dialects.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyNameGivesItsDialect(String name) {
        assertEquals(name, Dialects.named(name, Orderables.NONE).name());
    }

    @Test
    void anUnknownNameIsRefusedWithThoseThatThereAre() {
        String message = assertThrows(IllegalArgumentException.class, () -> Dialects.named("cerner", Orderables.NONE))
                .getMessage();
        assertTrue(message.contains("cerner") && message.contains("epic"), message);
    }

    @Test
    void epicRefusesAnOrderableInACodeSystemThatItDoesNotTake() {
        Orderables snomed = new Orderables(List.of(dose("0.5", 2, "http://snomed.info/sct", "1")), List.of());
        assertThrows(IllegalArgumentException.class, () -> Dialects.named("epic", snomed));
    }

    @ParameterizedTest
    @CsvSource({
        "http://www.nlm.nih.gov/research/umls/rxnorm, urn:oid:2.16.840.1.113883.6.88",
        "urn:oid:2.16.840.1.113883.6.88, urn:oid:2.16.840.1.113883.6.88",
        "http://hl7.org/fhir/sid/ndc, urn:oid:2.16.840.1.113883.6.69",
        "urn:oid:2.16.840.1.113883.6.69, urn:oid:2.16.840.1.113883.6.69",
        EpicDialect.PREFERENCE_LIST + ", " + EpicDialect.PREFERENCE_LIST
    })
    void epicGetsTheSpellingOfTheCodeSystemThatItKnows(String written, String sent) {
        Orderables site = new Orderables(List.of(dose("0.50", 2, written, "X1")), List.of());
        JsonNode coding = write(Dialects.named("epic", site), OverrideReasons.OWN)
                .at("/suggestions/0/actions/0/resource/medicationCodeableConcept/coding");
        assertEquals(1, coding.size());
        assertEquals(sent, coding.at("/0/system").asText());
        assertEquals("X1", coding.at("/0/code").asText());
    }

    @Test
    void oneEntryCannotStandForTwoDosesNorOneDoseForTwoEntries() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Orderables(List.of(dose("0.5", 1, RXNORM, "A"), dose("0.5", 2, RXNORM, "A")), List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Orderables(List.of(dose("0.5", 2, RXNORM, "A"), dose("0.50", 2, RXNORM, "B")), List.of()));
    }

    @Test
    void aTestIsNamedByOurWordForIt() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new Orderables.Test("E2", RXNORM, "1", "Estradiol"))
                .getMessage();
        assertTrue(message.contains("estradiol"), message);
    }

    @Test
    void stepsOfTheLadderWithoutOrderableAreNamed() {
        Orderables site = new Orderables(List.of(dose("0.5", 2, RXNORM, "A")), List.of());
        assertEquals(
                List.of("0.5 mg, 1 times a week", "0.5 mg, 3 times a week", "1 mg, 2 times a week"),
                site.missing(CardSamples.KNOWLEDGE, CardSamples.TODAY, SiteChoices.none()));
    }

    @Test
    void aSiteThatMapsReasonsShowsThoseAlone() {
        OverrideReasons site = new OverrideReasons(
                Map.of("patientwish", new OverrideReasons.Reason("urn:oid:1.2.3", "7", "Patient declines")));
        JsonNode reasons = write(new StandardDialect(), site).path("overrideReasons");
        assertEquals(
                CardSamples.json(
                                "{\"a\":[{\"system\":\"urn:oid:1.2.3\",\"code\":\"7\",\"display\":\"Patient declines\"}]}")
                        .path("a"),
                reasons);
        assertEquals(
                OverrideReasons.codes().size(),
                write(new StandardDialect(), OverrideReasons.OWN)
                        .path("overrideReasons")
                        .size());
    }

    @Test
    void aReasonThatIsNoneOfOursOrLacksASystemIsRefused() {
        OverrideReasons.Reason reason = new OverrideReasons.Reason("urn:oid:1.2.3", "7", "Declined");
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new OverrideReasons(Map.of("declined", reason)))
                .getMessage();
        assertTrue(message.contains("declined") && message.contains("judgment"), message);
        assertThrows(
                IllegalArgumentException.class,
                () -> new OverrideReasons(Map.of("judgment", reason, "arranged", reason)));
        assertThrows(IllegalArgumentException.class, () -> new OverrideReasons.Reason(" ", "7", "Declined"));
    }

    @Test
    void cdsHooks10LeavesTheCardsOfTheJournalAsTheyAre() {
        ObjectNode card = write(new CdsHooks10Dialect(), OverrideReasons.OWN);
        ObjectNode before = card.deepCopy();
        ObjectNode answer = new CdsHooks10Dialect().answer(List.of(card), Hook.ORDER_SIGN);
        assertEquals(before, card);
        assertTrue(card.has("uuid"));
        assertTrue(answer.path("cards").path(0).path("uuid").isMissingNode());
    }

    @Test
    void onlyInfernoGetsSystemActionsAndOnlyAtSigning() {
        for (String name : Dialects.names()) {
            for (Hook hook : Hook.values()) {
                boolean wanted = name.equals("inferno") && hook == Hook.ORDER_SIGN;
                assertEquals(
                        wanted,
                        Dialects.named(name, Orderables.NONE)
                                .answer(List.of(), hook)
                                .has("systemActions"),
                        name + " " + hook);
            }
        }
    }

    private static Orderables.Dose dose(String mg, int times, String system, String code) {
        return new Orderables.Dose(new BigDecimal(mg), times, system, code, "anastrozole " + mg);
    }

    private static ObjectNode write(Dialect dialect, OverrideReasons reasons) {
        CardContext context = new CardContext(
                Hook.ORDER_SIGN,
                CardSamples.CLIENT,
                CardSamples.CALL,
                CardSamples.PATIENT,
                "Practitioner/dr-1",
                CardSamples.TODAY,
                Map.of(),
                List.of(),
                new CardStyle(dialect, reasons, CardDetail.SHORT));
        return CardSamples.WRITER
                .write(
                        CardSamples.advice(
                                CardSamples.card(RuleId.R_55, AdviceKind.START)
                                        .proposing("1")
                                        .offering(new Option.Start(CardSamples.TWICE))
                                        .suggesting(new Suggestion(
                                                new Option.Start(CardSamples.TWICE),
                                                true,
                                                List.of(new OrderAction.CreateOrder(
                                                        CardSamples.TWICE, Optional.empty()))))
                                        .build(),
                                List.of(),
                                true),
                        context)
                .get(0)
                .json();
    }
}
