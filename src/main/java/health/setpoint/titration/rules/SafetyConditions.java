package health.setpoint.titration.rules;

import static health.setpoint.titration.advice.Indicator.CRITICAL;
import static health.setpoint.titration.advice.Indicator.INFO;
import static health.setpoint.titration.advice.Indicator.WARNING;

import health.setpoint.titration.advice.Note;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Bounded;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.labs.Latest;
import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.picture.SafetyLabLimits;
import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.rules.SafetyFinding.Remedy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Phase C: conditions that make an inhibitor or testosterone less safe. All that match are told. */
final class SafetyConditions {

    private SafetyConditions() {}

    /** osteoporosis, a T-score of -2.5 or less, or a fragility fracture. */
    static Optional<SafetyFinding> osteoporosis(Picture picture, boolean startProposed) {
        Optional<Latest> score = picture.known(Analyte.DXA_T_SCORE).filter(latest -> latest.value()
                .liesAtOrBelow(picture.policy().bone().osteoporosis()));
        boolean fires = score.isPresent() || picture.problems().hasEver(Diagnosis.OSTEOPOROSIS);
        if (!fires || !(inhibitorActiveOrDrafted(picture) || startProposed)) {
            return Optional.empty();
        }
        boolean drafted = !picture.therapies().judgedInhibitorDrafts().isEmpty();
        return Optional.of(SafetyFinding.of(
                        RuleId.R_17,
                        drafted ? CRITICAL : WARNING,
                        scoreOr(score, Diagnosis.OSTEOPOROSIS)
                                .andIf(
                                        Seen.BY_WORDS,
                                        score.isEmpty() && picture.problems().onlyByWords(Diagnosis.OSTEOPOROSIS))
                                .andIf("ahead", !inhibitorActiveOrDrafted(picture))
                                .values())
                .offering(Remedy.REMOVE_OR_HOLD_INHIBITOR)
                .testing(nextDxa(picture))
                .showing(results(score)));
    }

    /** a T-score between -1.0 and -2.5, or osteopenia. */
    static Optional<SafetyFinding> lowBoneDensity(Picture picture, boolean startProposed) {
        Policy.Bone bone = picture.policy().bone();
        Optional<Latest> score = picture.known(Analyte.DXA_T_SCORE)
                .filter(latest -> latest.value().liesBelow(bone.osteopenia())
                        && latest.value().liesAbove(bone.osteoporosis()));
        boolean fires = score.isPresent() || picture.problems().hasEver(Diagnosis.OSTEOPENIA);
        return fires && (inhibitorActiveOrDrafted(picture) || startProposed)
                ? Optional.of(SafetyFinding.of(
                                RuleId.R_18,
                                WARNING,
                                scoreOr(score, Diagnosis.OSTEOPENIA)
                                        .andIf("ahead", !inhibitorActiveOrDrafted(picture))
                                        .values())
                        .testing(nextDxa(picture))
                        .showing(results(score)))
                : Optional.empty();
    }

    /** A scan now, or when the last one is old enough to be repeated. */
    private static Recheck nextDxa(Picture picture) {
        Policy.Bone bone = picture.policy().bone();
        Window window = picture.newest(Analyte.DXA_T_SCORE)
                .map(last -> Window.after(last.drawn(), bone.dxaEarliestDays(), bone.dxaDays()))
                .filter(next -> next.from().isAfter(picture.today()))
                .orElseGet(() -> Window.on(picture.today()));
        return new Recheck(window, List.of(LabTest.DXA), false, false);
    }

    /** On which a finding about the bones rests. */
    private static Seen scoreOr(Optional<Latest> score, Diagnosis diagnosis) {
        return score.map(latest ->
                        Seen.nothing().and("score", latest.value().shown()).and("scoreDrawn", latest.drawn()))
                .orElseGet(() -> Seen.nothing().and("basis", Seen.word(diagnosis)));
    }

    /** half a year on an inhibitor, or a start, without a DXA in two years. */
    static Optional<SafetyFinding> noRecentDxa(Picture picture, boolean startProposed) {
        boolean longOnInhibitor = picture.therapies().inhibitorActive()
                && picture.therapies()
                        .inhibitorStart()
                        .filter(start -> picture.daysSince(start)
                                >= picture.policy().bone().inhibitorDays())
                        .isPresent();
        Optional<LocalDate> last =
                picture.history(Analyte.DXA_T_SCORE).stream().map(Latest::drawn).findFirst();
        boolean recent = last.filter(
                        day -> picture.daysSince(day) <= picture.policy().bone().dxaDays())
                .isPresent();
        return (longOnInhibitor || startProposed) && !recent
                ? Optional.of(SafetyFinding.of(
                                RuleId.R_19,
                                INFO,
                                Seen.nothing()
                                        .and("lastDxa", last)
                                        .andIf("ahead", !longOnInhibitor)
                                        .andIf(
                                                "unread",
                                                !picture.doubtful(Analyte.DXA_T_SCORE)
                                                        .isEmpty())
                                        .andIf("incomplete", picture.resultsIncomplete())
                                        .values())
                        .testing(picture, LabTest.DXA))
                : Optional.empty();
    }

