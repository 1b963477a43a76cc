package health.setpoint.titration.rules;

import static health.setpoint.titration.advice.Indicator.INFO;
import static health.setpoint.titration.advice.Indicator.WARNING;

import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.Note;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.picture.TestosteroneTherapy;
import health.setpoint.titration.rules.Rule.OnDrafts;
import health.setpoint.titration.rules.Rule.Reached;
import java.util.Locale;
import java.util.Optional;

/**
 * a testosterone draft that is new, changes the dose, the interval or the route, or stops it. A stop matters where an
 * inhibitor is taken, drafted or would be started.
 */
final class TestosteroneChange implements OnDrafts {

    @Override
    public Optional<Finding> find(Reached reached, Picture picture) {
        Indicator indicator = reached.own().proposal().addsDrug() || startsInhibitor(picture) ? WARNING : INFO;
        return picture.therapies()
                .testosterone()
                .change()
                .filter(change -> change != TestosteroneTherapy.Change.STOP
                        || reached.own().proposal().addsDrug()
                        || picture.therapies().inhibitorPresent())
                .map(change -> new Finding(
                        RuleId.R_39,
                        indicator,
                        Seen.nothing()
                                .and("change", change.name().toLowerCase(Locale.ROOT))
                                .values()));
    }

    /** An inhibitor is drafted where no anastrozole runs. */
    static boolean startsInhibitor(Picture picture) {
        return !picture.therapies().anastrozoleRuns()
                && !picture.therapies().judgedInhibitorDrafts().isEmpty();
    }

    /** What is measured again is measured after the change, unless something calls for an earlier look. */
    @Override
    public Verdict apply(Finding finding, Verdict own, Picture picture) {
        Verdict verdict = own.rule() == finding.rule() ? own : own.with(finding);
        boolean fixed = verdict.recheck()
                        .filter(recheck -> recheck.window().from().equals(picture.today()))
                        .isPresent()
                || verdict.fired(RuleId.R_37)
                || verdict.fired(RuleId.R_48)
                || verdict.recheck().isEmpty();
        Verdict later = fixed ? verdict : verdict.rechecking(picture.draws().afterSteadyState());
        boolean raises = picture.therapies().testosterone().isRaised()
                && (picture.estradiolAboveRange() || picture.testosteroneSupraphysiologic());
        return raises ? later.noting(Note.DRAFT_RAISES_ESTRADIOL) : later;
    }
}
