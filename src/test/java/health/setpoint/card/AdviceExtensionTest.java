package health.setpoint.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.CardAdvice.Family;
import health.setpoint.titration.advice.Due;
import health.setpoint.titration.advice.Input;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.labs.Comparator;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.labs.ResultStatus;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdviceExtensionTest {

    private static final String KNOWLEDGE = "\"knowledge\":{\"version\":\"" + CardSamples.KNOWLEDGE.version()
            + "\",\"hash\":\"" + CardSamples.KNOWLEDGE.hash() + "\"}";

    @Test
    void anIncreaseReadsAsTheContractSays() {
        JsonNode card = CardSamples.write(CardSamples.card(RuleId.R_46, AdviceKind.INCREASE, RuleId.R_62, RuleId.R_65)
                .current("1")
                .proposing("1.5")
                .inputs(CardSamples.estradiol("72", CardSamples.PG_PER_ML))
                .build());
        assertEquals(
                "{\"rules\":[\"R-46\",\"R-62\",\"R-65\"],\"advice\":\"increase\",\"currentWeeklyDoseMg\":1.0,"
                        + "\"proposedWeeklyDoseMg\":1.5,\"recheck\":{\"from\":\"2026-03-30\",\"to\":\"2026-04-13\","
                        + "\"labs\":[\"estradiol\",\"testosterone\"]},\"inputs\":[{\"what\":\"estradiol\",\"value\":72,"
                        + "\"unit\":\"pg/mL\",\"at\":\"2026-02-27\",\"assay\":\"unknown\","
                        + "\"resource\":\"Observation/o-e2\"}],"
                        + KNOWLEDGE + "}",
                extension(card).toString());
    }

    @Test
    void aHoldProposesZero() {
        JsonNode card = CardSamples.write(CardSamples.card(RuleId.R_40, AdviceKind.HOLD)
                .current("1.75")
                .proposing("0")
                .build());
        assertEquals("0", extension(card).path("proposedWeeklyDoseMg").toString());
        assertEquals("1.75", extension(card).path("currentWeeklyDoseMg").toString());
    }

    @Test
    void valuesStayAsReportedAndWhatIsNotKnownIsAbsent() {
        Input bounded = new Input(
                new LabResult(
                        Analyte.ESTRADIOL,
                        ResultStatus.FINAL,
                        new ClinicalTime.Unknown(),
                        new Reading.Measured(Comparator.BELOW, new BigDecimal("18.40"), CardSamples.PMOL_PER_L),
                        Assay.MASS_SPECTROMETRY,
                        Optional.empty(),
                        "Observation/a"),
                true);
        Input unreadable = new Input(
                new LabResult(
                        Analyte.DXA_T_SCORE,
                        ResultStatus.FINAL,
                        new ClinicalTime.OnDay(CardSamples.TODAY),
                        new Reading.Unreadable(Reading.Why.NO_NUMBER, "see report"),
                        Assay.UNKNOWN,
                        Optional.empty(),
                        "Observation/b"),
                false);
        JsonNode card = CardSamples.write(CardSamples.card(RuleId.R_40, AdviceKind.HOLD)
                .withoutRecheck()
                .inputs(bounded, unreadable)
                .build());
        assertEquals(
                "[{\"what\":\"estradiol\",\"comparator\":\"<\",\"value\":18.40,\"unit\":\"pmol/L\","
                        + "\"assay\":\"LC-MS/MS\",\"resource\":\"Observation/a\"},"
                        + "{\"what\":\"dxa-t-score\",\"at\":\"2026-03-02\",\"resource\":\"Observation/b\"}]",
                extension(card).path("inputs").toString());
        assertFalse(extension(card).has("recheck"));
        assertFalse(extension(card).has("currentWeeklyDoseMg"));
    }

    @Test
    void aMonitoringCardListsWhatIsDueAndApartFromItWhatComesLater() {
        JsonNode card = CardSamples.write(CardSamples.card(RuleId.M_4, AdviceKind.MONITOR)
                .of(Family.MONITORING)
                .withoutRecheck()
                .inputs()
                .due(new Due(RuleId.M_4, Window.on(CardSamples.TODAY), List.of(LabTest.TESTOSTERONE, LabTest.CBC)))
                .later(new Due(RuleId.M_8, CardSamples.LATER, List.of(LabTest.LIPIDS)))
                .build());
        assertEquals(
                "{\"rules\":[\"M-4\"],\"advice\":\"monitor\",\"due\":[{\"rule\":\"M-4\","
                        + "\"from\":\"2026-03-02\",\"to\":\"2026-03-02\",\"labs\":[\"testosterone\",\"cbc\"]}],"
                        + "\"later\":[{\"rule\":\"M-8\",\"from\":\"2026-03-30\",\"to\":\"2026-04-13\","
                        + "\"labs\":[\"lipids\"]}],"
                        + KNOWLEDGE + "}",
                extension(card).toString());
    }

    private static JsonNode extension(JsonNode card) {
        return card.path("extension").path("health.setpoint.advice");
    }
}