    /** raised transaminases or bilirubin, or cirrhosis. */
    static Optional<SafetyFinding> liverImpairment(Picture picture, boolean startProposed) {
        if (!inhibitorActiveOrDrafted(picture) && !startProposed) {
            return Optional.empty();
        }
        Optional<Seen> basis = Stream.of(Analyte.ALT, Analyte.AST, Analyte.BILIRUBIN)
                .flatMap(analyte -> aboveLimit(picture, analyte).stream())
                .findFirst()
                .or(() -> picture.problems().hasEver(Diagnosis.CIRRHOSIS)
                        ? Optional.of(basis(Diagnosis.CIRRHOSIS))
                        : Optional.empty());
        return basis.map(found -> SafetyFinding.of(
                        RuleId.R_20,
                        WARNING,
                        found.andIf("ahead", !inhibitorActiveOrDrafted(picture)).values())
                .testing(picture, LabTest.CMP)
                .showing(results(Stream.of(Analyte.ALT, Analyte.AST, Analyte.BILIRUBIN)
                        .flatMap(analyte -> picture.known(analyte).stream()))));
    }

    private static Optional<Seen> aboveLimit(Picture picture, Analyte analyte) {
        return picture.known(analyte)
                .filter(known -> known.value().liesAbove(SafetyLabLimits.liverLimit(known.result(), picture)))
                .map(known -> Seen.nothing()
                        .and("analyte", Seen.word(analyte))
                        .and("value", known.value().shown())
                        .and("unit", analyte.baseUnit())
                        .and("drawn", known.drawn())
                        .and(
                                "limit",
                                SafetyLabLimits.liverLimit(known.result(), picture)
                                        .stripTrailingZeros()
                                        .toPlainString()));
    }

    private static Seen basis(Diagnosis diagnosis) {
        return Seen.nothing().and("basis", Seen.word(diagnosis));
    }

    /** ischemic heart disease, or cholesterol a fifth above the last value before the inhibitor. */
    static Optional<SafetyFinding> ischemia(Picture picture) {
        if (!inhibitorActiveOrDrafted(picture)) {
            return Optional.empty();
        }
        boolean infarction = picture.problems().hasEver(Diagnosis.MYOCARDIAL_INFARCTION);
        Optional<Seen> basis = Stream.of(Diagnosis.ISCHEMIC_HEART_DISEASE, Diagnosis.MYOCARDIAL_INFARCTION)
                .filter(picture.problems()::hasEver)
                .findFirst()
                .map(SafetyConditions::basis)
                .or(() -> cholesterolRise(picture));
        return basis.map(found -> SafetyFinding.of(
                        RuleId.R_21,
                        INFO,
                        found.andIf(
                                        Seen.BY_WORDS,
                                        picture.problems().onlyByWords(Diagnosis.ISCHEMIC_HEART_DISEASE) && !infarction)
                                .values())
                .testing(picture, LabTest.LIPIDS));
    }

    private static Optional<Seen> cholesterolRise(Picture picture) {
        Optional<LocalDate> start = picture.therapies().inhibitorStart();
        Optional<Latest> now = picture.latest(Analyte.CHOLESTEROL);
        if (start.isEmpty() || now.isEmpty() || !now.get().drawn().isAfter(start.get())) {
            return Optional.empty();
        }
        BigDecimal factor = BigDecimal.ONE.add(picture.policy().liver().cholesterolRiseShare());
        return picture.history(Analyte.CHOLESTEROL).stream()
                .filter(earlier -> !earlier.drawn().isAfter(start.get()))
                .findFirst()
                .filter(earlier ->
                        now.get().value().liesAtOrAbove(earlier.value().value().multiply(factor)))
                .map(earlier -> Seen.nothing()
                        .and("before", earlier.value().shown())
                        .and("beforeDrawn", earlier.drawn())
                        .and("cholesterol", now.get().value().shown())
                        .and("drawn", now.get().drawn()));
    }

    /** hematocrit at which testosterone stops. */
    static Optional<SafetyFinding> hematocritStop(Picture picture) {
        BigDecimal stop = picture.policy().hematocrit().stop();
        return picture.known(Analyte.HEMATOCRIT)
                .filter(latest -> latest.value().liesAtOrAbove(stop))
                .map(latest -> SafetyFinding.of(RuleId.R_22, CRITICAL, hematocrit(latest, stop, picture))
                        .offering(Remedy.REMOVE_TESTOSTERONE_DRAFT)
                        .testing(picture, LabTest.CBC)
                        .showing(latest.result()));
    }

