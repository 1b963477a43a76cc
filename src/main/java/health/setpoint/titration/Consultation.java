package health.setpoint.titration;

import static health.setpoint.titration.advice.Indicator.CRITICAL;
import static health.setpoint.titration.advice.Indicator.INFO;
import static health.setpoint.titration.advice.Indicator.WARNING;

import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.CardAdvice.Family;
import health.setpoint.titration.advice.Due;
import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.Input;
import health.setpoint.titration.advice.Note;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Suggestion;
import health.setpoint.titration.advice.Tried;
import health.setpoint.titration.advice.Unknown;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.advice.Withheld;
import health.setpoint.titration.cards.OneOrderEach;
import health.setpoint.titration.facts.Hook;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.labs.Latest;
import health.setpoint.titration.orders.Reconciliation;
import health.setpoint.titration.picture.Estradiol;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.picture.Therapies;
import health.setpoint.titration.policy.Policy.Preference;
import health.setpoint.titration.rules.Concern;
import health.setpoint.titration.rules.ContextNotes;
import health.setpoint.titration.rules.DataQuality;
import health.setpoint.titration.rules.Gate;
import health.setpoint.titration.rules.Gates;
import health.setpoint.titration.rules.Interactions;
import health.setpoint.titration.rules.NotOnInhibitor;
import health.setpoint.titration.rules.OnInhibitor;
import health.setpoint.titration.rules.Proposal;
import health.setpoint.titration.rules.SafetyConditions;
import health.setpoint.titration.rules.SafetyLimits;
import health.setpoint.titration.rules.Seen;
import health.setpoint.titration.rules.TestosteroneFirst;
import health.setpoint.titration.rules.Verdict;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.WeeklyDose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One evaluation: the rules in their written order, then the limits, then the cards. */
public final class Consultation {

    private static final Map<RuleId, Withheld> WITHHOLDING = new EnumMap<>(Map.of(
            RuleId.R_09, Withheld.HYPERSENSITIVITY,
            RuleId.R_10, Withheld.DUPLICATE,
            RuleId.R_11, Withheld.ESTROGEN,
            RuleId.R_12, Withheld.TAMOXIFEN,
            RuleId.R_17, Withheld.OSTEOPOROSIS,
            RuleId.R_20, Withheld.LIVER,
            RuleId.R_22, Withheld.HEMATOCRIT,
            RuleId.R_37, Withheld.PEAK_SAMPLE,
            RuleId.R_39, Withheld.TESTOSTERONE_CHANGE,
            RuleId.R_61, Withheld.TESTOSTERONE_LOW));
    private static final Set<RuleId> DELETING =
            EnumSet.of(RuleId.R_09, RuleId.R_10, RuleId.R_11, RuleId.R_12, RuleId.R_17);
    private static final Set<RuleId> ENDING_CONTINUE = EnumSet.of(RuleId.R_09, RuleId.R_11, RuleId.R_12, RuleId.R_17);
    private static final Set<RuleId> REMOVING_DRAFT = EnumSet.of(RuleId.R_30, RuleId.R_50, RuleId.R_51, RuleId.R_53);
    private static final Set<RuleId> PEAK_MATTERS = EnumSet.of(
            RuleId.R_45, RuleId.R_46, RuleId.R_47, RuleId.R_53, RuleId.R_54, RuleId.R_55, RuleId.R_56, RuleId.R_57);
    private static final Set<RuleId> CONTINUING = EnumSet.of(RuleId.R_42, RuleId.R_43, RuleId.R_44, RuleId.R_45);
    private static final Set<RuleId> BOUND_BY_CEILING =
            EnumSet.of(RuleId.R_42, RuleId.R_43, RuleId.R_44, RuleId.R_45, RuleId.R_46, RuleId.R_47, RuleId.R_60);

    private static final Comparator<Due> EARLIEST_FIRST =
            Comparator.comparing((Due due) -> due.window().from());

    private final Picture picture;
    private final List<Due> calendar;
    private final List<Tried> trace = new ArrayList<>();

    private Consultation(Picture picture, List<Due> calendar) {
        this.picture = picture;
        this.calendar = calendar;
    }

    /** Evaluates every rule on a picture; {@code calendar} is its monitoring calendar. */
    public static Advice advise(Picture picture, List<Due> calendar) {
        return new Consultation(picture, calendar).advise();
    }

