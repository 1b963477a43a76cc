package health.setpoint.titration.rules;

import static health.setpoint.titration.rules.Rule.Effect.BOUND_BY_CEILING;
import static health.setpoint.titration.rules.Rule.Effect.CONTINUES;
import static health.setpoint.titration.rules.Rule.Effect.DELETES_DRAFT;
import static health.setpoint.titration.rules.Rule.Effect.ENDS_CONTINUE;
import static health.setpoint.titration.rules.Rule.Effect.LETS_LOW_LEAD;
import static health.setpoint.titration.rules.Rule.Effect.LOOKS_AHEAD;
import static health.setpoint.titration.rules.Rule.Effect.OF_ANY_DRAFT;
import static health.setpoint.titration.rules.Rule.Effect.OF_TESTOSTERONE;
import static health.setpoint.titration.rules.Rule.Effect.OVERSTATED_AT_PEAK;
import static health.setpoint.titration.rules.Rule.Effect.REMOVES_DRAFT;
import static health.setpoint.titration.rules.Rule.Effect.RESTS_ON_LOW;
import static health.setpoint.titration.rules.Rule.Effect.SAFETY_CARD;
import static health.setpoint.titration.rules.Rule.Effect.STANDS_ALONE;
import static health.setpoint.titration.rules.Rule.Effect.WATCHED_FOR_FALL;
import static health.setpoint.titration.rules.Rule.Phase.ANNOTATION;
import static health.setpoint.titration.rules.Rule.Phase.CONTEXT;
import static health.setpoint.titration.rules.Rule.Phase.DATA_QUALITY;
import static health.setpoint.titration.rules.Rule.Phase.DRAFTS;
import static health.setpoint.titration.rules.Rule.Phase.GATE;
import static health.setpoint.titration.rules.Rule.Phase.INTERACTION;
import static health.setpoint.titration.rules.Rule.Phase.SAFETY;
import static health.setpoint.titration.rules.Rule.Phase.TITRATION;

import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Withheld;
import health.setpoint.titration.rules.Rule.Annotating;
import health.setpoint.titration.rules.Rule.Effect;
import health.setpoint.titration.rules.Rule.OfSafety;
import health.setpoint.titration.rules.Rule.OnDrafts;
import health.setpoint.titration.rules.Rule.OnPicture;
import health.setpoint.titration.rules.Rule.Phase;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Every rule in its written order, with all that it does. The calendar M-1 to M-8 is no part of it. */
public final class RuleTable {

    private RuleTable() {}

    /** The gate that joins any other one. */
    public static final Rule<OnPicture<Gate>> JOINING_GATE =
            gate(RuleId.R_06, Gates::testosteroneAndCancer, OF_TESTOSTERONE, SAFETY_CARD);

    /** Phase A. */
    public static final List<Rule<OnPicture<Gate>>> GATES = List.of(
            gate(RuleId.R_08, Gates::nothingToSay, STANDS_ALONE),
            gate(RuleId.R_01, Gates::sexUnknown, OF_ANY_DRAFT),
            gate(RuleId.R_04, Gates::pregnancy),
            gate(RuleId.R_03, Gates::minor, OF_ANY_DRAFT),
            gate(RuleId.R_02, Gates::woman),
            gate(RuleId.R_05, Gates::oncology),
            JOINING_GATE,
            gate(RuleId.R_07, Gates::inhibitorWithoutTestosterone),
            gate(RuleId.R_07B, Gates::testosteroneEnded, LETS_LOW_LEAD, SAFETY_CARD),
            gate(RuleId.R_07C, Gates::otherInhibitor));

    /** The rule of phase B that is asked behind a gate too. */
    public static final Rule<OfSafety> HYPERSENSITIVITY = safety(
                    RuleId.R_09, INTERACTION, Interactions::hypersensitivity, LOOKS_AHEAD, DELETES_DRAFT, ENDS_CONTINUE)
            .withholding(Withheld.HYPERSENSITIVITY);

