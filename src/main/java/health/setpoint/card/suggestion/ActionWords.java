package health.setpoint.card.suggestion;

import health.setpoint.card.text.Wording;
import health.setpoint.titration.advice.OrderAction;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.WeeklyDose;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What order actions do, in words: on a button, and as a sentence that can be read on its own. */
final class ActionWords {

    private final Wording wording;
    private final OrderResources orders;

    ActionWords(Wording wording, OrderResources orders) {
        this.wording = wording;
        this.orders = orders;
    }

    /** What the button for one action says. */
    String label(OrderAction action) {
        return action.match(new Labels());
    }

    /** What is left to do, in few words: the options of the card name tests and days. */
    String byHand(OrderAction action) {
        if (action instanceof OrderAction.OrderLabs) {
            return say("byhand_labs", Map.of());
        }
        return action instanceof OrderAction.DeleteDraft delete
                ? say("byhand_delete", Map.of("draft", hasSeveralDrafts() ? shortDraft(delete.draft()) : ""))
                : label(action);
    }

    /** The same of some tests of a card, which its options do not tell from the others. */
    String byHand(List<LabTest> some) {
        return say("byhand_some_labs", Map.of("labs", wording.shortLabs(some, false)));
    }

    private boolean hasSeveralDrafts() {
        return orders.context().courses().stream().filter(Course::isDraft).count() > 1;
    }

    /** What an action does. */
    String sentence(OrderAction action) {
        return action.match(new Sentences());
    }

    /**
     * The medication of a draft, with its weekly dose where an inhibitor's is known, so that one of two drafts can be told
     * from the other. An order that came without id is known by its place only.
     */
    String draft(String reference) {
        String medication = medication(reference);
        return weekly(reference)
                .map(dose -> say("draft_with_dose", Map.of("medication", medication, "weekly", dose.mg())))
                .orElse(medication);
    }

    /** The same by drug and dose, where both are known. */
    String shortDraft(String reference) {
        return weekly(reference)
                .map(dose -> say(
                        "draft_short",
                        Map.of(
                                "drug",
                                wording.texts()
                                        .vocabulary()
                                        .name(read(reference).orElseThrow().drug()),
                                "weekly",
                                dose.mg())))
                .orElseGet(() -> medication(reference));
    }

    private String medication(String reference) {
        return orders.find(reference)
                .flatMap(wording::medication)
                .or(() -> read(reference).map(Course::name).filter(name -> !name.isBlank()))
                .orElseGet(() -> wording.words("no_name_draft"));
    }

    private Optional<Course> read(String reference) {
        return orders.context().courses().stream()
                .filter(course -> course.isDraft() && course.reference().equals(reference))
                .findFirst();
    }

    private Optional<WeeklyDose> weekly(String reference) {
        return read(reference)
                .filter(course -> course.drug().isAromataseInhibitor())
                .flatMap(course -> course.dosage() instanceof Dosage.Weekly weekly
                        ? Optional.of(weekly.dose())
                        : Optional.empty());
    }

    private String order(String reference) {
        return orders.find(reference).flatMap(wording::medication).orElseGet(() -> wording.words("no_name_order"));
    }

    private String say(String name, Map<String, Object> values) {
        return wording.texts().plain(name, values);
    }

    private String labs(OrderAction.OrderLabs labs) {
        return say(
                "label_order_labs",
                Map.of(
                        "labs", wording.labs(labs.recheck()),
                        "when", wording.when(labs.recheck().window())));
    }

    /** On a button. */
    private final class Labels implements OrderAction.Cases<String> {

        @Override
        public String deleteDraft(OrderAction.DeleteDraft delete) {
            return say("label_delete_draft", Map.of("medication", draft(delete.draft())));
        }

        @Override
        public String reviseDraft(OrderAction.ReviseDraft revise) {
            return say("label_revise_draft", Map.of("regimen", wording.regimen(revise.regimen())));
        }

        @Override
        public String reviseOrder(OrderAction.ReviseOrder revise) {
            return say("label_revise_order", Map.of("regimen", wording.regimen(revise.regimen())));
        }

        @Override
        public String holdOrder(OrderAction.HoldOrder hold) {
            return say("label_hold_order", Map.of("medication", order(hold.order())));
        }

        @Override
        public String stopOrder(OrderAction.StopOrder stop) {
            return say("label_stop_order", Map.of("medication", order(stop.order())));
        }

        @Override
        public String createOrder(OrderAction.CreateOrder create) {
            return say("label_create_order", Map.of("regimen", wording.regimen(create.regimen())));
        }

        @Override
        public String orderLabs(OrderAction.OrderLabs labs) {
            return ActionWords.this.labs(labs);
        }
    }

    /** As a description of its own. */
    private final class Sentences implements OrderAction.Cases<String> {

        @Override
        public String deleteDraft(OrderAction.DeleteDraft delete) {
            return say("action_delete_draft", Map.of("medication", draft(delete.draft())));
        }

        @Override
        public String reviseDraft(OrderAction.ReviseDraft revise) {
            return say("action_revise_draft", Map.of("full", wording.full(revise.regimen())));
        }

        @Override
        public String reviseOrder(OrderAction.ReviseOrder revise) {
            return say(
                    "action_revise_order",
                    Map.of("medication", order(revise.order()), "full", wording.full(revise.regimen())));
        }

        @Override
        public String holdOrder(OrderAction.HoldOrder hold) {
            return say("action_hold_order", Map.of("medication", order(hold.order())));
        }

        @Override
        public String stopOrder(OrderAction.StopOrder stop) {
            return say("action_stop_order", Map.of("medication", order(stop.order())));
        }

        @Override
        public String createOrder(OrderAction.CreateOrder create) {
            String full = wording.full(create.regimen());
            return create.replacesStatement()
                    .map(statement -> say("action_create_order_for", Map.of("full", full, "statement", statement)))
                    .orElseGet(() -> say("action_create_order", Map.of("full", full)));
        }

        @Override
        public String orderLabs(OrderAction.OrderLabs labs) {
            return ActionWords.this.labs(labs);
        }
    }
}