    private Advice advise() {
        Optional<List<CardAdvice>> gates = gates();
        List<CardAdvice> cards = gates.orElseGet(this::titrate);
        boolean unrelated =
                picture.hook().isOrderEntry() && !picture.therapies().aDraftConcernsTheRules();
        List<CardAdvice> inOrder = cards.stream()
                .filter(card -> !unrelated || isShownBesideUnrelatedOrders(card))
                .sorted(Comparator.comparing(CardAdvice::indicator).reversed().thenComparing(CardAdvice::family))
                .toList();
        List<CardAdvice> shown = OneOrderEach.of(inOrder).stream()
                .map(card -> picture.hook().isOrderEntry() ? card : card.withoutSuggestions())
                .toList();
        Therapies therapies = picture.therapies();
        return new Advice(
                shown,
                trace,
                picture.facts().gaps(),
                gates.isPresent() ? List.of() : picture.doubts(),
                therapies.testosteroneInjected(),
                therapies.running(),
                therapies.drafted(),
                therapies.paused());
    }

    /** Who orders something else is interrupted at the signature only, and only by what is critical. */
    private boolean isShownBesideUnrelatedOrders(CardAdvice card) {
        return picture.hook() == Hook.ORDER_SIGN && card.indicator() == CRITICAL;
    }

    // --- phase A

    /** A rule of phase A. */
    private record GateRule(RuleId id, Function<Picture, Optional<Gate>> rule) {}

    private static final List<GateRule> GATES = List.of(
            new GateRule(RuleId.R_08, Gates::nothingToSay),
            new GateRule(RuleId.R_01, Gates::sexUnknown),
            new GateRule(RuleId.R_04, Gates::pregnancy),
            new GateRule(RuleId.R_03, Gates::minor),
            new GateRule(RuleId.R_02, Gates::woman),
            new GateRule(RuleId.R_05, Gates::oncology),
            new GateRule(RuleId.R_06, Gates::testosteroneAndCancer),
            new GateRule(RuleId.R_07, Gates::inhibitorWithoutTestosterone),
            new GateRule(RuleId.R_07B, Gates::testosteroneEnded),
            new GateRule(RuleId.R_07C, Gates::otherInhibitor));

    /** The cards of the gate that closes, empty where all are open. */
    private Optional<List<CardAdvice>> gates() {
        for (GateRule gateRule : GATES) {
            Optional<Gate> gate = gateRule.rule().apply(picture);
            tried(gateRule.id(), gate.isPresent());
            if (gate.isPresent()) {
                return Optional.of(gateCards(gate.get()));
            }
        }
        return Optional.empty();
    }

    private List<CardAdvice> gateCards(Gate gate) {
        Reconciliation reconciliation = new Reconciliation(picture, List.of());
        List<CardAdvice> cards = new ArrayList<>();
        if (gate.spoken()) {
            cards.add(card(gate, reconciliation));
        }
        if (gate.rule() != RuleId.R_08 && gate.rule() != RuleId.R_06) {
            Optional<Gate> cancer = Gates.testosteroneAndCancer(picture);
            tried(RuleId.R_06, cancer.isPresent());
            cancer.ifPresent(joined -> cards.add(card(joined, reconciliation)));
        }
        Optional<Concern> allergy = Interactions.hypersensitivity(picture, false);
        tried(RuleId.R_09, allergy.isPresent());
        allergy.ifPresent(concern ->
                cards.add(safetyCard(concern, noVerdict(concern), picture.afterSteadyState(), reconciliation)));
        if (gate.rule() == RuleId.R_07B) {
            lowOnEndedTestosterone()
                    .ifPresent(verdict -> cards.add(titrationCard(
                            SafetyLimits.apply(annotatedAssay(verdict), List.of(), picture), false, reconciliation)));
        }
        return cards;
    }

    private CardAdvice card(Gate gate, Reconciliation reconciliation) {
        boolean holds = gate.holds();
        List<Option> options = new ArrayList<>();
        if (holds) {
            options.add(new Option.Hold());
        }
        List<Suggestion> suggestions = reconciliation.gate(gate);
        suggestions.stream()
                .map(Suggestion::option)
                .filter(Option.RemoveDraft.class::isInstance)
                .forEach(options::add);
        if (holds) {
            options.add(new Option.KeepAndRecheck());
        }
        boolean proposesHold = gate.kind() == AdviceKind.HOLD;
        return new CardAdvice(
                gate.rule() == RuleId.R_06 || gate.rule() == RuleId.R_07B ? Family.SAFETY : Family.TITRATION,
                gate.finding().indicator(),
                gate.kind(),
                List.of(gate.finding()),
                picture.therapies().runningDose(),
                proposesHold ? Optional.of(WeeklyDose.NONE) : Optional.empty(),
                holds ? Optional.of(picture.afterSteadyState()) : Optional.empty(),
                options,
                suggestions,
                List.of(),
                List.of(),
                holds ? inputs() : List.of(),
                gate.notes(),
                List.of(),
                List.of(),
                draft(gate),
                false);
    }