    /** Phases B and C. */
    public static final List<Rule<OfSafety>> SAFETY_RULES = List.of(
            HYPERSENSITIVITY,
            safety(RuleId.R_10, INTERACTION, now(Interactions::twoInhibitorOrders), DELETES_DRAFT)
                    .withholding(Withheld.DUPLICATE),
            safety(RuleId.R_11, INTERACTION, Interactions::estrogen, LOOKS_AHEAD, DELETES_DRAFT, ENDS_CONTINUE)
                    .withholding(Withheld.ESTROGEN),
            safety(RuleId.R_12, INTERACTION, Interactions::tamoxifen, LOOKS_AHEAD, DELETES_DRAFT, ENDS_CONTINUE)
                    .withholding(Withheld.TAMOXIFEN),
            safety(RuleId.R_13, INTERACTION, now(Interactions::serm)),
            safety(RuleId.R_14, INTERACTION, now(Interactions::chorionicGonadotropin)),
            safety(RuleId.R_15, INTERACTION, now(Interactions::aboveCeiling)),
            safety(RuleId.R_17, SAFETY, SafetyConditions::osteoporosis, LOOKS_AHEAD, DELETES_DRAFT, ENDS_CONTINUE)
                    .withholding(Withheld.OSTEOPOROSIS),
            safety(RuleId.R_18, SAFETY, SafetyConditions::lowBoneDensity, LOOKS_AHEAD),
            safety(RuleId.R_19, SAFETY, SafetyConditions::noRecentDxa, LOOKS_AHEAD),
            safety(RuleId.R_20, SAFETY, SafetyConditions::liverImpairment, LOOKS_AHEAD)
                    .withholding(Withheld.LIVER),
            safety(RuleId.R_21, SAFETY, now(SafetyConditions::ischemia)),
            safety(RuleId.R_22, SAFETY, now(SafetyConditions::hematocritStop), OF_TESTOSTERONE)
                    .withholding(Withheld.HEMATOCRIT),
            safety(RuleId.R_22B, SAFETY, now(SafetyConditions::hematocritWatch), OF_TESTOSTERONE),
            safety(RuleId.R_23, SAFETY, now(SafetyConditions::psa), OF_TESTOSTERONE),
            safety(RuleId.R_24, SAFETY, now(SafetyConditions::fertility), OF_TESTOSTERONE),
            safety(RuleId.R_25, SAFETY, now(SafetyConditions::conditionAgainstStart), OF_TESTOSTERONE));

    /** Phase D; of that phase annotate and stand with the annotations. */
    public static final List<Rule<OnPicture<Verdict>>> DATA_QUALITY_RULES = List.of(
            deciding(RuleId.R_16, DATA_QUALITY, DataQuality::doseUnknown),
            deciding(RuleId.R_30, DATA_QUALITY, DataQuality::noResult, REMOVES_DRAFT),
            deciding(RuleId.R_31, DATA_QUALITY, DataQuality::tooOld),
            deciding(RuleId.R_32, DATA_QUALITY, DataQuality::notFinal),
            deciding(RuleId.R_33, DATA_QUALITY, DataQuality::notInterpretable),
            deciding(RuleId.R_34, DATA_QUALITY, DataQuality::bandUnknown),
            deciding(RuleId.R_36, DATA_QUALITY, DataQuality::contradictory),
            deciding(RuleId.R_38, DATA_QUALITY, DataQuality::tooSoonAfterChange));

    private static final Rule<OnPicture<Verdict>> TESTOSTERONE_FIRST =
            deciding(RuleId.R_60, TITRATION, TestosteroneFirst::supraphysiologic, BOUND_BY_CEILING);

