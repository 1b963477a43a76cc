package health.setpoint.titration.orders;

import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.OrderAction;
import health.setpoint.titration.advice.Suggestion;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Regimen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be done to drafts and standing orders without a dose of the rules: taking out, lowering, holding. */
final class DraftOrders {

    private DraftOrders() {}

    /** Takes drafts out, and requests tests with it. */
    static Optional<Suggestion> removal(List<Course> drafts, Optional<OrderAction> labs) {
        List<OrderAction> actions = new ArrayList<>();
        drafts.forEach(draft -> actions.add(new OrderAction.DeleteDraft(draft.reference())));
        labs.ifPresent(actions::add);
        Option option =
                new Option.RemoveDraft(drafts.stream().map(Course::reference).toList());
        return drafts.isEmpty() ? Optional.empty() : Optional.of(new Suggestion(option, true, actions));
    }

    /** A drafted dose is brought down, never up. */
    static List<OrderAction> lowered(Course draft, Regimen regimen) {
        return draft.dosage().highest().isAbove(regimen.weekly())
                ? List.of(new OrderAction.ReviseDraft(draft.reference(), regimen))
                : List.of();
    }

    /** Drafts out, orders on hold. */
    static List<OrderAction> holding(List<Course> drafts, List<Course> orders) {
        List<OrderAction> actions = new ArrayList<>();
        drafts.stream()
                .filter(draft ->
                        orders.stream().noneMatch(order -> order.reference().equals(draft.reference())))
                .forEach(draft -> actions.add(new OrderAction.DeleteDraft(draft.reference())));
        orders.forEach(order -> actions.add(new OrderAction.HoldOrder(order.reference())));
        return actions;
    }
}