    private Optional<Verdict> lowOnEndedTestosterone() {
        if (!picture.therapies().anastrozoleRuns()) {
            return Optional.empty();
        }
        Optional<Verdict> doubt = firstVerdict(DATA_QUALITY);
        return doubt.isPresent()
                ? doubt.filter(verdict -> verdict.rule() == RuleId.R_40)
                : firstVerdict(LOW_ON_INHIBITOR);
    }

    // --- phases B to F

    private List<CardAdvice> titrate() {
        Verdict own = decide();
        boolean startProposed = own.proposal() instanceof Proposal.Start;
        List<Concern> concerns = concerns(startProposed);
        Reconciliation reconciliation = new Reconciliation(picture, concerns);
        boolean dataQuality = isDataQuality(own);

        Verdict annotated = annotate(own, concerns, dataQuality);
        Verdict limited = SafetyLimits.apply(annotated, withholding(annotated, concerns), picture);
        Verdict verdict = leftToTheCalendar(endContinue(limited, concerns));

        Optional<Finding> change = testosteroneChange(own);
        tried(RuleId.R_39, change.isPresent());
        Optional<Finding> unsupported = draftAgainstEvidence(verdict, concerns);
        tried(RuleId.R_58, unsupported.isPresent());

        List<CardAdvice> cards = new ArrayList<>();
        Optional<Verdict> spoken = spoken(verdict, concerns);
        if (spoken.isPresent()) {
            Verdict whole = change.map(spoken.get()::with).orElse(spoken.get());
            whole = unsupported.isPresent() ? against(whole, unsupported.get()) : whole;
            whole = change.isPresent() ? afterTestosteroneChange(whole) : whole;
            boolean removes = (unsupported.isPresent() && !whole.proposal().changesDose())
                    || removesDraft(whole, change.isPresent());
            cards.add(titrationCard(notes(withInfo(whole, concerns)), removes, reconciliation));
        } else {
            change.ifPresent(finding -> cards.add(standalone(finding, reconciliation)));
            unsupported.ifPresent(finding -> cards.add(standalone(finding, reconciliation)));
        }
        Recheck afterHold = recheckAfterHold(cards);
        concerns.stream()
                .filter(concern -> concern.finding().indicator() != INFO || spoken.isEmpty())
                .map(concern -> safetyCard(concern, verdict, afterHold, reconciliation))
                .forEach(cards::add);
        monitoringCard(reconciliation).ifPresent(cards::add);
        return cards;
    }

    // --- phases D and E

    /** A rule of phase D or E. */
    private record TitrationRule(RuleId id, Function<Picture, Optional<Verdict>> rule) {}

    private static final List<TitrationRule> DATA_QUALITY = List.of(
            new TitrationRule(RuleId.R_16, DataQuality::doseUnknown),
            new TitrationRule(RuleId.R_30, DataQuality::noResult),
            new TitrationRule(RuleId.R_31, DataQuality::tooOld),
            new TitrationRule(RuleId.R_32, DataQuality::notFinal),
            new TitrationRule(RuleId.R_33, DataQuality::notInterpretable),
            new TitrationRule(RuleId.R_34, DataQuality::bandUnknown),
            new TitrationRule(RuleId.R_36, DataQuality::contradictory),
            new TitrationRule(RuleId.R_38, DataQuality::tooSoonAfterChange));

    private static final TitrationRule TESTOSTERONE_FIRST =
            new TitrationRule(RuleId.R_60, TestosteroneFirst::supraphysiologic);

    private static final List<TitrationRule> LOW_ON_INHIBITOR = List.of(
            new TitrationRule(RuleId.R_40, OnInhibitor::overSuppressed),
            new TitrationRule(RuleId.R_41, OnInhibitor::low));

    private static final List<TitrationRule> ON_INHIBITOR = List.of(
            LOW_ON_INHIBITOR.get(0),
            LOW_ON_INHIBITOR.get(1),
            new TitrationRule(RuleId.R_42, OnInhibitor::inRange),
            new TitrationRule(RuleId.R_43, OnInhibitor::inRangeWithLowSymptoms),
            new TitrationRule(RuleId.R_44, OnInhibitor::inRangeWithHighSymptoms),
            TESTOSTERONE_FIRST,
            new TitrationRule(RuleId.R_45, OnInhibitor::borderline),
            new TitrationRule(RuleId.R_46, OnInhibitor::tooHigh),
            new TitrationRule(RuleId.R_47, OnInhibitor::tooHighAtCeiling));

    private static final List<TitrationRule> NOT_ON_INHIBITOR = List.of(
            new TitrationRule(RuleId.R_50, NotOnInhibitor::low),
            new TitrationRule(RuleId.R_51, NotOnInhibitor::inRangeAndDrafted),
            new TitrationRule(RuleId.R_52, NotOnInhibitor::inRange),
            TESTOSTERONE_FIRST,
            new TitrationRule(RuleId.R_53, NotOnInhibitor::borderline),
            new TitrationRule(RuleId.R_54, NotOnInhibitor::borderlineAndSymptomatic),
            new TitrationRule(RuleId.R_55, NotOnInhibitor::high),
            new TitrationRule(RuleId.R_56, NotOnInhibitor::veryHigh),
            new TitrationRule(RuleId.R_57, NotOnInhibitor::veryHighAndSymptomatic));

