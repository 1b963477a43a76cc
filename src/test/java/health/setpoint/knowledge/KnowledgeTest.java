package health.setpoint.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.knowledge.parameter.SiteChoices;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.policy.Policy.Mode;
import health.setpoint.titration.policy.Policy.Preference;
import health.setpoint.titration.therapy.WeeklyDose;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class KnowledgeTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-02");

    private final Knowledge knowledge = Knowledge.load();

    @Test
    void theBandsAreThoseOfTheSpecification() {
        var limits = knowledge.on(DAY).estradiol();

        assertNumber("20", limits.low());
        assertNumber("40", limits.inRangeTop());
        assertNumber("60", limits.borderlineTop());
        assertNumber("90", limits.veryHigh());
        assertNumber("10", limits.severe());
        assertNumber("0.5", limits.plausibleLowest());
        assertNumber("1000", limits.plausibleHighest());
    }

    @Test
    void theLadderRisesFromHalfAMilligramToTwoAWeek() {
        var ladder = knowledge.on(DAY).ladder();

        assertEquals("0.5", ladder.lowest().weekly().toString());
        assertEquals("1", ladder.start().weekly().toString());
        assertEquals("1.5", ladder.listed().weekly().toString());
        assertEquals("1", ladder.veryHighStart().weekly().toString());
        assertEquals("2", ladder.ceiling().weekly().toString());
        assertEquals(WeeklyDose.of("7"), ladder.oncologyDose());
    }

    @Test
    void aRecheckComesFourToSixWeeksAfterAChange() {
        var timing = knowledge.on(DAY).timing();

        assertEquals(28, timing.steadyStateDays());
        assertEquals(28, timing.recheckFromDays());
        assertEquals(42, timing.recheckToDays());
    }

    @Test
    void hematocritLimitsAreTheStricterOnes() {
        var hematocrit = knowledge.on(DAY).hematocrit();

        assertNumber("54", hematocrit.stop());
        assertNumber("50", hematocrit.warnAbove());
        assertNumber("48", hematocrit.startAbove());
    }

    @Test
    void everyAnalyteHasAnOldestAge() {
        var freshness = knowledge.on(DAY).freshness();

        assertEquals(90, freshness.of(Analyte.ESTRADIOL));
        assertEquals(180, freshness.of(Analyte.FREE_TESTOSTERONE));
        assertEquals(730, freshness.of(Analyte.DXA_T_SCORE));
        assertEquals(Analyte.values().length, freshness.maxAgeDays().size());
    }

    @Test
    void withoutChoicesEveryRuleRunsAndTestosteroneIsAdjustedFirstWhereItIsHigh() {
        Policy policy = knowledge.on(DAY);

        assertEquals(Mode.FULL, policy.mode());
        assertEquals(Preference.T_FIRST_IF_SUPRA, policy.preference());
        assertEquals("2026.2", policy.version());
        assertEquals(knowledge.hash(), policy.hash());
        assertTrue(policy.hash().matches("[0-9a-f]{12}"));
    }

    @Test
    void beforeItBeginsTheKnowledgeGivesNothing() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> knowledge.on(LocalDate.parse("2025-12-31")));

        assertTrue(refusal.getMessage().contains("2026-01-01"));
    }

    @Test
    void aChoiceOfASiteChangesTheHash() {
        Policy site = knowledge.on(DAY, SiteChoices.none().ceiling("L3"));

        assertEquals("1.5", site.ceiling().toString());
        assertNotEquals(knowledge.hash(), site.hash());
        assertEquals(
                site.hash(), knowledge.on(DAY, SiteChoices.none().ceiling("L3")).hash());
    }

    @Test
    void everyRuleHasASource() {
        for (RuleId rule : RuleId.values()) {
            assertFalse(knowledge.evidence().on(rule, DAY).sources().isEmpty(), rule.id());
        }
    }

    private static void assertNumber(String expected, BigDecimal actual) {
        assertEquals(0, new BigDecimal(expected).compareTo(actual), () -> expected + " but was " + actual);
    }
}
