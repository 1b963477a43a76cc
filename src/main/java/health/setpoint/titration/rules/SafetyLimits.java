package health.setpoint.titration.rules;

import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.Note;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.labs.Band;
import health.setpoint.titration.labs.Estradiol;
import health.setpoint.titration.policy.Ladder;
import health.setpoint.titration.policy.Policy.Mode;
import health.setpoint.titration.therapy.Regimen;
import health.setpoint.titration.therapy.WeeklyDose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last gate: whatever a rule proposed, these limits hold (invariants I1 to I5, I7 and I8). */
final class SafetyLimits {

    private SafetyLimits() {}

    /**
     * Withholds a start or increase that a rule of another phase or a limit forbids, and makes sure that a hold and a
     * course without change are always open.
     */
    static Verdict apply(Verdict verdict, boolean withheldByRule, Picture picture) {
        boolean withheld = verdict.proposal().addsDrug()
                && (withheldByRule
                        || picture.policy().mode() == Mode.SAFETY_ONLY
                        || picture.decisiveDataIncomplete()
                        || !isSupported(verdict.proposal(), picture));
        return withAlternatives(withheld ? withhold(verdict, picture) : verdict, picture);
    }

    private static Verdict withhold(Verdict verdict, Picture picture) {
        List<Option> left = verdict.options().stream()
                .filter(option -> !(option instanceof Option.Start) && !(option instanceof Option.Increase))
                .toList();
        Verdict context =
                verdict.as(AdviceKind.SAFETY).proposing(new Proposal.None()).offering(left);
        return context.noting(picture.policy().mode() == Mode.SAFETY_ONLY ? Note.SAFETY_ONLY : Note.WITHHELD);
    }

    private static boolean isSupported(Proposal proposal, Picture picture) {
        Regimen regimen = proposal.orderable().orElseThrow();
        return isEstradiolUsableAndHigh(picture)
                && !regimen.weekly().isAbove(picture.policy().ceiling())
                && isOneStep(proposal, regimen, picture)
                && isSteady(picture);
    }

    /** I1 and I7: above 40 pg/mL, final, fresh and uncontradicted. */
    private static boolean isEstradiolUsableAndHigh(Picture picture) {
        Optional<Estradiol> deciding = picture.deciding();
        return picture.estradiolAboveRange()
                && deciding.filter(result -> !picture.isTooOld(result)).isPresent()
                && picture.estradiolSeries().contradiction().isEmpty();
    }

    /** I4: a start at the starting rung or below, an increase by one rung. */
    private static boolean isOneStep(Proposal proposal, Regimen regimen, Picture picture) {
        Ladder ladder = picture.policy().ladder();
        if (proposal instanceof Proposal.Start) {
            return !regimen.weekly().isAbove(ladder.start().weekly());
        }
        WeeklyDose running = picture.therapies().runningDose().orElse(WeeklyDose.NONE);
        return ladder.above(running)
                .filter(step -> !regimen.weekly().isAbove(step.weekly()))
                .isPresent();
    }

    /** I5: 28 days since the last change of the inhibitor or of testosterone. */
    private static boolean isSteady(Picture picture) {
        return picture.lastChange()
                .map(change -> picture.daysSince(change.on())
                        >= picture.policy().timing().steadyStateDays())
                .orElse(true);
    }

    /** I2 and I8: a low result on anastrozole always offers a hold; a dose never comes without the course of no change. */
    private static Verdict withAlternatives(Verdict verdict, Picture picture) {
        List<Option> options = new ArrayList<>(verdict.options());
        boolean low = picture.therapies().anastrozoleRuns()
                && picture.band().filter(Band.LOW::equals).isPresent();
        if (low && options.stream().noneMatch(SafetyLimits::holds)) {
            options.add(0, new Option.Hold());
        }
        if (options.stream().noneMatch(SafetyLimits::changesNothing)) {
            options.add(new Option.KeepAndRecheck());
        }
        if (verdict.proposal().changesDose() && options.size() < 3) {
            options.add(new Option.ReviewTestosterone());
        }
        return verdict.offering(options);
    }

    private static boolean holds(Option option) {
        return option instanceof Option.Hold || option instanceof Option.HoldUntilRepeat;
    }

    private static boolean changesNothing(Option option) {
        return option instanceof Option.KeepAndRecheck
                || option instanceof Option.WatchAndRecheck
                || option instanceof Option.OrderTests;
    }
}