    /** What the deciding rule comes to by itself. */
    private Verdict decide() {
        Optional<Verdict> doubt = firstVerdict(DATA_QUALITY);
        if (doubt.isPresent()) {
            return doubt.get();
        }
        boolean runs = picture.therapies().anastrozoleRuns();
        Verdict decided = firstVerdict(runs ? ON_INHIBITOR : NOT_ON_INHIBITOR)
                .orElseThrow(() -> new IllegalStateException("no titration rule matched"));
        if (!runs) {
            return decided;
        }
        Verdict soon = Set.of(RuleId.R_42, RuleId.R_43, RuleId.R_44).contains(decided.rule())
                ? OnInhibitor.fastFall(picture)
                        .map(fall -> OnInhibitor.recheckSoon(decided, fall, picture))
                        .orElse(decided)
                : decided;
        tried(RuleId.R_48, soon.fired(RuleId.R_48));
        return BOUND_BY_CEILING.contains(soon.rule()) ? OnInhibitor.atMostCeiling(soon, picture) : soon;
    }

    private Optional<Verdict> firstVerdict(List<TitrationRule> rules) {
        for (TitrationRule titrationRule : rules) {
            Optional<Verdict> verdict = titrationRule.rule().apply(picture);
            tried(titrationRule.id(), verdict.isPresent());
            if (verdict.isPresent()) {
                return verdict;
            }
        }
        return Optional.empty();
    }

    private static boolean isDataQuality(Verdict verdict) {
        for (TitrationRule rule : DATA_QUALITY) {
            if (rule.id() == verdict.rule()) {
                return true;
            }
        }
        return false;
    }

    // --- phases B and C

    private List<Concern> concerns(boolean startProposed) {
        List<Concern> found = new ArrayList<>();
        join(found, RuleId.R_09, Interactions.hypersensitivity(picture, startProposed));
        join(found, RuleId.R_10, Interactions.twoInhibitorOrders(picture));
        join(found, RuleId.R_11, Interactions.estrogen(picture, startProposed));
        join(found, RuleId.R_12, Interactions.tamoxifen(picture, startProposed));
        join(found, RuleId.R_13, Interactions.serm(picture));
        join(found, RuleId.R_14, Interactions.chorionicGonadotropin(picture));
        join(found, RuleId.R_15, Interactions.aboveCeiling(picture));
        join(found, RuleId.R_17, SafetyConditions.osteoporosis(picture, startProposed));
        join(found, RuleId.R_18, SafetyConditions.lowBoneDensity(picture, startProposed));
        join(found, RuleId.R_19, SafetyConditions.noRecentDxa(picture, startProposed));
        join(found, RuleId.R_20, SafetyConditions.liverImpairment(picture, startProposed));
        join(found, RuleId.R_21, SafetyConditions.ischemia(picture));
        join(found, RuleId.R_22, SafetyConditions.hematocritStop(picture));
        join(found, RuleId.R_22B, SafetyConditions.hematocritWatch(picture));
        join(found, RuleId.R_23, SafetyConditions.psa(picture));
        join(found, RuleId.R_24, SafetyConditions.fertility(picture));
        join(found, RuleId.R_25, SafetyConditions.conditionAgainstStart(picture));
        return List.copyOf(found);
    }

    private void join(List<Concern> found, RuleId rule, Optional<Concern> concern) {
        tried(rule, concern.isPresent());
        concern.ifPresent(found::add);
    }

    private static boolean isAnyOf(Set<RuleId> rules, List<Concern> concerns) {
        for (Concern concern : concerns) {
            if (rules.contains(concern.rule())) {
                return true;
            }
        }
        return false;
    }

    /** Why other rules withhold a start or increase, in their order. */
    private List<Withheld> withholding(Verdict annotated, List<Concern> concerns) {
        Set<RuleId> fired = EnumSet.noneOf(RuleId.class);
        concerns.forEach(concern -> fired.add(concern.rule()));
        annotated.findings().forEach(finding -> fired.add(finding.rule()));
        if (changesTestosterone()) {
            fired.add(RuleId.R_39);
        }
        return reasons(fired, WITHHOLDING.keySet());
    }

    private static List<Withheld> reasons(Set<RuleId> fired, Set<RuleId> counted) {
        return fired.stream().filter(counted::contains).map(WITHHOLDING::get).toList();
    }

    // --- annotations

