package health.setpoint.titration.cards;

import static health.setpoint.titration.advice.Indicator.INFO;

import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.CardAdvice.Family;
import health.setpoint.titration.advice.Due;
import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Input;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.Option.Kind;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Suggestion;
import health.setpoint.titration.labs.Latest;
import health.setpoint.titration.orders.OpenTests;
import health.setpoint.titration.orders.Reconciliation;
import health.setpoint.titration.orders.SafetyOrders;
import health.setpoint.titration.picture.Estradiol;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.rules.DraftAgainstEvidence;
import health.setpoint.titration.rules.Gate;
import health.setpoint.titration.rules.Interactions;
import health.setpoint.titration.rules.Rule.Effect;
import health.setpoint.titration.rules.RuleTable;
import health.setpoint.titration.rules.SafetyFinding;
import health.setpoint.titration.rules.Seen;
import health.setpoint.titration.rules.Verdict;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.WeeklyDose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes the cards of one evaluation: what fired, the courses open, what can be accepted, and the results it rests on. */
public final class CardAssembly {

    private static final Comparator<Due> EARLIEST_FIRST =
            Comparator.comparing((Due due) -> due.window().from());

    private final Picture picture;
    private final Reconciliation orders;
    private final SafetyOrders safetyOrders;
    private final OpenTests tests;

    /** {@code safety} is what fired in phases B and C. */
    public CardAssembly(Picture picture, List<SafetyFinding> safety) {
        this.picture = picture;
        this.orders = new Reconciliation(picture, safety);
        this.safetyOrders = new SafetyOrders(picture, orders);
        this.tests = new OpenTests(picture);
    }

    /** The card of a gate that closed or joined one. */
    public CardAdvice gate(Gate gate) {
        boolean holds = gate.holds();
        List<Option> options = new ArrayList<>();
        if (holds) {
            options.add(new Option.Hold());
        }
        List<Suggestion> suggestions = safetyOrders.gate(gate);
        suggestions.stream()
                .map(Suggestion::option)
                .filter(option -> option.kind() == Kind.REMOVE_DRAFT)
                .forEach(options::add);
        if (holds) {
            options.add(new Option.KeepAndRecheck());
        }
        boolean proposesHold = gate.kind() == AdviceKind.HOLD;
        return new CardAdvice(
                RuleTable.does(gate.rule(), Effect.SAFETY_CARD) ? Family.SAFETY : Family.TITRATION,
                gate.finding().indicator(),
                gate.kind(),
                List.of(gate.finding()),
                picture.therapies().runningDose(),
                proposesHold ? Optional.of(WeeklyDose.NONE) : Optional.empty(),
                holds ? Optional.of(picture.draws().afterSteadyState()) : Optional.empty(),
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

    /** The card of the deciding rule. */
    public CardAdvice titration(Verdict verdict) {
        return new CardAdvice(
                Family.TITRATION,
                verdict.indicator(),
                verdict.kind(),
                verdict.findings(),
                picture.therapies().runningDose(),
                verdict.proposal().weekly(),
                verdict.recheck(),
                verdict.options(),
                orders.titration(verdict, DraftAgainstEvidence.removesDraft(verdict, picture)),
                List.of(),
                List.of(),
                inputs(),
                verdict.notes(),
                verdict.unknowns(),
                verdict.withheld(),
                draft(verdict),
                orders.draftAgrees(verdict));
    }

    /** The card of a rule on the drafts where no titration card stands. */
    public CardAdvice drafts(Verdict verdict) {
        return new CardAdvice(
                Family.SAFETY,
                verdict.indicator(),
                AdviceKind.SAFETY,
                verdict.findings(),
                picture.therapies().runningDose(),
                Optional.empty(),
                verdict.recheck(),
                verdict.options(),
                orders.titration(verdict, DraftAgainstEvidence.removesDraft(verdict, picture)),
                List.of(),
                List.of(),
                inputs(),
                verdict.notes(),
                List.of(),
                List.of(),
                draft(verdict),
                false);
    }

    /** The card of a safety rule behind a gate, where nothing decides. */
    public CardAdvice safety(SafetyFinding found) {
        Verdict none = Verdict.of(found.finding(), AdviceKind.SAFETY);
        return safety(found, none, picture.draws().afterSteadyState());
    }

    /** The card of one safety rule beside a verdict; {@code afterHold} is measured after the hold that it offers. */
    public CardAdvice safety(SafetyFinding found, Verdict verdict, Recheck afterHold) {
        List<Suggestion> suggestions = safetyOrders.safety(found, verdict, afterHold);
        boolean holds = found.remedies().contains(SafetyFinding.Remedy.REMOVE_OR_HOLD_INHIBITOR)
                && picture.therapies().inhibitorActive();
        List<Option> options = new ArrayList<>();
        suggestions.stream().map(Suggestion::option).distinct().forEach(options::add);
        if (holds && options.stream().noneMatch(option -> option.kind() == Kind.HOLD)) {
            options.add(new Option.Hold());
        }
        if (options.stream().noneMatch(option -> option.kind() == Kind.KEEP_AND_RECHECK)) {
            options.add(new Option.KeepAndRecheck());
        }
        List<Input> inputs =
                found.shown().stream().map(result -> new Input(result, true)).toList();
        return new CardAdvice(
                Family.SAFETY,
                found.finding().indicator(),
                AdviceKind.SAFETY,
                List.of(found.finding()),
                picture.therapies().runningDose(),
                Optional.empty(),
                holds ? Optional.of(afterHold) : found.tests(),
                options,
                suggestions,
                List.of(),
                List.of(),
                inputs,
                found.notes(),
                List.of(),
                List.of(),
                draft(found),
                false);
    }

    /** The one monitoring card, where anything of the calendar is due. */
    public Optional<CardAdvice> monitoring(List<Due> calendar) {
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
                tests.monitoring(due),
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

    private Optional<String> draft(Gate gate) {
        boolean ofTestosterone = gate.removesTestosteroneDraft() || RuleTable.does(gate.rule(), Effect.OF_ANY_DRAFT);
        return first(RuleTable.does(gate.rule(), Effect.OF_TESTOSTERONE) ? List.of() : inhibitorDrafts())
                .or(() -> first(ofTestosterone ? testosteroneDrafts() : List.of()));
    }

    private Optional<String> draft(Verdict verdict) {
        boolean ofTestosterone = verdict.fired(RuleId.R_39) || verdict.kind() == AdviceKind.REVIEW_TESTOSTERONE;
        return first(inhibitorDrafts()).or(() -> first(ofTestosterone ? testosteroneDrafts() : List.of()));
    }

    private Optional<String> draft(SafetyFinding found) {
        return first(Interactions.interactingDrafts(picture, found.rule()))
                .or(() -> first(
                        RuleTable.does(found.rule(), Effect.OF_TESTOSTERONE)
                                ? testosteroneDrafts()
                                : inhibitorDrafts()));
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
}
