package health.setpoint.titration.orders;

import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.Due;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.Option.Kind;
import health.setpoint.titration.advice.OrderAction;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Suggestion;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.labs.LabRequest;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.picture.DoseHistory;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.picture.Therapies;
import health.setpoint.titration.rules.Gate;
import health.setpoint.titration.rules.Interactions;
import health.setpoint.titration.rules.Proposal;
import health.setpoint.titration.rules.SafetyFinding;
import health.setpoint.titration.rules.Verdict;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Regimen;
import health.setpoint.titration.therapy.WeeklyDose;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Turns advice into actions on what the EHR is about to sign. Accepting one suggestion never leaves two aromatase
 * inhibitor orders that the request shows as orders, and testosterone is never created, raised or redosed.
 */
public final class Reconciliation {

    private static final Comparator<Course> LOWEST_FIRST =
            Comparator.comparing((Course course) -> course.dosage().highest()).thenComparing(Course::reference);

    private final Picture picture;
    private final Therapies therapies;
    private final boolean duplicate;

    public Reconciliation(Picture picture, List<SafetyFinding> safety) {
        this.picture = picture;
        this.therapies = picture.therapies();
        this.duplicate = safety.stream().anyMatch(found -> found.rule() == RuleId.R_10);
    }

    // --- the titration card

    /** The drafted dose is what the advice comes to, so that no dose is suggested. */
    public boolean draftAgrees(Verdict verdict) {
        List<Course> drafts = therapies.judgedAnastrozoleDrafts();
        if (drafts.isEmpty()) {
            return false;
        }
        return duplicate
                ? staysInPlaceOfTheOrder(verdict).isPresent()
                : drafts.stream().allMatch(draft -> agrees(draft, verdict));
    }

    /**
     * The draft beside a running order that is to stay while the order stops: what the rule lowers to, or less. Where the
     * rule keeps the dose, a draft below it.
     */
    private Optional<Course> staysInPlaceOfTheOrder(Verdict verdict) {
        Proposal proposal = verdict.proposal();
        return switch (proposal.effect()) {
            case KEEP ->
                onlyDraftBesideOrders().filter(draft -> draft.dosage()
                        .highest()
                        .isBelow(proposal.weekly().orElseThrow()));
            case REDUCE -> proposal.orderable().flatMap(this::draftAtOrBelow);
            case NONE, START, INCREASE, HOLD -> Optional.empty();
        };
    }

    private Optional<Course> draftAtOrBelow(Regimen regimen) {
        return onlyDraftBesideOrders().filter(draft -> !draft.dosage().highest().isAbove(regimen.weekly()));
    }

    /** The one drafted inhibitor, anastrozole of a known dose, where nothing but running anastrozole orders stands beside it. */
    private Optional<Course> onlyDraftBesideOrders() {
        List<Course> drafts = therapies.judgedAnastrozoleDrafts();
        List<Course> beside = ordersBeside(drafts);
        boolean onlyOrders = beside.stream()
                .allMatch(course -> course.drug() == Drug.ANASTROZOLE && course.isOrder() && course.isActive());
        return drafts.size() == 1 && !beside.isEmpty() && onlyOrders
                ? drafts.stream().filter(draft -> draft.dosage().isRate()).findFirst()
                : Optional.empty();
    }

    private List<Course> ordersBeside(List<Course> drafts) {
        return therapies.inhibitorsAfterSigning().stream()
                .filter(course -> !drafts.contains(course))
                .toList();
    }

    /** The draft stays as it is, what runs beside it stops. */
    private List<OrderAction> stoppingBeside(Course draft) {
        return ordersBeside(List.of(draft)).stream()
                .<OrderAction>map(order -> new OrderAction.StopOrder(order.reference()))
                .toList();
    }

    private static boolean agrees(Course draft, Verdict verdict) {
        return draft.dosage()
                .rate()
                .filter(rate -> agrees(rate.dose(), verdict))
                .isPresent();
    }

    private static boolean agrees(WeeklyDose drafted, Verdict verdict) {
        Proposal proposal = verdict.proposal();
        return switch (proposal.effect()) {
            case KEEP -> !drafted.isAbove(proposal.weekly().orElseThrow());
            case START, INCREASE, REDUCE ->
                !drafted.isAbove(proposal.weekly().orElseThrow())
                        || verdict.options().stream()
                                .flatMap(option -> option.ordered().stream())
                                .anyMatch(regimen -> regimen.weekly().equals(drafted));
            case NONE, HOLD -> false;
        };
    }

