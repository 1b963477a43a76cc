package health.setpoint.titration.rules;

import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.Note;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.Option.Kind;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Withheld;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Band;
import health.setpoint.titration.picture.Estradiol;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.policy.Ladder;
import health.setpoint.titration.policy.Policy.Mode;
import health.setpoint.titration.rules.Rule.Effect;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Regimen;
import health.setpoint.titration.therapy.WeeklyDose;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The last gate: whatever a rule proposed, these limits hold (invariants I1 to I5, I7 and I8). */
public final class SafetyLimits {

    private SafetyLimits() {}

    /**
     * Withholds a start or increase for the reasons of other rules or where a limit forbids it, and makes sure that a hold
     * and a course without change are always open.
     */
    public static Verdict apply(Verdict verdict, List<Withheld> byRules, Picture picture) {
        List<Withheld> reasons = verdict.proposal().addsDrug() ? reasons(verdict, byRules, picture) : List.of();
        return withAlternatives(reasons.isEmpty() ? verdict : withhold(verdict, reasons, picture), picture);
    }

    private static List<Withheld> reasons(Verdict verdict, List<Withheld> byRules, Picture picture) {
        List<Withheld> reasons = new ArrayList<>(byRules);
        if (picture.policy().mode() == Mode.SAFETY_ONLY) {
            reasons.add(Withheld.SITE);
        }
        if (picture.resultsIncomplete()) {
            reasons.add(Withheld.LABS_INCOMPLETE);
        }
        if (picture.ordersIncomplete()) {
            reasons.add(Withheld.ORDERS_INCOMPLETE);
        }
        if (picture.doubtWithholds(Analyte::isSafetyLab)) {
            reasons.add(Withheld.DOUBTFUL_RESULT);
        }
        if (picture.doubtWithholds(Analyte.TESTOSTERONE::equals)) {
            reasons.add(Withheld.DOUBTFUL_TESTOSTERONE);
        }
        if (!isSteady(picture)) {
            reasons.add(Withheld.RECENT_CHANGE);
        }
        if (!isSupported(verdict.proposal(), picture)) {
            reasons.add(Withheld.LIMIT);
        }
        return reasons;
    }

    private static Verdict withhold(Verdict verdict, List<Withheld> reasons, Picture picture) {
        List<Option> left = verdict.options().stream()
                .filter(option -> !option.kind().addsDrug())
                .toList();
        Verdict context = verdict.as(AdviceKind.SAFETY)
                .proposing(new Proposal.None())
                .offering(left)
                .withheldFor(reasons);
        return context.noting(picture.policy().mode() == Mode.SAFETY_ONLY ? Note.SAFETY_ONLY : Note.WITHHELD);
    }

    private static boolean isSupported(Proposal proposal, Picture picture) {
        Regimen regimen = proposal.orderable().orElseThrow();
        return isEstradiolUsableAndHigh(picture)
                && !regimen.weekly().isAbove(picture.policy().ceiling())
                && isOneStep(proposal, regimen, picture);
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
        if (proposal.isStart()) {
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
        if (low && options.stream().noneMatch(option -> option.kind().holds())) {
            options.add(0, new Option.Hold());
        }
        if (options.stream().noneMatch(option -> option.kind().changesNothing())) {
            options.add(new Option.KeepAndRecheck());
        }
        if (verdict.proposal().changesDose() && options.size() < 3) {
            options.add(new Option.ReviewTestosterone());
        }
        return verdict.offering(options);
    }

    /** Above the ceiling come down to the highest rung, unless a replacing draft already does. */
    public static Verdict atMostCeiling(Verdict verdict, Picture picture) {
        if (!RuleTable.does(verdict.rule(), Effect.BOUND_BY_CEILING)) {
            return verdict;
        }
        WeeklyDose dose = picture.therapies().runningDose().orElseThrow();
        if (!dose.isAbove(picture.policy().ceiling())) {
            return verdict;
        }
        if (replacedAtOrBelowCeiling(picture)) {
            return verdict.proposing(new Proposal.None());
        }
        Regimen ceiling = picture.policy().ladder().ceiling();
        List<Option> options = new ArrayList<>(List.of(new Option.Reduce(dose, ceiling)));
        verdict.options().stream()
                .filter(option -> option.kind() != Kind.REDUCE)
                .forEach(options::add);
        return verdict.as(AdviceKind.REDUCE)
                .proposing(new Proposal.Reduce(ceiling))
                .offering(options)
                .rechecking(
                        verdict.fired(RuleId.R_48)
                                ? verdict.recheck().orElseThrow()
                                : picture.draws().afterSteadyState());
    }

    /** A course that a safety rule ends is not continued: a hold comes first; above the ceiling, the highest rung next. */
    public static Verdict endContinue(Verdict verdict, List<SafetyFinding> safety, Picture picture) {
        Set<RuleId> ending = EnumSet.noneOf(RuleId.class);
        safety.stream()
                .map(SafetyFinding::rule)
                .filter(rule -> RuleTable.does(rule, Effect.ENDS_CONTINUE))
                .forEach(ending::add);
        if (ending.isEmpty()
                || !picture.therapies().anastrozoleRuns()
                || !RuleTable.does(verdict.rule(), Effect.CONTINUES)) {
            return verdict;
        }
        WeeklyDose dose = picture.therapies().runningDose().orElseThrow();
        List<Option> options = new ArrayList<>(List.of(new Option.Hold()));
        if (dose.isAbove(picture.policy().ceiling())) {
            options.add(new Option.Reduce(dose, picture.policy().ladder().ceiling()));
        }
        options.add(new Option.KeepAndRecheck());
        return verdict.as(AdviceKind.SAFETY)
                .proposing(new Proposal.None())
                .offering(options)
                .withheldFor(RuleTable.withheldBy(ending))
                .rechecking(picture.draws().afterSteadyState());
    }

    private static boolean replacedAtOrBelowCeiling(Picture picture) {
        List<Course> drafts = picture.therapies().judgedAnastrozoleDrafts();
        return drafts.stream()
                        .anyMatch(draft -> picture.therapies()
                                        .afterSigning()
                                        .replacedBy(draft)
                                        .isPresent()
                                || picture.therapies().activeAnastrozoleOrders().isEmpty())
                && !picture.therapies()
                        .afterSigning()
                        .highestAnastrozole()
                        .isAbove(picture.policy().ceiling())
                && drafts.stream().allMatch(draft -> draft.dosage().isRate());
    }
}
