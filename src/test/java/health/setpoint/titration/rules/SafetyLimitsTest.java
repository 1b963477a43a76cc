package health.setpoint.titration.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.clinic.Patients;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.parameter.SiteChoices;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.Note;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Withheld;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.therapy.Regimen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each limit by itself, against a rule that proposes what no rule should. */
@DisplayName("Whatever a rule proposes")
class SafetyLimitsTest {

    private static final Knowledge KNOWLEDGE = Knowledge.load();
    private static final Facts HIGH = Patients.described(Map.of("estradiol", "70"));
    private static final Facts HIGH_ON_ONE = Patients.described(Map.of("estradiol", "70", "ai", "1.0"));

    private static Policy policy(Facts facts) {
        return KNOWLEDGE.on(facts.today());
    }

    private static Regimen rung(Facts facts, int rung) {
        return policy(facts).ladder().rungs().get(rung - 1);
    }

    private static Verdict rogue(AdviceKind kind, Proposal proposal, Option... options) {
        return Verdict.of(RuleId.R_46, Indicator.INFO, Map.of(), kind)
                .proposing(proposal)
                .offering(options);
    }

    private static Verdict start(Facts facts, int rung) {
        return rogue(AdviceKind.START, new Proposal.Start(rung(facts, rung)), new Option.Start(rung(facts, rung)));
    }

    private static Verdict increase(Facts facts, int rung) {
        return rogue(AdviceKind.INCREASE, new Proposal.Increase(rung(facts, rung)));
    }

    private static Verdict limited(Verdict verdict, Facts facts) {
        return SafetyLimits.apply(verdict, List.of(), new Picture(facts, policy(facts)));
    }

    private static void assertWithheld(Verdict verdict, Facts facts) {
        var limited = limited(verdict, facts);
        assertEquals(new Proposal.None(), limited.proposal());
        assertEquals(AdviceKind.SAFETY, limited.kind());
        assertEquals(List.of(Note.WITHHELD), limited.notes());
        assertTrue(limited.options().stream()
                .noneMatch(option -> option instanceof Option.Start || option instanceof Option.Increase));
    }

    private static void assertWithheld(Verdict verdict, Facts facts, Withheld... reasons) {
        assertWithheld(verdict, facts);
        assertEquals(List.of(reasons), limited(verdict, facts).withheld());
    }

    private static void assertPasses(Verdict verdict, Facts facts) {
        assertEquals(verdict.proposal(), limited(verdict, facts).proposal());
        assertEquals(verdict.kind(), limited(verdict, facts).kind());
    }

    private static Facts starting(String estradiol) {
        return Patients.described(Map.of("estradiol", estradiol));
    }

    @Test
    void a_start_passes_above_40_and_not_at_40() {
        assertPasses(start(HIGH, 2), HIGH);
        assertPasses(start(HIGH, 2), starting("40.1"));
        assertWithheld(start(HIGH, 2), starting("40"));
        assertWithheld(start(HIGH, 2), starting("15"), Withheld.LIMIT);
    }

    @Test
    void nothing_is_added_without_an_estradiol_that_counts() {
        assertWithheld(start(HIGH, 2), Patients.described(Map.of("estradiol", "none")));
        assertWithheld(start(HIGH, 2), starting("preliminary, 70"));
        assertWithheld(start(HIGH, 2), starting("70, no unit"));
        assertWithheld(start(HIGH, 2), starting("70, undated"));
        assertWithheld(start(HIGH, 2), starting("1001"));
        assertWithheld(start(HIGH, 2), starting(">30"));
    }

    @Test
    void nothing_is_added_on_an_estradiol_older_than_90_days() {
        assertPasses(start(HIGH, 2), starting("70, 90 d ago"));
        assertWithheld(start(HIGH, 2), starting("70, 91 d ago"));
    }

    @Test
    void nothing_is_added_on_results_that_contradict_each_other() {
        assertWithheld(start(HIGH, 2), starting("70; 15, 4 d ago"));
    }

    @Test
    void a_start_is_not_above_the_starting_rung() {
        assertPasses(start(HIGH, 1), HIGH);
        assertWithheld(start(HIGH, 3), HIGH);
    }

    @Test
    void an_increase_is_one_rung() {
        assertPasses(increase(HIGH_ON_ONE, 3), HIGH_ON_ONE);
        assertWithheld(increase(HIGH_ON_ONE, 4), HIGH_ON_ONE);
        assertWithheld(increase(HIGH_ON_ONE, 4), HIGH);
    }

