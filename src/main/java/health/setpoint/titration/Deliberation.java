package health.setpoint.titration;

import static health.setpoint.titration.advice.Indicator.INFO;

import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.Due;
import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Withheld;
import health.setpoint.titration.cards.CardAssembly;
import health.setpoint.titration.cards.CardOrder;
import health.setpoint.titration.facts.Hook;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.monitoring.Calendar;
import health.setpoint.titration.picture.DrugsInUse;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.rules.ContextNotes;
import health.setpoint.titration.rules.Gate;
import health.setpoint.titration.rules.Rule;
import health.setpoint.titration.rules.Rule.Effect;
import health.setpoint.titration.rules.Rule.OfSafety;
import health.setpoint.titration.rules.Rule.OnDrafts;
import health.setpoint.titration.rules.Rule.OnPicture;
import health.setpoint.titration.rules.Rule.Reached;
import health.setpoint.titration.rules.RuleTable;
import health.setpoint.titration.rules.SafetyFinding;
import health.setpoint.titration.rules.SafetyLimits;
import health.setpoint.titration.rules.TestosteroneFirst;
import health.setpoint.titration.rules.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One evaluation: the rules in their written order, then the limits, then the cards. */
final class Deliberation {

    private final Picture picture;
    private final TracedRules rules;

    Deliberation(Picture picture) {
        this.picture = picture;
        this.rules = new TracedRules(picture);
    }

    Advice advise() {
        Optional<Gate> closed = rules.firstOf(RuleTable.GATES);
        List<CardAdvice> cards = closed.map(this::behind).orElseGet(this::titrate);
        DrugsInUse drugs = picture.therapies().inUse();
        return new Advice(
                CardOrder.shown(cards, picture),
                rules.trace(),
                picture.facts().gaps(),
                closed.isPresent() ? List.of() : picture.doubts(),
                picture.therapies().testosterone().isInjected(),
                drugs.running(),
                drugs.drafted(),
                drugs.paused());
    }

    /** Phase A: a gate ends the evaluation; cancer beside testosterone and an allergy are told all the same. */
    private List<CardAdvice> behind(Gate gate) {
        CardAssembly assembly = new CardAssembly(picture, List.of());
        List<CardAdvice> cards = new ArrayList<>();
        if (gate.spoken()) {
            cards.add(assembly.gate(gate));
        }
        Rule<OnPicture<Gate>> joining = RuleTable.JOINING_GATE;
        if (!RuleTable.does(gate.rule(), Effect.STANDS_ALONE) && gate.rule() != joining.id()) {
            rules.ask(joining).map(assembly::gate).ifPresent(cards::add);
        }
        rules.ask(RuleTable.HYPERSENSITIVITY, false).map(assembly::safety).ifPresent(cards::add);
        if (RuleTable.does(gate.rule(), Effect.LETS_LOW_LEAD)) {
            lowBehindGate()
                    .map(low -> SafetyLimits.apply(
                            rules.annotated(low, List.of(RuleTable.LOW_BY_IMMUNOASSAY)), List.of(), picture))
                    .map(assembly::titration)
                    .ifPresent(cards::add);
        }
        return cards;
    }

    private Optional<Verdict> lowBehindGate() {
        if (!picture.therapies().anastrozoleRuns()) {
            return Optional.empty();
        }
        Optional<Verdict> doubt = rules.firstOf(RuleTable.DATA_QUALITY_RULES);
        return doubt.isPresent()
                ? doubt.filter(verdict -> !RuleTable.isOfDataQuality(verdict.rule()))
                : rules.firstOf(RuleTable.LOW_ON_INHIBITOR);
    }

    /** Phases B to F and the calendar. What decides is found first, since B and C look ahead to a start. */
    private List<CardAdvice> titrate() {
        Verdict own = decide();
        List<SafetyFinding> safety = safetyFindings(own.proposal().isStart());
        Verdict annotated = TestosteroneFirst.preferred(annotate(own), picture);
        Verdict limited = SafetyLimits.apply(annotated, withheldBy(annotated, safety), picture);
        Verdict verdict = leftToTheCalendar(SafetyLimits.endContinue(limited, safety, picture));
        Map<Rule<OnDrafts>, Finding> drafts = againstDrafts(new Reached(own, verdict, safety));

        CardAssembly assembly = new CardAssembly(picture, safety);
        List<CardAdvice> cards = new ArrayList<>();
        Optional<Verdict> spoken = spoken(verdict, !safety.isEmpty());
        if (spoken.isPresent()) {
            Verdict whole = spoken.get();
            for (Map.Entry<Rule<OnDrafts>, Finding> found : drafts.entrySet()) {
                whole = found.getKey().condition().apply(found.getValue(), whole, picture);
            }
            cards.add(assembly.titration(ContextNotes.noted(inContext(whole, safety), picture)));
        } else {
            drafts.forEach((rule, finding) -> cards.add(assembly.drafts(alone(rule, finding))));
        }
        Recheck afterHold = recheckAfterHold(cards);
        safety.stream()
                .filter(found -> found.finding().indicator() != INFO || spoken.isEmpty())
                .forEach(found -> cards.add(assembly.safety(found, verdict, afterHold)));
        List<Due> calendar = Calendar.of(picture);
        calendar.forEach(due -> rules.tried(due.rule(), true));
        assembly.monitoring(calendar).ifPresent(cards::add);
        return cards;
    }

