package health.setpoint.card.suggestion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.OrderAction;
import health.setpoint.titration.advice.Suggestion;
import health.setpoint.titration.facts.Hook;
import java.util.List;
import java.util.function.Predicate;

/**
 * The Inferno test kit for Da Vinci CRD: order-sign carries {@code systemActions} even where there are none, an update acts
 * on a drafted order only, and no suggestion of a card that offers such an update deletes.
 */
final class InfernoDialect extends Dialect {

    static final String NAME = "inferno";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CardSuggestions> offers(List<CardAdvice> cards, SuggestionWriter suggestions) {
        return cards.stream().map(card -> offer(card, suggestions)).toList();
    }

    /** An update and a delete do not stand on one card: what the advised suggestion does goes before. */
    private static CardSuggestions offer(CardAdvice card, SuggestionWriter suggestions) {
        boolean advisedDeletes = card.suggestions().stream()
                .findFirst()
                .filter(advised -> does(advised, OrderAction.DeleteDraft.class::isInstance))
                .isPresent();
        boolean revises = card.suggestions().stream()
                .anyMatch(suggestion -> does(suggestion, OrderAction.ReviseDraft.class::isInstance));
        return suggestions.limited(card, action -> action.match(new OnDrafts()), suggestion -> {
            boolean deletes = does(suggestion, OrderAction.DeleteDraft.class::isInstance);
            boolean updates = does(suggestion, OrderAction.ReviseDraft.class::isInstance);
            return advisedDeletes ? !updates : !(deletes && revises);
        });
    }

    private static boolean does(Suggestion suggestion, Predicate<OrderAction> what) {
        return suggestion.actions().stream().anyMatch(what);
    }

    /** The kit knows no order but the drafted ones, and takes what is new. */
    private static final class OnDrafts extends DraftEffect {

        @Override
        public Boolean orderLabs(OrderAction.OrderLabs labs) {
            return true;
        }
    }

    @Override
    public ObjectNode answer(List<ObjectNode> cards, Hook hook) {
        ObjectNode answer = super.answer(cards, hook);
        if (hook == Hook.ORDER_SIGN) {
            answer.putArray("systemActions");
        }
        return answer;
    }
}