    @Test
    void nothing_exceeds_the_ceiling_of_the_site() {
        var facts = Patients.described(Map.of("estradiol", "70", "ai", "1.5"));
        assertPasses(increase(facts, 4), facts);
        var narrow = KNOWLEDGE.on(facts.today(), SiteChoices.none().ceiling("L3"));
        var limited = SafetyLimits.apply(increase(facts, 4), List.of(), new Picture(facts, narrow));
        assertEquals(new Proposal.None(), limited.proposal());
        var low = KNOWLEDGE.on(HIGH.today(), SiteChoices.none().ceiling("L1"));
        assertEquals(
                new Proposal.None(),
                SafetyLimits.apply(start(HIGH, 2), List.of(), new Picture(HIGH, low))
                        .proposal());
    }

    @Test
    void nothing_is_added_within_28_days_of_a_change() {
        assertPasses(
                increase(HIGH_ON_ONE, 3), Patients.described(Map.of("estradiol", "70", "ai", "1.0, changed 28 d ago")));
        assertWithheld(
                increase(HIGH_ON_ONE, 3),
                Patients.described(Map.of("estradiol", "70", "ai", "1.0, changed 27 d ago")),
                Withheld.RECENT_CHANGE);
        assertWithheld(start(HIGH, 2), Patients.described(Map.of("estradiol", "70", "t changed", "27 d ago")));
    }

    @Test
    void nothing_is_added_where_another_rule_withholds() {
        var limited = SafetyLimits.apply(start(HIGH, 2), List.of(Withheld.TAMOXIFEN), new Picture(HIGH, policy(HIGH)));
        assertEquals(new Proposal.None(), limited.proposal());
    }

    @Test
    void nothing_is_added_on_half_a_chart() {
        assertWithheld(
                start(HIGH, 2),
                Patients.described(Map.of("estradiol", "70", "not read", "labs, partial")),
                Withheld.LABS_INCOMPLETE);
        assertWithheld(
                start(HIGH, 2),
                Patients.described(Map.of("estradiol", "70", "not read", "medication orders, failed")),
                Withheld.ORDERS_INCOMPLETE);
        assertPasses(start(HIGH, 2), Patients.described(Map.of("estradiol", "70", "not read", "conditions, failed")));
    }

    @Test
    void a_safety_only_site_gets_no_start_and_says_so() {
        var safetyOnly = KNOWLEDGE.on(HIGH.today(), SiteChoices.none().mode(Policy.Mode.SAFETY_ONLY));
        var limited = SafetyLimits.apply(start(HIGH, 2), List.of(), new Picture(HIGH, safetyOnly));
        assertEquals(new Proposal.None(), limited.proposal());
        assertEquals(List.of(Note.SAFETY_ONLY), limited.notes());
    }

    @Test
    void a_reduction_and_a_hold_are_never_withheld() {
        var low = Patients.described(
                Map.of("estradiol", "15", "ai", "1.0, changed 5 d ago", "not read", "labs, partial"));
        var reduce = rogue(AdviceKind.REDUCE, new Proposal.Reduce(rung(low, 1)));
        var hold = rogue(AdviceKind.HOLD, new Proposal.Hold());
        for (Verdict verdict : List.of(reduce, hold)) {
            assertEquals(
                    verdict.proposal(),
                    SafetyLimits.apply(verdict, List.of(Withheld.TAMOXIFEN), new Picture(low, policy(low)))
                            .proposal());
        }
    }

    @Test
    void a_low_estradiol_on_anastrozole_always_offers_a_hold_first() {
        var low = Patients.described(Map.of("estradiol", "19.9", "ai", "1.0"));
        var keep = rogue(AdviceKind.CONTINUE, new Proposal.None(), new Option.KeepAndRecheck());
        assertEquals(
                List.of(new Option.Hold(), new Option.KeepAndRecheck()),
                limited(keep, low).options());
        var waits = rogue(AdviceKind.WAIT, new Proposal.None(), new Option.HoldUntilRepeat(), new Option.OrderTests());
        assertEquals(waits.options(), limited(waits, low).options());
        assertEquals(keep.options(), limited(keep, HIGH_ON_ONE).options());
        var offAnastrozole = Patients.described(Map.of("estradiol", "19.9"));
        assertEquals(keep.options(), limited(keep, offAnastrozole).options());
    }

    @Test
    void a_course_without_change_is_always_open() {
        var none = rogue(AdviceKind.CONTINUE, new Proposal.None());
        assertEquals(List.of(new Option.KeepAndRecheck()), limited(none, HIGH).options());
        for (Option unchanged :
                List.of(new Option.KeepAndRecheck(), new Option.WatchAndRecheck(), new Option.OrderTests())) {
            assertEquals(
                    List.of(unchanged),
                    limited(rogue(AdviceKind.WATCH, new Proposal.None(), unchanged), HIGH)
                            .options());
        }
    }

    @Test
    void a_dose_comes_with_two_other_courses() {
        assertEquals(
                List.of(new Option.Start(rung(HIGH, 2)), new Option.KeepAndRecheck(), new Option.ReviewTestosterone()),
                limited(start(HIGH, 2), HIGH).options());
    }
}
