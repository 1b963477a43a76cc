package health.setpoint.titration.rules;

import static health.setpoint.titration.advice.Indicator.INFO;
import static health.setpoint.titration.advice.Indicator.WARNING;

import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.Option.Kind;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.labs.Latest;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.policy.Policy.Preference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Testosterone out of range: adjusted before an inhibitor is. */
public final class TestosteroneFirst {

    private TestosteroneFirst() {}

    /** testosterone and estradiol both above range; takes the place of. */
    static Optional<Verdict> supraphysiologic(Picture picture) {
        if (!picture.estradiolAboveRange()
                || !picture.testosteroneSupraphysiologic()
                || picture.policy().preference() == Preference.AI_FIRST) {
            return Optional.empty();
        }
        boolean drafted = !picture.therapies().judgedInhibitorDrafts().isEmpty();
        Verdict verdict = Verdict.of(RuleId.R_60, WARNING, seen(picture).values(), AdviceKind.REVIEW_TESTOSTERONE)
                .rechecking(picture.draws().afterSteadyState());
        return Optional.of(
                drafted && !picture.therapies().anastrozoleRuns()
                        ? verdict.offering(
                                new Option.ReviewTestosterone(), new Option.RemoveDraft(), new Option.KeepAndRecheck())
                        : verdict.offering(new Option.ReviewTestosterone(), new Option.KeepAndRecheck()));
    }

    /** R-60b: testosterone above range, estradiol not. */
    static Optional<Verdict> supraphysiologicAlone(Verdict verdict, Picture picture) {
        boolean fires =
                picture.testosteroneSupraphysiologic() && picture.band().isPresent() && !picture.estradiolAboveRange();
        return fires
                ? Optional.of(verdict.with(
                        new Finding(RuleId.R_60B, WARNING, seen(picture).values())))
                : Optional.empty();
    }

    /** testosterone is low on treatment. */
    static Optional<Verdict> low(Verdict verdict, Picture picture) {
        if (!picture.testosteroneLow()) {
            return Optional.empty();
        }
        boolean drafted = !picture.therapies().judgedInhibitorDrafts().isEmpty();
        return Optional.of(verdict.with(new Finding(
                RuleId.R_61,
                drafted ? WARNING : INFO,
                seen(picture)
                        .and("limit", picture.policy().testosterone().low().toPlainString())
                        .values())));
    }

    /** R-60b where the deciding rule has nothing to say. */
    public static Verdict alone(Finding high, Picture picture) {
        return Verdict.of(high.rule(), high.indicator(), high.seen(), AdviceKind.REVIEW_TESTOSTERONE)
                .offering(new Option.ReviewTestosterone(), new Option.KeepAndRecheck())
                .rechecking(new Recheck(
                        picture.draws().afterSteadyState().window(), List.of(LabTest.TESTOSTERONE), false, true));
    }

    /** A site may have testosterone looked at before any start or increase. */
    public static Verdict preferred(Verdict verdict, Picture picture) {
        if (picture.policy().preference() != Preference.T_FIRST
                || !verdict.proposal().addsDrug()) {
            return verdict;
        }
        List<Option> options = new ArrayList<>(List.of(new Option.ReviewTestosterone()));
        verdict.options().stream()
                .filter(option -> option.kind() != Kind.REVIEW_TESTOSTERONE)
                .forEach(options::add);
        return verdict.offering(options);
    }

    private static Seen seen(Picture picture) {
        Latest testosterone = picture.testosterone().orElseThrow();
        return Seen.titration(picture)
                .and("testosterone", testosterone.value().shown())
                .and("testosteroneDrawn", testosterone.drawn())
                .and(
                        "limit",
                        picture.testosteroneLimit(testosterone)
                                .stripTrailingZeros()
                                .toPlainString());
    }
}