    /** R-22b: hematocrit to watch, and the lower limit for a new start. */
    static Optional<SafetyFinding> hematocritWatch(Picture picture) {
        var limits = picture.policy().hematocrit();
        boolean newStart = picture.therapies().testosterone().isNewlyDrafted();
        BigDecimal limit = newStart ? limits.startAbove().min(limits.warnAbove()) : limits.warnAbove();
        return picture.known(Analyte.HEMATOCRIT)
                .filter(latest ->
                        latest.value().liesAbove(limit) && !latest.value().liesAtOrAbove(limits.stop()))
                .map(latest -> SafetyFinding.of(RuleId.R_22B, WARNING, hematocrit(latest, limit, picture))
                        .testing(new Recheck(
                                Window.after(
                                        picture.today(),
                                        picture.policy().monitoring().hematocritRepeatFromDays(),
                                        picture.policy().monitoring().hematocritRepeatToDays()),
                                List.of(LabTest.CBC),
                                false,
                                false))
                        .showing(latest.result()));
    }

    private static Map<String, String> hematocrit(Latest latest, BigDecimal limit, Picture picture) {
        return Seen.nothing()
                .and("hematocrit", latest.value().shown())
                .and("drawn", latest.drawn())
                .and("limit", limit.stripTrailingZeros().toPlainString())
                .and("newStart", picture.therapies().testosterone().isNewlyDrafted())
                .values();
    }

    /** PSA above 4.0, or risen by more than 1.4 within a year of the start. */
    static Optional<SafetyFinding> psa(Picture picture) {
        Policy.Psa limits = picture.policy().psa();
        Optional<Latest> newest = picture.known(Analyte.PSA);
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        Bounded value = SafetyLabLimits.correctedPsa(newest.get(), picture);
        Optional<Seen> basis = value.liesAbove(limits.absolute())
                ? Optional.of(shown(newest.get(), value)
                        .and("limit", limits.absolute().stripTrailingZeros().toPlainString()))
                : rise(newest.get(), value, picture);
        return basis.map(found -> {
            SafetyFinding told = SafetyFinding.of(RuleId.R_23, WARNING, found.values())
                    .testing(picture, LabTest.PSA)
                    .showing(newest.get().result());
            return psaNearStartLimit(picture) ? told.noting(Note.PSA_START_LIMIT) : told;
        });
    }

    /** A PSA between the lower limit for men at increased risk and the one for all, where testosterone is started. */
    static boolean psaNearStartLimit(Picture picture) {
        return picture.therapies().testosterone().isNewlyDrafted()
                && picture.known(Analyte.PSA)
                        .map(newest -> SafetyLabLimits.correctedPsa(newest, picture))
                        .filter(value -> value.liesAbove(picture.policy().psa().startNote()))
                        .isPresent();
    }

    private static Optional<Seen> rise(Latest newest, Bounded value, Picture picture) {
        return SafetyLabLimits.psaBaseline(newest.drawn(), picture)
                .filter(baseline -> value.liesAbove(
                        baseline.value().add(picture.policy().psa().rise())))
                .map(baseline -> shown(newest, value).and("before", baseline.shown()));
    }

    /** What was measured is named where it was corrected. */
    private static Seen shown(Latest latest, Bounded value) {
        Seen seen = Seen.nothing().and("psa", value.shown()).and("drawn", latest.drawn());
        return latest.value().shown().equals(value.shown())
                ? seen
                : seen.and("measured", latest.value().shown());
    }

    /** testosterone is started in a man with infertility or a wish for children on record. */
    static Optional<SafetyFinding> fertility(Picture picture) {
        return picture.therapies().testosterone().isNewlyDrafted()
                        && picture.problems().hasEver(Diagnosis.INFERTILITY)
                ? Optional.of(
                        SafetyFinding.of(RuleId.R_24, WARNING, Seen.nothing().values()))
                : Optional.empty();
    }

    /** testosterone is started beside a condition that speaks against starting. */
    static Optional<SafetyFinding> conditionAgainstStart(Picture picture) {
        if (!picture.therapies().testosterone().isNewlyDrafted()) {
            return Optional.empty();
        }
        int months = picture.policy().timing().recentEventMonths();
        Stream<Diagnosis> recent = Stream.of(Diagnosis.MYOCARDIAL_INFARCTION, Diagnosis.STROKE)
                .filter(event -> picture.problems().hadWithinMonths(event, months));
        Stream<Diagnosis> ever = Stream.of(Diagnosis.HEART_FAILURE, Diagnosis.SLEEP_APNEA, Diagnosis.THROMBOPHILIA)
                .filter(picture.problems()::hasEver);
        String found = Stream.concat(recent, ever).map(Seen::word).collect(Collectors.joining(", "));
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(SafetyFinding.of(
                        RuleId.R_25,
                        WARNING,
                        Seen.nothing().and("conditions", found).values()));
    }

    private static boolean inhibitorActiveOrDrafted(Picture picture) {
        return picture.therapies().inhibitorContinues();
    }

    private static LabResult[] results(Optional<Latest> latest) {
        return results(latest.stream());
    }

    private static LabResult[] results(Stream<Latest> latest) {
        return latest.map(Latest::result).toArray(LabResult[]::new);
    }
}