    /** Suggestions of the titration card, the advised one first, labs alone last. */
    public List<Suggestion> titration(Verdict verdict, boolean removesDraft) {
        List<Suggestion> suggestions = new ArrayList<>();
        Optional<OrderAction> labs = labs(verdict.recheck(), asksForMassSpectrometry(verdict));
        boolean acts = therapies.inhibitorStops().isEmpty();
        if (acts && removesDraft) {
            removal(therapies.judgedInhibitorDrafts(), labs)
                    .map(removal -> new Suggestion(new Option.RemoveDraft(), true, removal.actions()))
                    .ifPresent(suggestions::add);
        }
        if (acts && (duplicate || !draftAgrees(verdict))) {
            verdict.options().stream()
                    .flatMap(option -> dosing(option, verdict, labs).stream())
                    .forEach(suggestions::add);
        }
        labs.ifPresent(action -> suggestions.add(labsAlone(verdict, action, suggestions.isEmpty())));
        return suggestions;
    }

    /** Recommended only where ordering tests is the advice, and nothing is advised before it. */
    private static Suggestion labsAlone(Verdict verdict, OrderAction labs, boolean alone) {
        boolean recommended = alone
                && verdict.kind() == AdviceKind.ORDER_LABS
                && verdict.options().stream().noneMatch(option -> option.kind() == Kind.HOLD_UNTIL_REPEAT);
        Option option = verdict.options().stream()
                .filter(one -> one.kind().changesNothing())
                .findFirst()
                .orElseGet(Option.OrderTests::new);
        return new Suggestion(option, recommended, List.of(labs));
    }

    private static Optional<Suggestion> removal(List<Course> drafts, Optional<OrderAction> labs) {
        List<OrderAction> actions = new ArrayList<>();
        drafts.forEach(draft -> actions.add(new OrderAction.DeleteDraft(draft.reference())));
        labs.ifPresent(actions::add);
        Option option =
                new Option.RemoveDraft(drafts.stream().map(Course::reference).toList());
        return drafts.isEmpty() ? Optional.empty() : Optional.of(new Suggestion(option, true, actions));
    }

    private Optional<Suggestion> dosing(Option option, Verdict verdict, Optional<OrderAction> labs) {
        List<OrderAction> actions = actions(option, verdict);
        if (actions.isEmpty()) {
            return Optional.empty();
        }
        List<OrderAction> withLabs = new ArrayList<>(actions);
        labs.ifPresent(withLabs::add);
        boolean first = verdict.options().get(0).equals(option);
        return Optional.of(new Suggestion(option, first, withLabs));
    }

    private List<OrderAction> actions(Option option, Verdict verdict) {
        return switch (option.kind()) {
            case START ->
                option.ordered()
                        .filter(regimen -> !duplicate && isProposed(regimen, verdict))
                        .map(this::starting)
                        .orElse(List.of());
            case INCREASE ->
                option.ordered()
                        .filter(regimen -> !duplicate)
                        .map(this::redosing)
                        .orElse(List.of());
            case REDUCE -> option.ordered().map(this::redosing).orElse(List.of());
            case HOLD, HOLD_UNTIL_REPEAT -> holding();
            case KEEP_AND_RECHECK,
                    WATCH_AND_RECHECK,
                    REMOVE_DRAFT,
                    REVIEW_TESTOSTERONE,
                    CHECK_ADHERENCE,
                    KEEP_ONE_INHIBITOR,
                    ORDER_TESTS,
                    SIGN_DRAFT -> List.of();
        };
    }

    private static boolean isProposed(Regimen regimen, Verdict verdict) {
        return verdict.proposal().orderable().filter(regimen::equals).isPresent();
    }

    private List<OrderAction> starting(Regimen regimen) {
        List<Course> drafts = therapies.judgedAnastrozoleDrafts();
        if (!drafts.isEmpty()) {
            return lowered(drafts.get(0), regimen);
        }
        if (therapies.isDrafted(Drug.ANASTROZOLE)) {
            return List.of();
        }
        return therapies.heldAnastrozoleOrders().stream()
                .findFirst()
                .<OrderAction>map(held -> new OrderAction.ReviseOrder(held.reference(), regimen))
                .or(() -> Optional.of(new OrderAction.CreateOrder(regimen, Optional.empty())))
                .map(List::of)
                .orElseThrow();
    }

