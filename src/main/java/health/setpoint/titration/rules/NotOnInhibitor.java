package health.setpoint.titration.rules;

import static health.setpoint.titration.advice.Indicator.INFO;
import static health.setpoint.titration.advice.Indicator.WARNING;

import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.Note;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.labs.Band;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.picture.Estradiol;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.policy.Ladder;
import health.setpoint.titration.therapy.Regimen;
import health.setpoint.titration.therapy.WeeklyDose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Phase E2: no anastrozole runs, and the deciding estradiol may be used. Exactly one rule decides. */
final class NotOnInhibitor {

    private NotOnInhibitor() {}

    /** low without an inhibitor. */
    static Optional<Verdict> low(Picture picture) {
        if (!isBand(picture, Band.LOW)) {
            return Optional.empty();
        }
        boolean massSpectrometry =
                picture.deciding().map(Estradiol::isByMassSpectrometry).orElse(false);
        return Optional.of(doNotStart(picture, RuleId.R_50, drafted(picture) ? WARNING : INFO)
                .as(AdviceKind.DO_NOT_START)
                .noting(Note.LOW_MAY_BE_NORMAL)
                .rechecking(
                        massSpectrometry
                                ? picture.draws().afterSteadyState()
                                : picture.draws().now()));
    }

    /** in range, and an inhibitor is drafted. */
    static Optional<Verdict> inRangeAndDrafted(Picture picture) {
        return isBand(picture, Band.IN_RANGE) && drafted(picture)
                ? Optional.of(doNotStart(picture, RuleId.R_51, WARNING)
                        .as(AdviceKind.DO_NOT_START)
                        .rechecking(picture.draws().whenStable()))
                : Optional.empty();
    }

    /** in range, none drafted: silent, unless there are symptoms of high estradiol alone. */
    static Optional<Verdict> inRange(Picture picture) {
        if (!isBand(picture, Band.IN_RANGE)) {
            return Optional.empty();
        }
        Verdict verdict = Verdict.of(RuleId.R_52, INFO, Seen.titration(picture).values(), AdviceKind.WATCH)
                .offering(new Option.WatchAndRecheck())
                .rechecking(picture.draws().whenStable());
        return Optional.of(picture.symptoms().speaksForMore() ? verdict : verdict.unspoken());
    }

    /** borderline, not symptomatic. */
    static Optional<Verdict> borderline(Picture picture) {
        return isBand(picture, Band.BORDERLINE) && !picture.symptoms().speaksForMore()
                ? Optional.of(doNotStart(picture, RuleId.R_53, drafted(picture) ? WARNING : INFO)
                        .rechecking(picture.draws().afterSteadyState()))
                : Optional.empty();
    }

    private static Verdict doNotStart(Picture picture, RuleId rule, Indicator indicator) {
        Verdict verdict = Verdict.of(rule, indicator, Seen.titration(picture).values(), AdviceKind.WATCH);
        return drafted(picture)
                ? verdict.offering(
                        new Option.RemoveDraft(), new Option.WatchAndRecheck(), new Option.ReviewTestosterone())
                : verdict.offering(new Option.WatchAndRecheck(), new Option.ReviewTestosterone());
    }

    /** borderline and symptomatic: the low dose is an option. */
    static Optional<Verdict> borderlineAndSymptomatic(Picture picture) {
        Ladder ladder = picture.policy().ladder();
        return isBand(picture, Band.BORDERLINE)
                ? Optional.of(start(picture, RuleId.R_54, INFO, ladder.start(), Optional.empty()))
                : Optional.empty();
    }

    /** high. */
    static Optional<Verdict> high(Picture picture) {
        Ladder ladder = picture.policy().ladder();
        Indicator indicator = picture.symptoms().speaksForMore() ? WARNING : INFO;
        return isBand(picture, Band.HIGH)
                ? Optional.of(start(picture, RuleId.R_55, indicator, ladder.start(), Optional.of(ladder.listed())))
                : Optional.empty();
    }

    /** very high without symptoms: testosterone is reviewed first. */
    static Optional<Verdict> veryHigh(Picture picture) {
        Ladder ladder = picture.policy().ladder();
        return isBand(picture, Band.VERY_HIGH) && !picture.symptoms().speaksForMore()
                ? Optional.of(start(picture, RuleId.R_56, WARNING, ladder.veryHighStart(), Optional.empty()))
                : Optional.empty();
    }

    /** very high with symptoms. */
    static Optional<Verdict> veryHighAndSymptomatic(Picture picture) {
        Ladder ladder = picture.policy().ladder();
        return isBand(picture, Band.VERY_HIGH)
                ? Optional.of(start(picture, RuleId.R_57, WARNING, ladder.start(), Optional.of(ladder.listed()))
                        .noting(Note.HIGH_ESTRADIOL_WORKUP))
                : Optional.empty();
    }

    private static Verdict start(
            Picture picture, RuleId rule, Indicator indicator, Regimen wanted, Optional<Regimen> listed) {
        Optional<Regimen> allowed = AfterOverSuppression.capped(wanted, WeeklyDose.NONE, picture);
        if (allowed.isEmpty()) {
            return OnInhibitor.atCeiling(picture).with(AfterOverSuppression.finding(picture));
        }
        Regimen regimen = allowed.get();
        List<Option> options = new ArrayList<>(List.of(new Option.Start(regimen)));
        listed.filter(rung -> rung.weekly().isAbove(regimen.weekly()))
                .filter(rung -> AfterOverSuppression.capped(rung, WeeklyDose.NONE, picture)
                        .filter(rung::equals)
                        .isPresent())
                .ifPresent(rung -> options.add(new Option.Start(rung)));
        options.addAll(
                rule == RuleId.R_56
                        ? List.of(new Option.ReviewTestosterone(), new Option.WatchAndRecheck())
                        : List.of(new Option.WatchAndRecheck(), new Option.ReviewTestosterone()));
        Verdict verdict = Verdict.of(
                        rule,
                        indicator,
                        Seen.titration(picture).and("next", regimen.weekly()).values(),
                        AdviceKind.START)
                .proposing(new Proposal.Start(regimen))
                .offering(options)
                .rechecking(picture.draws().afterSteadyState());
        Verdict cautious =
                picture.overSuppression().isPresent() ? verdict.with(AfterOverSuppression.finding(picture)) : verdict;
        if (rule != RuleId.R_54 && rule != RuleId.R_57) {
            return cautious;
        }
        if (picture.symptoms().sexualNeeded()) {
            return cautious.noting(Note.SEXUAL_SYMPTOM_NEEDED);
        }
        return picture.symptoms().has(Symptom.GYNECOMASTIA) ? cautious.noting(Note.GYNECOMASTIA_GUIDANCE) : cautious;
    }

    private static boolean drafted(Picture picture) {
        return !picture.therapies().judgedInhibitorDrafts().isEmpty();
    }

    private static boolean isBand(Picture picture, Band band) {
        return picture.band().filter(band::equals).isPresent();
    }
}
