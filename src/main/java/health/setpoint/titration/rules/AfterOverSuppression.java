package health.setpoint.titration.rules;

import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.picture.OverSuppression;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.therapy.Regimen;
import health.setpoint.titration.therapy.WeeklyDose;
import java.util.Optional;

/** after a hold or reduction for low estradiol, no start or increase reaches the dose of that time again. */
final class AfterOverSuppression {

    private AfterOverSuppression() {}

    /**
     * The regimen itself, or the rung below the earlier dose where it would reach that; empty where that rung is not
     * above the present dose.
     */
    static Optional<Regimen> capped(Regimen wanted, WeeklyDose present, Picture picture) {
        Optional<OverSuppression> earlier = picture.overSuppression();
        if (earlier.isEmpty() || wanted.weekly().isBelow(earlier.get().dose())) {
            return Optional.of(wanted);
        }
        return picture.policy().ladder().below(earlier.get().dose()).filter(rung -> rung.weekly()
                .isAbove(present));
    }

    /** The finding, with the earlier result. */
    static Finding finding(Picture picture) {
        OverSuppression earlier = picture.overSuppression().orElseThrow();
        return new Finding(
                RuleId.R_49,
                Indicator.INFO,
                Seen.nothing()
                        .and("earlier", earlier.result().shown())
                        .and("earlierDrawn", earlier.result().drawn())
                        .and("earlierDose", earlier.dose())
                        .values());
    }
}