    /** Another dose for what runs: on the draft that replaces it, else on the newest order; further orders stop. */
    private List<OrderAction> redosing(Regimen regimen) {
        List<Course> drafts = therapies.judgedAnastrozoleDrafts();
        List<Course> orders = therapies.activeAnastrozoleOrders();
        List<OrderAction> actions = new ArrayList<>();
        Optional<Course> staying = draftAtOrBelow(regimen);
        if (staying.isPresent()) {
            return stoppingBeside(staying.get());
        }
        if (orders.isEmpty()) {
            if (!drafts.isEmpty()) {
                return loweredToOne(drafts, regimen);
            }
            return therapies
                    .anastrozoleStatement()
                    .filter(statement -> !therapies.isDrafted(Drug.ANASTROZOLE) && !duplicate)
                    .<OrderAction>map(
                            statement -> new OrderAction.CreateOrder(regimen, Optional.of(statement.reference())))
                    .map(List::of)
                    .orElse(List.of());
        }
        Optional<Course> replacing = drafts.stream()
                .filter(draft -> therapies.replacedBy(draft).isPresent())
                .findFirst();
        drafts.stream()
                .filter(draft -> replacing.filter(draft::equals).isEmpty())
                .forEach(draft -> actions.add(new OrderAction.DeleteDraft(draft.reference())));
        Course kept = replacing
                .flatMap(therapies::replacedBy)
                .filter(orders::contains)
                .orElse(orders.get(orders.size() - 1));
        if (replacing.isEmpty() && isRedraftedAsContext(kept)) {
            return List.of();
        }
        orders.stream()
                .filter(order -> !order.equals(kept))
                .forEach(order -> actions.add(new OrderAction.StopOrder(order.reference())));
        if (replacing.isPresent()) {
            actions.addAll(lowered(replacing.get(), regimen));
            return actions;
        }
        actions.add(new OrderAction.ReviseOrder(kept.reference(), regimen));
        return actions;
    }

    /** Of several drafts the lowest stays. */
    private static List<OrderAction> loweredToOne(List<Course> drafts, Regimen regimen) {
        List<Course> lowestFirst = drafts.stream().sorted(LOWEST_FIRST).toList();
        List<OrderAction> actions = new ArrayList<>();
        lowestFirst.stream().skip(1).forEach(draft -> actions.add(new OrderAction.DeleteDraft(draft.reference())));
        actions.addAll(lowered(lowestFirst.get(0), regimen));
        return actions;
    }

    /** A draft that this call does not ask about takes the order's place: neither of them is touched. */
    private boolean isRedraftedAsContext(Course order) {
        return therapies.of(Drug.ANASTROZOLE).stream()
                .anyMatch(draft -> draft.isDraft() && !draft.selected() && therapies.replaces(draft, order));
    }

    /** A drafted dose is brought down, never up. */
    private static List<OrderAction> lowered(Course draft, Regimen regimen) {
        return draft.dosage().highest().isAbove(regimen.weekly())
                ? List.of(new OrderAction.ReviseDraft(draft.reference(), regimen))
                : List.of();
    }

    /** Drafts out, active orders on hold; anastrozole known from a statement only leaves nothing to hold. */
    private List<OrderAction> holding() {
        List<Course> orders = therapies.activeAnastrozoleOrders();
        return holding(therapies.judgedAnastrozoleDrafts(), orders);
    }

    private static List<OrderAction> holding(List<Course> drafts, List<Course> orders) {
        List<OrderAction> actions = new ArrayList<>();
        drafts.stream()
                .filter(draft ->
                        orders.stream().noneMatch(order -> order.reference().equals(draft.reference())))
                .forEach(draft -> actions.add(new OrderAction.DeleteDraft(draft.reference())));
        orders.forEach(order -> actions.add(new OrderAction.HoldOrder(order.reference())));
        return actions;
    }

    // --- safety cards and gates