    private Verdict annotate(Verdict own, List<Concern> concerns, boolean dataQuality) {
        Verdict verdict = annotatedAssay(own);
        verdict = annotatedPeak(verdict);
        if (!dataQuality) {
            Optional<Finding> high = TestosteroneFirst.supraphysiologicAlone(picture);
            tried(RuleId.R_60B, high.isPresent());
            Optional<Finding> low = TestosteroneFirst.low(picture);
            tried(RuleId.R_61, low.isPresent());
            verdict = high.map(verdict::with).orElse(verdict);
            verdict = low.map(verdict::with).orElse(verdict);
        }
        boolean testosteroneFirst = picture.policy().preference() == Preference.T_FIRST
                && verdict.proposal().addsDrug();
        return testosteroneFirst ? testosteroneFirst(verdict) : verdict;
    }

    private static Verdict testosteroneFirst(Verdict verdict) {
        List<Option> options = new ArrayList<>(List.of(new Option.ReviewTestosterone()));
        verdict.options().stream()
                .filter(option -> !(option instanceof Option.ReviewTestosterone))
                .forEach(options::add);
        return verdict.offering(options);
    }

    private Verdict annotatedAssay(Verdict verdict) {
        boolean decidesOnLow = Set.of(RuleId.R_40, RuleId.R_41, RuleId.R_50).contains(verdict.rule());
        boolean fires = decidesOnLow && DataQuality.lowByImmunoassay(picture);
        tried(RuleId.R_35, fires);
        return fires
                ? verdict.with(
                        new Finding(RuleId.R_35, INFO, Seen.titration(picture).values()))
                : verdict;
    }

    private Verdict annotatedPeak(Verdict verdict) {
        boolean peak = PEAK_MATTERS.contains(verdict.rule())
                && picture.deciding()
                        .flatMap(result -> picture.peakInjection(result.result().drawn()))
                        .isPresent();
        tried(RuleId.R_37, peak);
        if (!peak) {
            return verdict;
        }
        Indicator indicator = picture.therapies().judgedInhibitorDrafts().isEmpty() ? INFO : WARNING;
        Seen seen = Seen.titration(picture)
                .and(
                        "given",
                        picture.peakInjection(picture.deciding()
                                        .orElseThrow()
                                        .result()
                                        .drawn())
                                .flatMap(injection -> injection.given().day()));
        return verdict.with(new Finding(RuleId.R_37, indicator, seen.values()))
                .rechecking(picture.recheck(Window.after(
                        picture.today(),
                        picture.policy().timing().peakRecheckFromDays(),
                        picture.policy().timing().peakRecheckToDays())));
    }

    private Verdict endContinue(Verdict verdict, List<Concern> concerns) {
        boolean ends = isAnyOf(ENDING_CONTINUE, concerns);
        if (!ends || !picture.therapies().anastrozoleRuns() || !CONTINUING.contains(verdict.rule())) {
            return verdict;
        }
        List<Option> options = new ArrayList<>(List.of(new Option.Hold()));
        if (picture.therapies()
                .runningDose()
                .orElseThrow()
                .isAbove(picture.policy().ceiling())) {
            options.add(new Option.Reduce(
                    picture.therapies().runningDose().orElseThrow(),
                    picture.policy().ladder().ceiling()));
        }
        options.add(new Option.KeepAndRecheck());
        Set<RuleId> fired = EnumSet.noneOf(RuleId.class);
        concerns.forEach(concern -> fired.add(concern.rule()));
        return verdict.as(AdviceKind.SAFETY)
                .proposing(new Proposal.None())
                .offering(options)
                .withheldFor(reasons(fired, ENDING_CONTINUE))
                .rechecking(picture.afterSteadyState());
    }

    /** With the chart open and no inhibitor there, a missing or doubtful result asks for nothing but what is due. */
    private Verdict leftToTheCalendar(Verdict verdict) {
        boolean nothingRestsOnIt =
                picture.hook() == Hook.PATIENT_VIEW && !picture.therapies().inhibitorPresent();
        return nothingRestsOnIt && isDataQuality(verdict) ? verdict.unspoken() : verdict;
    }

    // ---

    private boolean changesTestosterone() {
        return picture.therapies().testosteroneChange().isPresent();
    }

    /** a testosterone draft that is new or changes the dose, the interval or the route. */
    private Optional<Finding> testosteroneChange(Verdict own) {
        boolean startDrafted = !picture.therapies().anastrozoleRuns()
                && !picture.therapies().judgedInhibitorDrafts().isEmpty();
        Indicator indicator = own.proposal().addsDrug() || startDrafted ? WARNING : INFO;
        return picture.therapies()
                .testosteroneChange()
                .map(change -> new Finding(
                        RuleId.R_39,
                        indicator,
                        Seen.nothing()
                                .and("change", change.name().toLowerCase(java.util.Locale.ROOT))
                                .values()));
    }

