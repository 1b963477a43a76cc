package health.setpoint.titration.advice;

import health.setpoint.titration.therapy.Regimen;
import java.util.Optional;

/** What accepting a suggestion does to the orders. Resources are named by their reference in the request. */
public sealed interface OrderAction {

    /** The order that it changes or takes away; empty where it adds something. */
    Optional<String> target();

    /** The tests that it requests; empty where it is about a drug. */
    default Optional<Recheck> tests() {
        return Optional.empty();
    }

    /** The answer for this kind of action. */
    <T> T match(Cases<T> cases);

    /** An answer for each kind of action: a kind that is added asks for one wherever actions are told apart. */
    interface Cases<T> {

        T deleteDraft(DeleteDraft delete);

        T reviseDraft(ReviseDraft revise);

        T reviseOrder(ReviseOrder revise);

        T holdOrder(HoldOrder hold);

        T stopOrder(StopOrder stop);

        T createOrder(CreateOrder create);

        T orderLabs(OrderLabs labs);
    }

    /** Take a draft out of what is about to be signed. */
    record DeleteDraft(String draft) implements OrderAction {
        @Override
        public Optional<String> target() {
            return Optional.of(draft);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.deleteDraft(this);
        }
    }

    /** Give a draft another dose; the rest of the resource stays as it came. */
    record ReviseDraft(String draft, Regimen regimen) implements OrderAction {
        @Override
        public Optional<String> target() {
            return Optional.of(draft);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.reviseDraft(this);
        }
    }

    /** Give an active or held order another dose, and make it active. */
    record ReviseOrder(String order, Regimen regimen) implements OrderAction {
        @Override
        public Optional<String> target() {
            return Optional.of(order);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.reviseOrder(this);
        }
    }

    /** Put an active order on hold. */
    record HoldOrder(String order) implements OrderAction {
        @Override
        public Optional<String> target() {
            return Optional.of(order);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.holdOrder(this);
        }
    }

    /** Discontinue an active order that stands twice. */
    record StopOrder(String order) implements OrderAction {
        @Override
        public Optional<String> target() {
            return Optional.of(order);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.stopOrder(this);
        }
    }

    /**
     * Draft a new anastrozole order.
     *
     * @param regimen the dose
     * @param replacesStatement the statement from which the running dose is known, where it takes its place
     */
    record CreateOrder(Regimen regimen, Optional<String> replacesStatement) implements OrderAction {
        @Override
        public Optional<String> target() {
            return Optional.empty();
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.createOrder(this);
        }
    }

    /** Draft requests for tests. */
    record OrderLabs(Recheck recheck) implements OrderAction {
        @Override
        public Optional<String> target() {
            return Optional.empty();
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.orderLabs(this);
        }

        @Override
        public Optional<Recheck> tests() {
            return Optional.of(recheck);
        }
    }
}
