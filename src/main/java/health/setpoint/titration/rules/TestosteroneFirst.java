package health.setpoint.titration.rules;

import static health.setpoint.titration.advice.Indicator.INFO;
import static health.setpoint.titration.advice.Indicator.WARNING;

import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.labs.Latest;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.policy.Policy.Preference;
import java.util.Optional;

/** Testosterone out of range: adjusted before an inhibitor is. */
public final class TestosteroneFirst {

    private TestosteroneFirst() {}

    /** testosterone and estradiol both above range; takes the place of. */
    public static Optional<Verdict> supraphysiologic(Picture picture) {
        if (!picture.estradiolAboveRange()
                || !picture.testosteroneSupraphysiologic()
                || picture.policy().preference() == Preference.AI_FIRST) {
            return Optional.empty();
        }
        boolean drafted = !picture.therapies().judgedInhibitorDrafts().isEmpty();
        Verdict verdict = Verdict.of(RuleId.R_60, WARNING, seen(picture).values(), AdviceKind.REVIEW_TESTOSTERONE)
                .rechecking(picture.afterSteadyState());
        return Optional.of(
                drafted && !picture.therapies().anastrozoleRuns()
                        ? verdict.offering(
                                new Option.ReviewTestosterone(), new Option.RemoveDraft(), new Option.KeepAndRecheck())
                        : verdict.offering(new Option.ReviewTestosterone(), new Option.KeepAndRecheck()));
    }

    /** R-60b: testosterone above range, estradiol not. */
    public static Optional<Finding> supraphysiologicAlone(Picture picture) {
        boolean fires =
                picture.testosteroneSupraphysiologic() && picture.band().isPresent() && !picture.estradiolAboveRange();
        return fires
                ? Optional.of(new Finding(RuleId.R_60B, WARNING, seen(picture).values()))
                : Optional.empty();
    }

    /** testosterone is low on treatment. */
    public static Optional<Finding> low(Picture picture) {
        if (!picture.testosteroneLow()) {
            return Optional.empty();
        }
        boolean drafted = !picture.therapies().judgedInhibitorDrafts().isEmpty();
        return Optional.of(new Finding(
                RuleId.R_61,
                drafted ? WARNING : INFO,
                seen(picture)
                        .and("limit", picture.policy().testosterone().low().toPlainString())
                        .values()));
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