    /** Phase E where anastrozole runs and estradiol is low: all that is asked where testosterone has ended. */
    public static final List<Rule<OnPicture<Verdict>>> LOW_ON_INHIBITOR = List.of(
            deciding(RuleId.R_40, TITRATION, OnInhibitor::overSuppressed, RESTS_ON_LOW),
            deciding(RuleId.R_41, TITRATION, OnInhibitor::low, RESTS_ON_LOW));

    /** Phase E where anastrozole runs. */
    public static final List<Rule<OnPicture<Verdict>>> ON_INHIBITOR = List.of(
            LOW_ON_INHIBITOR.get(0),
            LOW_ON_INHIBITOR.get(1),
            deciding(RuleId.R_42, TITRATION, OnInhibitor::inRange, CONTINUES, WATCHED_FOR_FALL, BOUND_BY_CEILING),
            deciding(
                    RuleId.R_43,
                    TITRATION,
                    OnInhibitor::inRangeWithLowSymptoms,
                    CONTINUES,
                    WATCHED_FOR_FALL,
                    BOUND_BY_CEILING),
            deciding(
                    RuleId.R_44,
                    TITRATION,
                    OnInhibitor::inRangeWithHighSymptoms,
                    CONTINUES,
                    WATCHED_FOR_FALL,
                    BOUND_BY_CEILING),
            TESTOSTERONE_FIRST,
            deciding(RuleId.R_45, TITRATION, OnInhibitor::borderline, CONTINUES, OVERSTATED_AT_PEAK, BOUND_BY_CEILING),
            deciding(RuleId.R_46, TITRATION, OnInhibitor::tooHigh, OVERSTATED_AT_PEAK, BOUND_BY_CEILING),
            deciding(RuleId.R_47, TITRATION, OnInhibitor::tooHighAtCeiling, OVERSTATED_AT_PEAK, BOUND_BY_CEILING));

    /** Phase E where none runs. */
    public static final List<Rule<OnPicture<Verdict>>> NOT_ON_INHIBITOR = List.of(
            deciding(RuleId.R_50, TITRATION, NotOnInhibitor::low, RESTS_ON_LOW, REMOVES_DRAFT),
            deciding(RuleId.R_51, TITRATION, NotOnInhibitor::inRangeAndDrafted, REMOVES_DRAFT),
            deciding(RuleId.R_52, TITRATION, NotOnInhibitor::inRange),
            TESTOSTERONE_FIRST,
            deciding(RuleId.R_53, TITRATION, NotOnInhibitor::borderline, OVERSTATED_AT_PEAK, REMOVES_DRAFT),
            deciding(RuleId.R_54, TITRATION, NotOnInhibitor::borderlineAndSymptomatic, OVERSTATED_AT_PEAK),
            deciding(RuleId.R_55, TITRATION, NotOnInhibitor::high, OVERSTATED_AT_PEAK),
            deciding(RuleId.R_56, TITRATION, NotOnInhibitor::veryHigh, OVERSTATED_AT_PEAK),
            deciding(RuleId.R_57, TITRATION, NotOnInhibitor::veryHighAndSymptomatic, OVERSTATED_AT_PEAK));

    /** Added while the deciding rule itself is found, where anastrozole runs. */
    public static final Rule<Annotating> FAST_FALL = annotating(RuleId.R_48, ANNOTATION, OnInhibitor::fastFall);

    /** The method by which a low value was measured: asked behind a gate too. */
    public static final Rule<Annotating> LOW_BY_IMMUNOASSAY =
            annotating(RuleId.R_35, ANNOTATION, SampleQuality::lowByImmunoassay);

    /** How the sample was measured and drawn. */
    public static final List<Rule<Annotating>> OF_THE_SAMPLE = List.of(
            LOW_BY_IMMUNOASSAY,
            annotating(RuleId.R_37, ANNOTATION, SampleQuality::drawnAtPeak).withholding(Withheld.PEAK_SAMPLE));

