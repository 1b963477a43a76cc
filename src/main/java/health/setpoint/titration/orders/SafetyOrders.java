package health.setpoint.titration.orders;

import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.OrderAction;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Suggestion;
import health.setpoint.titration.picture.DoseHistory;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.picture.Therapies;
import health.setpoint.titration.rules.Gate;
import health.setpoint.titration.rules.Interactions;
import health.setpoint.titration.rules.SafetyFinding;
import health.setpoint.titration.rules.Verdict;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Regimen;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a safety card or a gate offers about the orders. */
public final class SafetyOrders {

    private static final Comparator<Course> LOWEST_FIRST =
            Comparator.comparing((Course course) -> course.dosage().highest()).thenComparing(Course::reference);

    private final Picture picture;
    private final Therapies therapies;
    private final OpenTests tests;
    private final Reconciliation reconciliation;

    public SafetyOrders(Picture picture, Reconciliation reconciliation) {
        this.picture = picture;
        this.therapies = picture.therapies();
        this.tests = new OpenTests(picture);
        this.reconciliation = reconciliation;
    }

    /** Suggestions of a safety card. */
    public List<Suggestion> safety(SafetyFinding found, Verdict verdict, Recheck afterHold) {
        List<Suggestion> suggestions = new ArrayList<>();
        if (therapies.inhibitorStops().isEmpty()
                || found.remedies().contains(SafetyFinding.Remedy.REMOVE_TESTOSTERONE_DRAFT)) {
            found.remedies().forEach(remedy -> remedying(remedy, found.rule(), verdict, afterHold)
                    .forEach(suggestion ->
                            suggestions.add(suggestions.isEmpty() ? suggestion : notRecommended(suggestion))));
        }
        tests.request(found.tests(), false)
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
        return DraftOrders.removal(drafts, Optional.empty()).stream().toList();
    }

    /** Take drafted inhibitors out; hold those that run. */
    private List<Suggestion> removingOrHolding(Recheck afterHold) {
        List<Suggestion> suggestions = new ArrayList<>();
        List<Course> drafts = therapies.judgedInhibitorDrafts();
        DraftOrders.removal(drafts, Optional.empty()).ifPresent(suggestions::add);
        suggestions.addAll(holdingInhibitors(suggestions.isEmpty(), afterHold));
        return suggestions;
    }

    /** Hold every active inhibitor order, with the labs that a hold asks for. */
    private List<Suggestion> holdingInhibitors(boolean recommended, Recheck afterHold) {
        List<Course> orders = activeInhibitorOrders();
        if (orders.isEmpty()) {
            return List.of();
        }
        List<OrderAction> actions = new ArrayList<>(DraftOrders.holding(therapies.judgedInhibitorDrafts(), orders));
        tests.request(Optional.of(afterHold), false).ifPresent(actions::add);
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
        Optional<Course> staying = reconciliation.staysInPlaceOfTheOrder(verdict);
        if (staying.isPresent()) {
            return List.of(
                    new Suggestion(new Option.KeepOneInhibitor(), true, reconciliation.stoppingBeside(staying.get())));
        }
        List<Course> drafts =
                therapies.judgedInhibitorDrafts().stream().sorted(LOWEST_FIRST).toList();
        boolean othersStand =
                therapies.afterSigning().inhibitors().stream().anyMatch(course -> !drafts.contains(course));
        List<Course> kept = othersStand ? List.of() : drafts.stream().limit(1).toList();
        List<Course> context = therapies.afterSigning().inhibitors().stream()
                .filter(course -> course.isDraft() && !course.selected())
                .toList();
        List<Course> orders = standingOrders().stream()
                .filter(order -> Stream.concat(kept.stream(), context.stream())
                        .noneMatch(draft -> therapies.afterSigning().replaces(draft, order)))
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
        if (drafts.isEmpty() || reconciliation.isDuplicate()) {
            return List.of();
        }
        Optional<Regimen> lower = verdict.proposal().orderable();
        if (lower.isEmpty()) {
            return removing(drafts);
        }
        List<OrderAction> actions = new ArrayList<>(DraftOrders.lowered(drafts.get(0), lower.get()));
        if (actions.isEmpty()) {
            return List.of();
        }
        tests.request(verdict.recheck(), OpenTests.asksForMassSpectrometry(verdict))
                .ifPresent(actions::add);
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
        DraftOrders.removal(drafts, Optional.empty()).ifPresent(suggestions::add);
        if (gate.holds() && therapies.inhibitorStops().isEmpty()) {
            suggestions.addAll(
                    holdingInhibitors(suggestions.isEmpty(), picture.draws().afterSteadyState()));
        }
        return suggestions;
    }
}
