package health.setpoint.titration.rules;

import static health.setpoint.titration.advice.Indicator.WARNING;

import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.Option.Kind;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.rules.Rule.Effect;
import health.setpoint.titration.rules.Rule.OnDrafts;
import health.setpoint.titration.rules.Rule.Reached;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.WeeklyDose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** a draft that starts or raises anastrozole where the deciding rule proposes neither. */
public final class DraftAgainstEvidence implements OnDrafts {

    DraftAgainstEvidence() {}

    @Override
    public Optional<Finding> find(Reached reached, Picture picture) {
        List<Course> drafts = picture.therapies().judgedAnastrozoleDrafts();
        boolean readable = drafts.stream().allMatch(draft -> draft.dosage().isRate());
        if (drafts.isEmpty()
                || !readable
                || reached.limited().proposal().addsDrug()
                || isRemovedOtherwise(reached, picture)) {
            return Optional.empty();
        }
        Optional<WeeklyDose> running = picture.therapies().anastrozoleRuns()
                ? picture.therapies().runningDose()
                : Optional.of(WeeklyDose.NONE);
        WeeklyDose next = picture.therapies().afterSigning().highestAnastrozole();
        return running.filter(now -> next.isAbove(now))
                .map(now -> new Finding(
                        RuleId.R_58,
                        WARNING,
                        Seen.titration(picture).and("from", now).and("to", next).values()));
    }

    private static boolean isRemovedOtherwise(Reached reached, Picture picture) {
        boolean bySafety =
                reached.safety().stream().anyMatch(found -> RuleTable.does(found.rule(), Effect.DELETES_DRAFT));
        boolean byCeiling = reached.safety().stream().anyMatch(found -> found.rule() == RuleId.R_15)
                && reached.limited().proposal().orderable().isEmpty();
        boolean byChange = picture.therapies().testosterone().change().isPresent()
                && !picture.therapies().anastrozoleRuns();
        return bySafety
                || byCeiling
                || byChange
                || RuleTable.does(reached.limited().rule(), Effect.REMOVES_DRAFT);
    }

    /** Taking the draft out comes first, unless another dose is proposed. */
    @Override
    public Verdict apply(Finding finding, Verdict own, Picture picture) {
        Verdict verdict = own.rule() == finding.rule() ? own : own.with(finding);
        if (verdict.proposal().changesDose() || own == verdict) {
            return verdict;
        }
        List<Option> options = new ArrayList<>(List.of(new Option.RemoveDraft()));
        verdict.options().stream()
                .filter(option -> option.kind() != Kind.REMOVE_DRAFT)
                .forEach(options::add);
        return verdict.offering(options);
    }

    /** The card of this verdict offers to take the drafted inhibitor out. */
    public static boolean removesDraft(Verdict verdict, Picture picture) {
        boolean unsupported = verdict.fired(RuleId.R_58) && !verdict.proposal().changesDose();
        boolean startsBesideChange = verdict.fired(RuleId.R_39) && TestosteroneChange.startsInhibitor(picture);
        return unsupported || startsBesideChange || RuleTable.does(verdict.rule(), Effect.REMOVES_DRAFT);
    }
}