    /** Suggestions of a safety card. */
    public List<Suggestion> safety(SafetyFinding found, Verdict verdict, Recheck afterHold) {
        List<Suggestion> suggestions = new ArrayList<>();
        if (therapies.inhibitorStops().isEmpty()
                || found.remedies().contains(SafetyFinding.Remedy.REMOVE_TESTOSTERONE_DRAFT)) {
            found.remedies().forEach(remedy -> remedying(remedy, found.rule(), verdict, afterHold)
                    .forEach(suggestion ->
                            suggestions.add(suggestions.isEmpty() ? suggestion : notRecommended(suggestion))));
        }
        labs(found.tests(), false)
                .ifPresent(labs ->
                        suggestions.add(new Suggestion(new Option.OrderTests(found.tests()), false, List.of(labs))));
        return suggestions;
    }

    private static Suggestion notRecommended(Suggestion suggestion) {
        return new Suggestion(suggestion.option(), false, suggestion.actions());
    }

    private List<Suggestion> remedying(SafetyFinding.Remedy remedy, RuleId rule, Verdict verdict, Recheck afterHold) {
        return switch (remedy) {
            case REMOVE_INTERACTING_DRAFT -> removing(Interactions.interactingDrafts(picture, rule));
            case REMOVE_OR_HOLD_INHIBITOR -> removingOrHolding(afterHold);
            case KEEP_ONE_INHIBITOR -> keepingOne(verdict);
            case LOWER_TO_CEILING -> lowering(verdict);
            case REMOVE_TESTOSTERONE_DRAFT -> removing(therapies.judgedTestosteroneDrafts());
        };
    }

    private List<Suggestion> removing(List<Course> drafts) {
        return removal(drafts, Optional.empty()).stream().toList();
    }

    /** Take drafted inhibitors out; hold those that run. */
    private List<Suggestion> removingOrHolding(Recheck afterHold) {
        List<Suggestion> suggestions = new ArrayList<>();
        List<Course> drafts = therapies.judgedInhibitorDrafts();
        removal(drafts, Optional.empty()).ifPresent(suggestions::add);
        suggestions.addAll(holdingInhibitors(suggestions.isEmpty(), afterHold));
        return suggestions;
    }

    /** Hold every active inhibitor order, with the labs that a hold asks for. */
    private List<Suggestion> holdingInhibitors(boolean recommended, Recheck afterHold) {
        List<Course> orders = activeInhibitorOrders();
        if (orders.isEmpty()) {
            return List.of();
        }
        List<OrderAction> actions = new ArrayList<>(holding(therapies.judgedInhibitorDrafts(), orders));
        labs(Optional.of(afterHold), false).ifPresent(actions::add);
        return List.of(new Suggestion(new Option.Hold(), recommended, actions));
    }

    private List<Course> activeInhibitorOrders() {
        return Stream.of(Drug.ANASTROZOLE, Drug.LETROZOLE, Drug.EXEMESTANE)
                .flatMap(drug -> therapies.of(drug).stream())
                .filter(course -> course.isOrder() && course.isActive())
                .toList();
    }

    /**
     * One inhibitor is left: a draft of what the rule lowers to stays and the order stops, other drafts go where an order
     * stands; of several orders the newest stays, of several drafts the lowest. An order that a deleted draft would have replaced stands again, and is counted. Drafts that are context are
     * not touched, so that nothing is offered where they alone would leave two.
     */
    private List<Suggestion> keepingOne(Verdict verdict) {
        Optional<Course> staying = staysInPlaceOfTheOrder(verdict);
        if (staying.isPresent()) {
            return List.of(new Suggestion(new Option.KeepOneInhibitor(), true, stoppingBeside(staying.get())));
        }
        List<Course> drafts =
                therapies.judgedInhibitorDrafts().stream().sorted(LOWEST_FIRST).toList();
        boolean othersStand = therapies.inhibitorsAfterSigning().stream().anyMatch(course -> !drafts.contains(course));
        List<Course> kept = othersStand ? List.of() : drafts.stream().limit(1).toList();
        List<Course> context = therapies.inhibitorsAfterSigning().stream()
                .filter(course -> course.isDraft() && !course.selected())
                .toList();
        List<Course> orders = standingOrders().stream()
                .filter(order -> Stream.concat(kept.stream(), context.stream())
                        .noneMatch(draft -> therapies.replaces(draft, order)))
                .toList();
        if (context.size() + Math.min(1, orders.size()) > 1) {
            return List.of();
        }
        List<OrderAction> actions = new ArrayList<>();
        drafts.stream()
                .filter(draft -> !kept.contains(draft))
                .forEach(draft -> actions.add(new OrderAction.DeleteDraft(draft.reference())));
        orders.stream()
                .limit(kept.isEmpty() ? Math.max(0, orders.size() - 1) : orders.size())
                .forEach(order -> actions.add(new OrderAction.StopOrder(order.reference())));
        return actions.isEmpty() ? List.of() : List.of(new Suggestion(new Option.KeepOneInhibitor(), true, actions));
    }

