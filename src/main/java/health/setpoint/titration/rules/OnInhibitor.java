package health.setpoint.titration.rules;

import static health.setpoint.titration.advice.Indicator.CRITICAL;
import static health.setpoint.titration.advice.Indicator.INFO;
import static health.setpoint.titration.advice.Indicator.WARNING;

import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.Note;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.Option.Kind;
import health.setpoint.titration.advice.Reason;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Unknown;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.facts.Hook;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Band;
import health.setpoint.titration.labs.Bounded;
import health.setpoint.titration.picture.Estradiol;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.rules.Rule.Effect;
import health.setpoint.titration.therapy.Regimen;
import health.setpoint.titration.therapy.WeeklyDose;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Phase E1: anastrozole runs at a known dose, and the deciding estradiol may be used. Exactly one rule decides. */
final class OnInhibitor {

    private OnInhibitor() {}

    /** R-40, for a dose that cannot be computed: hold alone. */
    static Verdict holdAtUnknownDose(Picture picture) {
        return hold(Reason.DOSE, picture).offering(new Option.Hold(), new Option.KeepAndRecheck());
    }

    /** low, with low-estrogen symptoms, below 10, or below what the assay can measure. */
    static Optional<Verdict> overSuppressed(Picture picture) {
        return isBand(picture, Band.LOW)
                ? suppressedBy(picture).map(reason -> overSuppressed(reason, picture))
                : Optional.empty();
    }

    private static Verdict overSuppressed(Reason reason, Picture picture) {
        WeeklyDose dose = dose(picture);
        Optional<Regimen> lower = picture.policy().ladder().below(dose);
        List<Option> options = new ArrayList<>(List.of(new Option.Hold()));
        lower.ifPresent(regimen -> options.add(new Option.Reduce(dose, regimen)));
        options.add(new Option.KeepAndRecheck());
        return hold(reason, picture).offering(options);
    }

    /** The strongest of the signs that a low result comes from too much inhibitor. */
    private static Optional<Reason> suppressedBy(Picture picture) {
        if (isBelowAssay(picture)) {
            return Optional.of(Reason.ASSAY);
        }
        if (isSevere(picture)) {
            return Optional.of(Reason.SEVERE);
        }
        return picture.symptoms().low() ? Optional.of(Reason.SYMPTOMS) : Optional.empty();
    }

    private static Verdict hold(Reason reason, Picture picture) {
        Finding finding = new Finding(
                RuleId.R_40, holdIndicator(picture), Seen.titration(picture).values());
        return Verdict.of(finding.because(reason), AdviceKind.HOLD)
                .proposing(new Proposal.Hold())
                .rechecking(picture.draws().afterSteadyState());
    }

    private static Indicator holdIndicator(Picture picture) {
        boolean brittle = picture.known(Analyte.DXA_T_SCORE)
                .filter(score ->
                        score.value().liesAtOrBelow(picture.policy().bone().osteoporosis()))
                .isPresent();
        return isSevere(picture) || brittle ? CRITICAL : WARNING;
    }

    private static boolean isSevere(Picture picture) {
        return value(picture).liesBelow(picture.policy().estradiol().severe());
    }

    private static boolean isBelowAssay(Picture picture) {
        return !value(picture).isExact();
    }

    /** low without such signs: one step down; above the ceiling a hold, or down to the starting dose. */
    static Optional<Verdict> low(Picture picture) {
        if (!isBand(picture, Band.LOW)) {
            return Optional.empty();
        }
        WeeklyDose dose = dose(picture);
        boolean tooHigh = dose.isAbove(picture.policy().ceiling());
        Optional<Regimen> lower = tooHigh
                ? Optional.of(picture.policy().ladder().start())
                : picture.policy().ladder().below(dose);
        boolean hold = tooHigh || lower.isEmpty();
        Seen seen = hold
                ? Seen.titration(picture)
                : Seen.titration(picture).and("next", lower.orElseThrow().weekly());
        List<Option> options = new ArrayList<>();
        lower.ifPresent(regimen -> options.add(new Option.Reduce(dose, regimen)));
        options.add(hold ? 0 : options.size(), new Option.Hold());
        options.add(new Option.KeepAndRecheck());
        return Optional.of(Verdict.of(RuleId.R_41, WARNING, seen.values(), hold ? AdviceKind.HOLD : AdviceKind.REDUCE)
                .proposing(hold ? new Proposal.Hold() : new Proposal.Reduce(lower.orElseThrow()))
                .offering(options)
                .rechecking(picture.draws().afterSteadyState()));
    }

