package health.setpoint.titration.advice;

import health.setpoint.titration.therapy.Regimen;
import java.util.Optional;

/** What accepting a suggestion does to the orders. Resources are named by their reference in the request. */
public sealed interface OrderAction {

    /** Take a draft out of what is about to be signed. */
    record DeleteDraft(String draft) implements OrderAction {}

    /** Give a draft another dose; the rest of the resource stays as it came. */
    record ReviseDraft(String draft, Regimen regimen) implements OrderAction {}

    /** Give an active or held order another dose, and make it active. */
    record ReviseOrder(String order, Regimen regimen) implements OrderAction {}

    /** Put an active order on hold. */
    record HoldOrder(String order) implements OrderAction {}

    /** Discontinue an active order that stands twice. */
    record StopOrder(String order) implements OrderAction {}

    /**
     * Draft a new anastrozole order.
     *
     * @param regimen the dose
     * @param replacesStatement the statement from which the running dose is known, where it takes its place
     */
    record CreateOrder(Regimen regimen, Optional<String> replacesStatement) implements OrderAction {}

    /** Draft requests for tests. */
    record OrderLabs(Recheck recheck) implements OrderAction {}
}