    /** Inhibitor orders that stand today, active or held, the newest last. */
    private List<Course> standingOrders() {
        return Stream.of(Drug.ANASTROZOLE, Drug.LETROZOLE, Drug.EXEMESTANE)
                .flatMap(drug -> therapies.of(drug).stream())
                .filter(course -> course.isOrder() && (course.isActive() || course.state() == Course.State.ON_HOLD))
                .sorted(Comparator.comparing((Course course) ->
                                DoseHistory.changeDate(course).orElse(LocalDate.MIN))
                        .thenComparing(course -> course.drug() == Drug.ANASTROZOLE)
                        .thenComparing(Course::reference))
                .toList();
    }

    private List<Suggestion> lowering(Verdict verdict) {
        List<Course> drafts = therapies.judgedAnastrozoleDrafts();
        if (drafts.isEmpty() || duplicate) {
            return List.of();
        }
        Optional<Regimen> lower = verdict.proposal().orderable();
        if (lower.isEmpty()) {
            return removing(drafts);
        }
        List<OrderAction> actions = new ArrayList<>(lowered(drafts.get(0), lower.get()));
        if (actions.isEmpty()) {
            return List.of();
        }
        labs(verdict.recheck(), asksForMassSpectrometry(verdict)).ifPresent(actions::add);
        Option option = verdict.options().stream()
                .filter(one -> one.ordered()
                        .filter(regimen -> regimen.weekly().equals(lower.get().weekly()))
                        .isPresent())
                .findFirst()
                .orElseThrow();
        return List.of(new Suggestion(option, true, actions));
    }

    /** Suggestions of a gate's card. */
    public List<Suggestion> gate(Gate gate) {
        List<Suggestion> suggestions = new ArrayList<>();
        List<Course> drafts = new ArrayList<>();
        if (gate.removesInhibitorDraft()) {
            drafts.addAll(therapies.judgedInhibitorDrafts());
        }
        if (gate.removesTestosteroneDraft()) {
            drafts.addAll(therapies.judgedTestosteroneDrafts());
        }
        removal(drafts, Optional.empty()).ifPresent(suggestions::add);
        if (gate.holds() && therapies.inhibitorStops().isEmpty()) {
            suggestions.addAll(holdingInhibitors(suggestions.isEmpty(), picture.afterSteadyState()));
        }
        return suggestions;
    }

    /** Suggestions of the monitoring card for what is due today or overdue. */
    public List<Suggestion> monitoring(List<Due> due) {
        List<LabTest> tests =
                due.stream().flatMap(line -> line.labs().stream()).distinct().toList();
        if (tests.isEmpty()) {
            return List.of();
        }
        Recheck now = new Recheck(Window.on(picture.today()), tests, true, true);
        return labs(Optional.of(now), false)
                .map(action -> List.of(new Suggestion(new Option.OrderTests(), true, List.of(action))))
                .orElse(List.of());
    }

    // --- labs

    private static boolean asksForMassSpectrometry(Verdict verdict) {
        return verdict.fired(RuleId.R_34) || verdict.fired(RuleId.R_35);
    }

    /** The tests of a recheck that nobody has requested yet. */
    private Optional<OrderAction> labs(Optional<Recheck> recheck, boolean massSpectrometryMatters) {
        return recheck.flatMap(asked -> {
            List<LabTest> open = asked.labs().stream()
                    .filter(test -> !isRequested(test, massSpectrometryMatters))
                    .toList();
            return open.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new OrderAction.OrderLabs(
                            new Recheck(asked.window(), open, asked.massSpectrometry(), asked.trough())));
        });
    }

    private boolean isRequested(LabTest test, boolean massSpectrometryMatters) {
        return picture.facts().labRequests().stream()
                .filter(request -> request.test() == test)
                .anyMatch(request -> !unsuitable(request, massSpectrometryMatters));
    }

    private static boolean unsuitable(LabRequest request, boolean massSpectrometryMatters) {
        return massSpectrometryMatters && request.test() == LabTest.ESTRADIOL && request.immunoassay();
    }
}
