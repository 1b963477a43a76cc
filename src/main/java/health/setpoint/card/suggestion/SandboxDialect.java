package health.setpoint.card.suggestion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.OrderAction;
import health.setpoint.titration.advice.Suggestion;
import health.setpoint.titration.therapy.Regimen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The public CDS Hooks Sandbox: it holds one draft, takes over name and code of a suggested medication and nothing else of
 * it, empties the draft on a delete, and does nothing with other resources. So the name carries the dose, and what would
 * do nothing, or change the draft where an order was meant, stands on the card in words.
 */
final class SandboxDialect extends Dialect {

    static final String NAME = "sandbox";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CardSuggestions> offers(List<CardAdvice> cards, SuggestionWriter suggestions) {
        return cards.stream().map(card -> offer(card, suggestions)).toList();
    }

    private static CardSuggestions offer(CardAdvice card, SuggestionWriter suggestions) {
        CardSuggestions kept = suggestions.limited(card, action -> action.match(new DraftEffect()), suggestion -> true);
        Optional<Regimen> dose = card.suggestions().stream()
                .map(Suggestion::actions)
                .flatMap(List::stream)
                .flatMap(action -> dose(action).stream())
                .findFirst();
        if (dose.isEmpty() || kept.choices().isEmpty()) {
            return kept;
        }
        List<CardSuggestion> choices = kept.choices().stream()
                .map(choice -> named(choice, suggestions.say("sandbox_name", suggestions.words(dose.get()))))
                .toList();
        List<String> byHand = new ArrayList<>(kept.byHand());
        byHand.add(suggestions.say("sandbox_dose", suggestions.words(dose.get())));
        return new CardSuggestions(choices, byHand);
    }

    private static CardSuggestion named(CardSuggestion choice, String name) {
        List<ObjectNode> actions = new ArrayList<>();
        for (ObjectNode action : choice.actions()) {
            ObjectNode copy = action.deepCopy();
            if (copy.path("resource").path("medicationCodeableConcept") instanceof ObjectNode concept) {
                concept.put("text", name);
            }
            actions.add(copy);
        }
        return new CardSuggestion(choice.label(), choice.recommended(), actions);
    }

    private static Optional<Regimen> dose(OrderAction action) {
        return action.match(new DraftedDose());
    }

    /** The dose of what is drafted by what has an effect. */
    private static final class DraftedDose implements OrderAction.Cases<Optional<Regimen>> {

        @Override
        public Optional<Regimen> deleteDraft(OrderAction.DeleteDraft delete) {
            return Optional.empty();
        }

        @Override
        public Optional<Regimen> reviseDraft(OrderAction.ReviseDraft revise) {
            return Optional.of(revise.regimen());
        }

        @Override
        public Optional<Regimen> reviseOrder(OrderAction.ReviseOrder revise) {
            return Optional.empty();
        }

        @Override
        public Optional<Regimen> holdOrder(OrderAction.HoldOrder hold) {
            return Optional.empty();
        }

        @Override
        public Optional<Regimen> stopOrder(OrderAction.StopOrder stop) {
            return Optional.empty();
        }

        @Override
        public Optional<Regimen> createOrder(OrderAction.CreateOrder create) {
            return Optional.of(create.regimen());
        }

        @Override
        public Optional<Regimen> orderLabs(OrderAction.OrderLabs labs) {
            return Optional.empty();
        }
    }
}