    /** in range without symptoms. Speaks at the signing of an inhibitor, or when something else is to be said. */
    static Optional<Verdict> inRange(Picture picture) {
        if (!isBand(picture, Band.IN_RANGE)
                || picture.symptoms().low()
                || picture.symptoms().high()) {
            return Optional.empty();
        }
        Verdict verdict =
                keep(picture, RuleId.R_42, INFO).rechecking(picture.draws().whenStable());
        boolean signing =
                picture.hook() == Hook.ORDER_SIGN && picture.therapies().judgesInhibitor();
        return Optional.of(signing ? verdict : verdict.unspoken());
    }

    /** in range with low-estrogen symptoms; a mixed picture counts as such. */
    static Optional<Verdict> inRangeWithLowSymptoms(Picture picture) {
        if (!isBand(picture, Band.IN_RANGE) || !picture.symptoms().low()) {
            return Optional.empty();
        }
        WeeklyDose dose = dose(picture);
        Option lower = picture.policy()
                .ladder()
                .below(dose)
                .<Option>map(regimen -> new Option.Reduce(dose, regimen))
                .orElseGet(Option.Hold::new);
        return Optional.of(keep(picture, RuleId.R_43, WARNING)
                .offering(new Option.KeepAndRecheck(), lower)
                .rechecking(picture.draws().afterSteadyState()));
    }

    /** in range with high-estrogen symptoms only. */
    static Optional<Verdict> inRangeWithHighSymptoms(Picture picture) {
        return isBand(picture, Band.IN_RANGE) && picture.symptoms().speaksForMore()
                ? Optional.of(keep(picture, RuleId.R_44, INFO)
                        .rechecking(picture.draws().whenStable()))
                : Optional.empty();
    }

    /** borderline, not symptomatic. */
    static Optional<Verdict> borderline(Picture picture) {
        return isBand(picture, Band.BORDERLINE) && !picture.symptoms().speaksForMore()
                ? Optional.of(keep(picture, RuleId.R_45, INFO)
                        .offering(new Option.KeepAndRecheck(), new Option.ReviewTestosterone())
                        .rechecking(picture.draws().afterSteadyState()))
                : Optional.empty();
    }

    private static Verdict keep(Picture picture, RuleId rule, Indicator indicator) {
        return Verdict.of(rule, indicator, Seen.titration(picture).values(), AdviceKind.CONTINUE)
                .proposing(new Proposal.Keep(dose(picture)))
                .offering(new Option.KeepAndRecheck(), new Option.ReviewTestosterone());
    }

    /** too high for the running dose, which is below the ceiling: one step up, adherence checked first. */
    static Optional<Verdict> tooHigh(Picture picture) {
        WeeklyDose dose = dose(picture);
        if (!picture.estradiolAboveRange() || !dose.isBelow(picture.policy().ceiling())) {
            return Optional.empty();
        }
        Regimen step = picture.policy().ladder().above(dose).orElseThrow();
        Optional<Regimen> allowed = AfterOverSuppression.capped(step, dose, picture);
        if (allowed.isEmpty()) {
            return Optional.of(atCeiling(picture).with(AfterOverSuppression.finding(picture)));
        }
        Finding finding = new Finding(
                RuleId.R_46,
                WARNING,
                Seen.titration(picture).and("next", allowed.get().weekly()).values());
        Reason reason = isBand(picture, Band.BORDERLINE) ? Reason.BORDERLINE : Reason.HIGH;
        Verdict verdict = Verdict.of(finding.because(reason), AdviceKind.INCREASE)
                .rechecking(picture.draws().afterSteadyState());
        if (picture.therapies().inhibitorStartUnknown()) {
            return Optional.of(workedUp(verdict.as(AdviceKind.WAIT), picture)
                    .missing(Unknown.INHIBITOR_START)
                    .offering(
                            new Option.CheckAdherence(), new Option.ReviewTestosterone(), new Option.KeepAndRecheck()));
        }
        Verdict increase = workedUp(verdict, picture)
                .proposing(new Proposal.Increase(allowed.get()))
                .offering(
                        new Option.CheckAdherence(),
                        new Option.Increase(dose, allowed.get()),
                        new Option.ReviewTestosterone(),
                        new Option.KeepAndRecheck());
        return Optional.of(
                picture.overSuppression().isPresent()
                        ? increase.with(AfterOverSuppression.finding(picture))
                        : increase);
    }

