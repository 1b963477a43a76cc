package health.setpoint.titration.orders;

import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.Option.Kind;
import health.setpoint.titration.advice.OrderAction;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Suggestion;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.picture.Therapies;
import health.setpoint.titration.rules.Proposal;
import health.setpoint.titration.rules.SafetyFinding;
import health.setpoint.titration.rules.Verdict;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Regimen;
import health.setpoint.titration.therapy.WeeklyDose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Turns advice into actions on what the EHR is about to sign. Accepting one suggestion never leaves two aromatase
 * inhibitor orders that the request shows as orders, and testosterone is never created, raised or redosed.
 */
public final class Reconciliation {

    private static final Comparator<Course> LOWEST_FIRST =
            Comparator.comparing((Course course) -> course.dosage().highest()).thenComparing(Course::reference);

    private final Therapies therapies;
    private final OpenTests tests;
    private final boolean duplicate;

    /** {@code safety} is what fired in phases B and C. */
    public Reconciliation(Picture picture, List<SafetyFinding> safety) {
        this.therapies = picture.therapies();
        this.tests = new OpenTests(picture);
        this.duplicate = safety.stream().anyMatch(found -> found.rule() == RuleId.R_10);
    }

    /** Two or more inhibitor orders would stand once the drafts are signed. */
    boolean isDuplicate() {
        return duplicate;
    }

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
    Optional<Course> staysInPlaceOfTheOrder(Verdict verdict) {
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
        return therapies.afterSigning().inhibitors().stream()
                .filter(course -> !drafts.contains(course))
                .toList();
    }

    /** The draft stays as it is, what runs beside it stops. */
    List<OrderAction> stoppingBeside(Course draft) {
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
        Optional<OrderAction> labs = tests.request(verdict.recheck(), OpenTests.asksForMassSpectrometry(verdict));
        boolean acts = therapies.inhibitorStops().isEmpty();
        if (acts && removesDraft) {
            DraftOrders.removal(therapies.judgedInhibitorDrafts(), labs)
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
            return DraftOrders.lowered(drafts.get(0), regimen);
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
                .filter(draft -> therapies.afterSigning().replacedBy(draft).isPresent())
                .findFirst();
        drafts.stream()
                .filter(draft -> replacing.filter(draft::equals).isEmpty())
                .forEach(draft -> actions.add(new OrderAction.DeleteDraft(draft.reference())));
        Course kept = replacing
                .flatMap(therapies.afterSigning()::replacedBy)
                .filter(orders::contains)
                .orElse(orders.get(orders.size() - 1));
        if (replacing.isEmpty() && isRedraftedAsContext(kept)) {
            return List.of();
        }
        orders.stream()
                .filter(order -> !order.equals(kept))
                .forEach(order -> actions.add(new OrderAction.StopOrder(order.reference())));
        if (replacing.isPresent()) {
            actions.addAll(DraftOrders.lowered(replacing.get(), regimen));
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
        actions.addAll(DraftOrders.lowered(lowestFirst.get(0), regimen));
        return actions;
    }

    /** A draft that this call does not ask about takes the order's place: neither of them is touched. */
    private boolean isRedraftedAsContext(Course order) {
        return therapies.of(Drug.ANASTROZOLE).stream()
                .anyMatch(draft -> draft.isDraft()
                        && !draft.selected()
                        && therapies.afterSigning().replaces(draft, order));
    }

    /** Drafts out, active orders on hold; anastrozole known from a statement only leaves nothing to hold. */
    private List<OrderAction> holding() {
        List<Course> orders = therapies.activeAnastrozoleOrders();
        return DraftOrders.holding(therapies.judgedAnastrozoleDrafts(), orders);
    }
}