    /** Phases D and E: what the deciding rule comes to by itself. */
    private Verdict decide() {
        Optional<Verdict> doubt = rules.firstOf(RuleTable.DATA_QUALITY_RULES);
        if (doubt.isPresent()) {
            return doubt.get();
        }
        boolean runs = picture.therapies().anastrozoleRuns();
        Verdict decided = rules.firstOf(runs ? RuleTable.ON_INHIBITOR : RuleTable.NOT_ON_INHIBITOR)
                .orElseThrow(() -> new IllegalStateException("no titration rule matched"));
        return runs
                ? SafetyLimits.atMostCeiling(rules.annotated(decided, List.of(RuleTable.FAST_FALL)), picture)
                : decided;
    }

    /** Phases B and C: all that match. */
    private List<SafetyFinding> safetyFindings(boolean startProposed) {
        List<SafetyFinding> found = new ArrayList<>();
        for (Rule<OfSafety> rule : RuleTable.SAFETY_RULES) {
            rules.ask(rule, startProposed).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    private Verdict annotate(Verdict own) {
        Verdict ofSample = rules.annotated(own, RuleTable.OF_THE_SAMPLE);
        return RuleTable.isOfDataQuality(own.rule())
                ? ofSample
                : rules.annotated(ofSample, RuleTable.OF_TESTOSTERONE_LEVEL);
    }

    /** Why other rules withhold a start or increase, in their order. */
    private List<Withheld> withheldBy(Verdict annotated, List<SafetyFinding> safety) {
        Set<RuleId> fired = EnumSet.noneOf(RuleId.class);
        safety.forEach(found -> fired.add(found.rule()));
        annotated.findings().forEach(finding -> fired.add(finding.rule()));
        if (picture.therapies().testosterone().change().isPresent()) {
            fired.add(RuleId.R_39);
        }
        return RuleTable.withheldBy(fired);
    }

    /** With the chart open and no inhibitor there, a missing or doubtful result asks for nothing but what is due. */
    private Verdict leftToTheCalendar(Verdict verdict) {
        boolean nothingRestsOnIt =
                picture.hook() == Hook.PATIENT_VIEW && !picture.therapies().inhibitorPresent();
        return nothingRestsOnIt && RuleTable.isOfDataQuality(verdict.rule()) ? verdict.unspoken() : verdict;
    }

    private Map<Rule<OnDrafts>, Finding> againstDrafts(Reached reached) {
        Map<Rule<OnDrafts>, Finding> found = new LinkedHashMap<>();
        for (Rule<OnDrafts> rule : RuleTable.DRAFT_RULES) {
            Optional<Finding> finding = rule.condition().find(reached, picture);
            rules.tried(rule.id(), finding.isPresent());
            finding.ifPresent(each -> found.put(rule, each));
        }
        return found;
    }

    /** The verdict of the titration card, where it has something to say. */
    private Optional<Verdict> spoken(Verdict verdict, boolean safetyFired) {
        if (!verdict.silent()) {
            return Optional.of(verdict);
        }
        boolean annotated = safetyFired || picture.doubtWithholds(analyte -> true);
        if (verdict.fired(RuleId.R_61) || (verdict.rule() == RuleId.R_42 && annotated)) {
            return Optional.of(verdict.spoken());
        }
        return verdict.findings().stream()
                .filter(finding -> finding.rule() == RuleId.R_60B)
                .findFirst()
                .map(high -> TestosteroneFirst.alone(high, picture));
    }

    /** A rule on the drafts where no titration card stands. */
    private Verdict alone(Rule<OnDrafts> rule, Finding finding) {
        Verdict verdict = Verdict.of(finding, AdviceKind.SAFETY)
                .offeringNoChange()
                .rechecking(picture.draws().afterSteadyState());
        return ContextNotes.noted(rule.condition().apply(finding, verdict, picture), picture);
    }

    /** Safety rules at info level and phase F, beside the advice. */
    private Verdict inContext(Verdict verdict, List<SafetyFinding> safety) {
        Verdict told = verdict;
        for (SafetyFinding found : safety) {
            told = found.finding().indicator() == INFO ? told.with(found.finding()) : told;
        }
        boolean without = RuleTable.isOfDataQuality(verdict.rule()) || verdict.rule() == RuleId.R_60B;
        return without ? told : rules.annotated(told, RuleTable.CONTEXT_RULES);
    }

    /** What the titration card measures again, and when, holds for a hold that a safety card offers beside it. */
    private Recheck recheckAfterHold(List<CardAdvice> cards) {
        return cards.stream()
                .flatMap(card -> card.recheck().stream())
                .filter(recheck -> recheck.labs().contains(LabTest.ESTRADIOL))
                .findFirst()
                .map(recheck -> picture.draws().recheck(recheck.window()))
                .orElseGet(picture.draws()::afterSteadyState);
    }
}