    private Verdict afterTestosteroneChange(Verdict verdict) {
        boolean fixed = verdict.recheck()
                        .filter(recheck -> recheck.window().from().equals(picture.today()))
                        .isPresent()
                || verdict.fired(RuleId.R_37)
                || verdict.fired(RuleId.R_48)
                || verdict.recheck().isEmpty();
        Verdict later = fixed ? verdict : verdict.rechecking(picture.afterSteadyState());
        boolean raises = picture.therapies().testosteroneRaised()
                && (picture.estradiolAboveRange() || picture.testosteroneSupraphysiologic());
        return raises ? later.noting(Note.DRAFT_RAISES_ESTRADIOL) : later;
    }

    /** a draft that starts or raises anastrozole where the deciding rule proposes neither. */
    private Optional<Finding> draftAgainstEvidence(Verdict verdict, List<Concern> concerns) {
        List<Course> drafts = picture.therapies().judgedAnastrozoleDrafts();
        boolean readable = drafts.stream().allMatch(draft -> draft.dosage() instanceof Dosage.Weekly);
        if (drafts.isEmpty() || !readable || verdict.proposal().addsDrug() || isRemovedOtherwise(verdict, concerns)) {
            return Optional.empty();
        }
        Optional<WeeklyDose> running = picture.therapies().anastrozoleRuns()
                ? picture.therapies().runningDose()
                : Optional.of(WeeklyDose.NONE);
        WeeklyDose next = picture.therapies().highestAfterSigning();
        return running.filter(now -> next.isAbove(now))
                .map(now -> new Finding(
                        RuleId.R_58,
                        WARNING,
                        Seen.titration(picture).and("from", now).and("to", next).values()));
    }

    private static Verdict against(Verdict verdict, Finding unsupported) {
        if (verdict.proposal().changesDose()) {
            return verdict.with(unsupported);
        }
        List<Option> options = new ArrayList<>(List.of(new Option.RemoveDraft()));
        verdict.options().stream()
                .filter(option -> !(option instanceof Option.RemoveDraft))
                .forEach(options::add);
        return verdict.with(unsupported).offering(options);
    }

    private boolean isRemovedOtherwise(Verdict verdict, List<Concern> concerns) {
        boolean byConcern = isAnyOf(DELETING, concerns);
        boolean byCeiling = isAnyOf(Set.of(RuleId.R_15), concerns)
                && verdict.proposal().orderable().isEmpty();
        boolean byChange = changesTestosterone() && !picture.therapies().anastrozoleRuns();
        return byConcern || byCeiling || byChange || REMOVING_DRAFT.contains(verdict.rule());
    }

    private boolean removesDraft(Verdict verdict, boolean testosteroneChanges) {
        boolean startDrafted = !picture.therapies().judgedInhibitorDrafts().isEmpty()
                && !picture.therapies().anastrozoleRuns();
        return REMOVING_DRAFT.contains(verdict.rule()) || (testosteroneChanges && startDrafted);
    }

    // --- cards

    /** The titration card's verdict, where it has something to say. */
    private Optional<Verdict> spoken(Verdict verdict, List<Concern> concerns) {
        if (!verdict.silent()) {
            return Optional.of(verdict);
        }
        boolean annotated = !concerns.isEmpty() || picture.doubtWithholds(analyte -> true);
        if (verdict.fired(RuleId.R_61) || (verdict.rule() == RuleId.R_42 && annotated)) {
            return Optional.of(verdict.spoken());
        }
        return verdict.findings().stream()
                .filter(finding -> finding.rule() == RuleId.R_60B)
                .findFirst()
                .map(this::testosteroneAlone);
    }

    private Verdict testosteroneAlone(Finding high) {
        return Verdict.of(high.rule(), high.indicator(), high.seen(), AdviceKind.REVIEW_TESTOSTERONE)
                .offering(new Option.ReviewTestosterone(), new Option.KeepAndRecheck())
                .rechecking(
                        new Recheck(picture.afterSteadyState().window(), List.of(LabTest.TESTOSTERONE), false, true));
    }

    private Verdict withInfo(Verdict verdict, List<Concern> concerns) {
        Verdict annotated = verdict;
        for (Concern concern : concerns) {
            annotated = concern.finding().indicator() == INFO ? annotated.with(concern.finding()) : annotated;
        }
        if (isDataQuality(verdict) || verdict.rule() == RuleId.R_60B) {
            return annotated;
        }
        Optional<Finding> ratio = ContextNotes.ratio(picture);
        tried(RuleId.R_62, ratio.isPresent());
        annotated = ratio.map(annotated::with).orElse(annotated);
        tried(RuleId.R_64, picture.estradiolAboveRange());
        annotated = picture.estradiolAboveRange() ? annotated.with(ContextNotes.aromataseFactors(picture)) : annotated;
        boolean doseCard = picture.therapies().anastrozoleRuns()
                || verdict.options().stream().anyMatch(Option.Start.class::isInstance)
                || verdict.kind() == AdviceKind.SAFETY;
        tried(RuleId.R_65, doseCard);
        return doseCard ? annotated.with(ContextNotes.evidenceLine()) : annotated;
    }