    /** Testosterone beside what phase E decided. */
    public static final List<Rule<Annotating>> OF_TESTOSTERONE_LEVEL = List.of(
            annotating(RuleId.R_60B, ANNOTATION, TestosteroneFirst::supraphysiologicAlone),
            annotating(RuleId.R_61, ANNOTATION, TestosteroneFirst::low).withholding(Withheld.TESTOSTERONE_LOW));

    /** Held against the drafts. */
    public static final List<Rule<OnDrafts>> DRAFT_RULES = List.of(
            Rule.<OnDrafts>of(RuleId.R_39, DRAFTS, new TestosteroneChange()).withholding(Withheld.TESTOSTERONE_CHANGE),
            Rule.of(RuleId.R_58, DRAFTS, new DraftAgainstEvidence()));

    /** Phase F. */
    public static final List<Rule<Annotating>> CONTEXT_RULES = List.of(
            annotating(RuleId.R_62, CONTEXT, ContextNotes::ratio),
            annotating(RuleId.R_64, CONTEXT, ContextNotes::aromataseFactors),
            annotating(RuleId.R_65, CONTEXT, ContextNotes::evidenceLine));

    private static final Map<RuleId, Rule<?>> BY_ID = new EnumMap<>(RuleId.class);

    static {
        Stream.of(
                        GATES,
                        SAFETY_RULES,
                        DATA_QUALITY_RULES,
                        ON_INHIBITOR,
                        NOT_ON_INHIBITOR,
                        List.of(FAST_FALL),
                        OF_THE_SAMPLE,
                        OF_TESTOSTERONE_LEVEL,
                        DRAFT_RULES,
                        CONTEXT_RULES)
                .flatMap(List::stream)
                .forEach(rule -> BY_ID.put(rule.id(), rule));
    }

    private static final Map<RuleId, Withheld> WITHHOLDING = new EnumMap<>(RuleId.class);

    static {
        BY_ID.forEach((id, rule) -> rule.withholds().ifPresent(reason -> WITHHOLDING.put(id, reason)));
    }

    private static final Map<Effect, Set<RuleId>> WITH_EFFECT = new EnumMap<>(Effect.class);

    static {
        for (Effect effect : Effect.values()) {
            Set<RuleId> rules = EnumSet.noneOf(RuleId.class);
            BY_ID.values().stream()
                    .filter(rule -> rule.does(effect))
                    .map(Rule::id)
                    .forEach(rules::add);
            WITH_EFFECT.put(effect, rules);
        }
    }

    /** The rule has this effect. */
    public static boolean does(RuleId rule, Effect effect) {
        return WITH_EFFECT.get(effect).contains(rule);
    }

    /** The rule is one of phase D, so that the deciding estradiol or the dose may not be used. */
    public static boolean isOfDataQuality(RuleId rule) {
        return BY_ID.containsKey(rule) && BY_ID.get(rule).phase() == DATA_QUALITY;
    }

    /** Why rules that fired withhold every start and increase, in the order of the rules. */
    public static List<Withheld> withheldBy(Set<RuleId> fired) {
        return WITHHOLDING.entrySet().stream()
                .filter(entry -> fired.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static Rule<OnPicture<Gate>> gate(RuleId id, OnPicture<Gate> condition, Effect... effects) {
        return Rule.of(id, GATE, condition, effects);
    }

    private static Rule<OfSafety> safety(RuleId id, Phase phase, OfSafety condition, Effect... effects) {
        return Rule.of(id, phase, condition, effects);
    }

    /** A rule that does not look ahead. */
    private static OfSafety now(OnPicture<SafetyFinding> condition) {
        return (picture, startProposed) -> condition.find(picture);
    }

    private static Rule<OnPicture<Verdict>> deciding(
            RuleId id, Phase phase, OnPicture<Verdict> condition, Effect... effects) {
        return Rule.of(id, phase, condition, effects);
    }

    private static Rule<Annotating> annotating(RuleId id, Phase phase, Annotating condition) {
        return Rule.of(id, phase, condition);
    }
}
