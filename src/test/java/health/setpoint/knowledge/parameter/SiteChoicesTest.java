package health.setpoint.knowledge.parameter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.yaml.KnowledgeException;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.policy.Policy.Mode;
import health.setpoint.titration.policy.Policy.Preference;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A site may narrow what the knowledge allows and never widen it. */
class SiteChoicesTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-02");

    private final Knowledge knowledge = Knowledge.load();

    @Test
    void aSiteMayWithholdEveryStartAndIncrease() {
        assertEquals(
                Mode.SAFETY_ONLY,
                with(SiteChoices.none().mode(Mode.SAFETY_ONLY)).mode());
    }

    @Test
    void aSiteMayChooseWhatIsAdjustedFirst() {
        for (Preference preference : Preference.values()) {
            assertEquals(
                    preference, with(SiteChoices.none().preference(preference)).preference());
        }
    }

    @Test
    void aSiteMayLowerTheCeilingAndEveryProposalFollows() {
        var ladder = with(SiteChoices.none().ceiling("L1")).ladder();

        assertEquals("0.5", ladder.ceiling().weekly().toString());
        assertEquals("0.5", ladder.start().weekly().toString());
        assertEquals("0.5", ladder.listed().weekly().toString());
    }

    @Test
    void aSiteMayStartLower() {
        assertEquals(
                "0.5",
                with(SiteChoices.none().start("L1")).ladder().start().weekly().toString());
        assertEquals(
                "0.5",
                with(SiteChoices.none().veryHighStart("L1"))
                        .ladder()
                        .veryHighStart()
                        .weekly()
                        .toString());
    }

    @Test
    void withQuarterTabletsTheLowestRungIsSplitAndNotRaised() {
        var lowest = with(SiteChoices.none().quarterTablets()).ladder().lowest();

        assertEquals(new BigDecimal("0.25"), lowest.mgPerIntake());
        assertEquals(2, lowest.timesPerWeek());
        assertEquals("0.5", lowest.weekly().toString());
    }

    @Test
    void aSiteMayAskForFresherResults() {
        assertEquals(
                60,
                with(SiteChoices.none().with("max-age.estradiol", "60"))
                        .freshness()
                        .of(Analyte.ESTRADIOL));
    }

    @Test
    void aSiteMayCheckMoreOften() {
        assertEquals(
                60,
                with(SiteChoices.none().with("monitoring.first-year-interval", "60"))
                        .monitoring()
                        .firstYearIntervalDays());
    }

    @Test
    void aSiteAtAltitudeMayStartAtAHigherHematocritButStopsAtTheSame() {
        var hematocrit =
                with(SiteChoices.none().with("hematocrit.altitude", "yes")).hematocrit();

        assertEquals("50", hematocrit.startAbove().toString());
        assertEquals("54", hematocrit.stop().toString());
    }

    @ParameterizedTest(name = "{0} = {1} is refused")
    @CsvSource({
        "ladder.ceiling, L5, not a number",
        "ladder.start, L3, may only lower",
        "ladder.very-high-start, L3, may only lower",
        "ladder.listed, L4, may only lower",
        "timing.steady-state, 14, may only raise",
        "timing.recheck-to, 90, may only lower",
        "max-age.estradiol, 365, may only lower",
        "max-age.estradiol, 1, may only lower",
        "hematocrit.stop, 56, may only lower",
        "psa.absolute, 10, may only lower",
        "testosterone.supraphysiologic, 1500, may only lower",
        "monitoring.later-interval, 365, may only lower",
        "symptoms.nonspecific, 1, may only raise",
        "mode, OFF, is none of",
        "preference, NOTHING_FIRST, is none of",
        "ladder.quarter-tablets, true, is none of",
        "estradiol.in-range-top, 30, cannot choose this",
        "estradiol.low, 10, cannot choose this",
        "ladder.l4, 3, cannot choose this",
        "ladder.oncology-dose, 14, cannot choose this",
        "estradiol.lowest, 10, nothing is called so",
        "max-age.estradiol, sixty, not a number"
    })
    void widerIsRefusedByName(String parameter, String value, String why) {
        var refusal = assertThrows(
                KnowledgeException.class, () -> knowledge.calendar(SiteChoices.of(Map.of(parameter, value))));

        assertTrue(refusal.getMessage().contains("site choice " + parameter), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }

    @Test
    void choicesThatCrossEachOtherAreRefused() {
        var refusal = assertThrows(
                KnowledgeException.class,
                () -> knowledge.calendar(SiteChoices.none().with("timing.steady-state", "35")));

        assertTrue(refusal.getMessage().contains("crosses timing.steady-state"), refusal.getMessage());
    }

    @Test
    void choicesThatFitTogetherAreTaken() {
        var timing = with(SiteChoices.none().with("timing.steady-state", "35").with("timing.recheck-from", "35"))
                .timing();

        assertEquals(35, timing.steadyStateDays());
        assertEquals(35, timing.recheckFromDays());
        assertEquals(42, timing.recheckToDays());
    }

    @Test
    void everyNumberThatASiteMayChangeStaysWithinItsBoundAtBothEnds() {
        for (Parameter parameter : knowledge.parameters()) {
            if (parameter.site().orElse(null) instanceof Parameter.Lower lower) {
                knowledge.calendar(SiteChoices.of(companions(parameter.id(), lower.to())));
            }
            if (parameter.site().orElse(null) instanceof Parameter.Raise raise) {
                knowledge.calendar(SiteChoices.of(companions(parameter.id(), raise.to())));
            }
        }
    }

    private static Map<String, String> companions(String id, String bound) {
        return id.equals("timing.steady-state") ? Map.of(id, bound, "timing.recheck-from", bound) : Map.of(id, bound);
    }

    private Policy with(SiteChoices choices) {
        return knowledge.on(DAY, choices);
    }
}