    /** too high at the ceiling. */
    static Optional<Verdict> tooHighAtCeiling(Picture picture) {
        return picture.estradiolAboveRange() ? Optional.of(atCeiling(picture)) : Optional.empty();
    }

    static Verdict atCeiling(Picture picture) {
        return workedUp(
                        Verdict.of(
                                RuleId.R_47, WARNING, Seen.titration(picture).values(), AdviceKind.REVIEW_TESTOSTERONE),
                        picture)
                .offering(new Option.ReviewTestosterone(), new Option.KeepAndRecheck())
                .rechecking(picture.draws().afterSteadyState());
    }

    private static Verdict workedUp(Verdict verdict, Picture picture) {
        return isBand(picture, Band.VERY_HIGH) ? verdict.noting(Note.HIGH_ESTRADIOL_WORKUP) : verdict;
    }

    /** a fall of 60 % or more to below 25 within eight weeks of a start or raise. */
    static Optional<Verdict> fastFall(Verdict verdict, Picture picture) {
        return RuleTable.does(verdict.rule(), Effect.WATCHED_FOR_FALL)
                ? fastFall(picture).map(fall -> recheckSoon(verdict, fall, picture))
                : Optional.empty();
    }

    private static Optional<Finding> fastFall(Picture picture) {
        if (!value(picture).isExact()
                || !value(picture).liesBelow(picture.policy().estradiol().fastFallBelow())) {
            return Optional.empty();
        }
        LocalDate oldest = picture.today().minusDays(picture.policy().timing().fastFallLookbackDays());
        return picture.therapies()
                .anastrozoleHistory()
                .lastStartOrRaise()
                .filter(raised -> !raised.isBefore(oldest))
                .flatMap(raised -> highestSince(raised, picture))
                .flatMap(earlier -> fallFrom(earlier, picture));
    }

    private static Optional<Estradiol> highestSince(LocalDate raised, Picture picture) {
        List<Estradiol> earlier = picture.estradiolSeries().earlierUsable();
        Optional<Estradiol> lastBefore = earlier.stream()
                .filter(result -> !result.drawn().orElseThrow().isAfter(raised))
                .findFirst();
        List<Estradiol> candidates = new ArrayList<>(earlier.stream()
                .filter(result -> result.drawn().orElseThrow().isAfter(raised))
                .toList());
        lastBefore.ifPresent(candidates::add);
        return candidates.stream()
                .max(Comparator.comparing(result -> result.value().orElseThrow().value()));
    }

    private static Optional<Finding> fallFrom(Estradiol earlier, Picture picture) {
        BigDecimal before = earlier.value().orElseThrow().value();
        BigDecimal fall = before.subtract(value(picture).value());
        if (fall.compareTo(picture.policy().estradiol().fastFallShare().multiply(before)) < 0) {
            return Optional.empty();
        }
        BigDecimal percent = fall.multiply(BigDecimal.valueOf(100)).divide(before, 0, RoundingMode.HALF_UP);
        return Optional.of(new Finding(
                RuleId.R_48,
                INFO,
                Seen.titration(picture)
                        .and("earlier", earlier.shown())
                        .and("earlierDrawn", earlier.drawn())
                        .and("fall", percent.toPlainString())
                        .values()));
    }

    /** R-48's answer: look again in two to four weeks; one step down is open. */
    private static Verdict recheckSoon(Verdict verdict, Finding fall, Picture picture) {
        WeeklyDose dose = dose(picture);
        List<Option> options = new ArrayList<>(verdict.options());
        boolean offersLess =
                options.stream().anyMatch(option -> option.kind() == Kind.REDUCE || option.kind() == Kind.HOLD);
        if (!offersLess) {
            picture.policy()
                    .ladder()
                    .below(dose)
                    .ifPresentOrElse(
                            regimen -> options.add(1, new Option.Reduce(dose, regimen)),
                            () -> options.add(1, new Option.Hold()));
        }
        return verdict.with(fall)
                .spoken()
                .offering(options)
                .rechecking(picture.draws()
                        .recheck(Window.after(
                                picture.today(),
                                picture.policy().timing().fastFallRecheckFromDays(),
                                picture.policy().timing().fastFallRecheckToDays())));
    }

    private static boolean isBand(Picture picture, Band band) {
        return picture.band().filter(band::equals).isPresent();
    }

    private static Bounded value(Picture picture) {
        return picture.deciding().flatMap(Estradiol::value).orElseThrow();
    }

    private static WeeklyDose dose(Picture picture) {
        return picture.therapies().runningDose().orElseThrow();
    }
}