    private Verdict notes(Verdict verdict) {
        Verdict noted = verdict;
        boolean usable = picture.band().isPresent() && !isDataQuality(verdict);
        if (usable && picture.symptoms().isMixed()) {
            noted = noted.noting(Note.MIXED_PICTURE);
        }
        if (usable && picture.symptoms().someNotCounted()) {
            noted = noted.noting(Note.SYMPTOMS_NOT_COUNTED);
        }
        if (usable && picture.countedOnlyByWords()) {
            noted = noted.noting(Note.SYMPTOM_BY_WORDS);
        }
        if (picture.testosteroneAboveRange() && picture.testosteroneIsPeak()) {
            noted = noted.noting(Note.TESTOSTERONE_PEAK);
        }
        if (SafetyConditions.psaNearStartLimit(picture)) {
            noted = noted.noting(Note.PSA_START_LIMIT);
        }
        if (!picture.therapies().inhibitorStops().isEmpty()) {
            boolean agrees = verdict.proposal() instanceof Proposal.Hold || verdict.kind() == AdviceKind.SAFETY;
            noted = noted.noting(agrees ? Note.STOP_AGREES : Note.STOP_NOT_NEEDED);
        }
        if (picture.therapies().anyMatchedByText()) {
            noted = noted.noting(Note.MATCHED_BY_TEXT);
        }
        return unknowns(noted);
    }

    private Verdict unknowns(Verdict verdict) {
        Verdict missing = verdict;
        if (picture.testosterone().isEmpty()) {
            missing = missing.missing(Unknown.TESTOSTERONE);
        }
        if (DataQuality.assayUnknown(picture)) {
            missing = missing.missing(Unknown.ASSAY);
        }
        if (picture.therapies().testosteroneInjectionsRun()
                && picture.deciding().isPresent()
                && picture.facts().injections().isEmpty()) {
            missing = missing.missing(Unknown.INJECTION_TIMING);
        }
        if (picture.therapies().testosteroneActive()
                && picture.therapies().testosteroneStart().isEmpty()) {
            missing = missing.missing(Unknown.TESTOSTERONE_START);
        }
        return missing;
    }

    private CardAdvice titrationCard(Verdict verdict, boolean removesDraft, Reconciliation reconciliation) {
        return new CardAdvice(
                Family.TITRATION,
                verdict.indicator(),
                verdict.kind(),
                verdict.findings(),
                picture.therapies().runningDose(),
                verdict.proposal().weekly(),
                verdict.recheck(),
                verdict.options(),
                reconciliation.titration(verdict, removesDraft),
                List.of(),
                List.of(),
                inputs(),
                verdict.notes(),
                verdict.unknowns(),
                verdict.withheld(),
                draft(verdict),
                reconciliation.draftAgrees(verdict));
    }

    /** where no titration card stands. */
    private CardAdvice standalone(Finding finding, Reconciliation reconciliation) {
        Verdict verdict = Verdict.of(finding.rule(), finding.indicator(), finding.seen(), AdviceKind.SAFETY)
                .offering(new Option.KeepAndRecheck())
                .rechecking(picture.afterSteadyState());
        boolean change = finding.rule() == RuleId.R_39;
        Verdict whole = notes(change ? afterTestosteroneChange(verdict) : verdict);
        return new CardAdvice(
                Family.SAFETY,
                finding.indicator(),
                AdviceKind.SAFETY,
                whole.findings(),
                picture.therapies().runningDose(),
                Optional.empty(),
                whole.recheck(),
                whole.options(),
                reconciliation.titration(whole, !change || removesDraft(whole, true)),
                List.of(),
                List.of(),
                inputs(),
                whole.notes(),
                List.of(),
                List.of(),
                draft(whole),
                false);
    }

    /** What the titration card measures again, and when, holds for a hold that a safety card offers beside it. */
    private Recheck recheckAfterHold(List<CardAdvice> cards) {
        return cards.stream()
                .flatMap(card -> card.recheck().stream())
                .filter(recheck -> recheck.labs().contains(LabTest.ESTRADIOL))
                .findFirst()
                .map(recheck -> picture.recheck(recheck.window()))
                .orElseGet(picture::afterSteadyState);
    }

    private CardAdvice safetyCard(Concern concern, Verdict verdict, Recheck afterHold, Reconciliation reconciliation) {
        List<Suggestion> suggestions = reconciliation.safety(concern, verdict, afterHold);
        boolean holds = concern.remedies().contains(Concern.Remedy.REMOVE_OR_HOLD_INHIBITOR)
                && picture.therapies().inhibitorActive();
        List<Option> options = new ArrayList<>();
        suggestions.stream().map(Suggestion::option).distinct().forEach(options::add);
        if (holds && options.stream().noneMatch(Option.Hold.class::isInstance)) {
            options.add(new Option.Hold());
        }
        if (options.stream().noneMatch(Option.KeepAndRecheck.class::isInstance)) {
            options.add(new Option.KeepAndRecheck());
        }
        List<Input> inputs =
                concern.shown().stream().map(result -> new Input(result, true)).toList();
        return new CardAdvice(
                Family.SAFETY,
                concern.finding().indicator(),
                AdviceKind.SAFETY,
                List.of(concern.finding()),
                picture.therapies().runningDose(),
                Optional.empty(),
                holds ? Optional.of(afterHold) : concern.tests(),
                options,
                suggestions,
                List.of(),
                List.of(),
                inputs,
                concern.notes(),
                List.of(),
                List.of(),
                draft(concern),
                false);
    }

    private static Verdict noVerdict(Concern concern) {
        return Verdict.of(
                concern.rule(), concern.finding().indicator(), concern.finding().seen(), AdviceKind.SAFETY);
    }

    private Optional<CardAdvice> monitoringCard(Reconciliation reconciliation) {
        calendar.forEach(due -> tried(due.rule(), true));
        List<Due> due = calendar.stream()
                .filter(line -> line.isDueBy(picture.today()))
                .sorted(EARLIEST_FIRST)
                .toList();
        List<Due> later = calendar.stream()
                .filter(line -> !line.isDueBy(picture.today()))
                .sorted(EARLIEST_FIRST)
                .toList();
        if (due.isEmpty()) {
            return Optional.empty();
        }
        List<Finding> findings = due.stream()
                .map(line -> new Finding(line.rule(), INFO, Seen.nothing().values()))
                .toList();
        return Optional.of(new CardAdvice(
                Family.MONITORING,
                INFO,
                AdviceKind.MONITOR,
                findings,
                picture.therapies().runningDose(),
                Optional.empty(),
                Optional.empty(),
                List.of(new Option.OrderTests()),
                reconciliation.monitoring(due),
                due,
                later,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                false));
    }

    private List<Input> inputs() {
        List<Input> inputs = new ArrayList<>();
        picture.deciding()
                .map(Estradiol::result)
                .map(result -> new Input(result, true))
                .ifPresent(inputs::add);
        picture.testosterone()
                .map(Latest::result)
                .map(result -> new Input(result, true))
                .ifPresent(inputs::add);
        picture.estradiolSeries().all().stream()
                .skip(1)
                .limit(2)
                .map(Estradiol::result)
                .map(result -> new Input(result, false))
                .forEach(inputs::add);
        return inputs;
    }

    // --- the draft that a card is about

    private static final Set<RuleId> OF_TESTOSTERONE =
            EnumSet.of(RuleId.R_06, RuleId.R_22, RuleId.R_22B, RuleId.R_23, RuleId.R_24, RuleId.R_25);

    /** Gates that ask of the patient, and so of whatever is drafted. */
    private static final Set<RuleId> OF_WHATEVER_IS_DRAFTED = EnumSet.of(RuleId.R_01, RuleId.R_03);

    private Optional<String> draft(Gate gate) {
        boolean ofTestosterone = gate.removesTestosteroneDraft() || OF_WHATEVER_IS_DRAFTED.contains(gate.rule());
        return first(OF_TESTOSTERONE.contains(gate.rule()) ? List.of() : inhibitorDrafts())
                .or(() -> first(ofTestosterone ? testosteroneDrafts() : List.of()));
    }

    private Optional<String> draft(Verdict verdict) {
        boolean ofTestosterone = verdict.fired(RuleId.R_39) || verdict.kind() == AdviceKind.REVIEW_TESTOSTERONE;
        return first(inhibitorDrafts()).or(() -> first(ofTestosterone ? testosteroneDrafts() : List.of()));
    }

    private Optional<String> draft(Concern concern) {
        return first(Interactions.interactingDrafts(picture, concern.rule()))
                .or(() -> first(OF_TESTOSTERONE.contains(concern.rule()) ? testosteroneDrafts() : inhibitorDrafts()));
    }

    private List<Course> inhibitorDrafts() {
        return picture.therapies().judgedInhibitorDrafts();
    }

    private List<Course> testosteroneDrafts() {
        return picture.therapies().judgedTestosteroneDrafts();
    }

    private static Optional<String> first(List<Course> drafts) {
        return drafts.stream().findFirst().map(Course::reference);
    }

    private void tried(RuleId rule, boolean fired) {
        trace.add(new Tried(rule, fired));
    }
}
