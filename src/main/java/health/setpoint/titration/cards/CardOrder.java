package health.setpoint.titration.cards;

import static health.setpoint.titration.advice.Indicator.CRITICAL;

import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.facts.Hook;
import health.setpoint.titration.picture.Picture;
import java.util.Comparator;
import java.util.List;

/** Which cards of an evaluation are shown, and in which order. */
public final class CardOrder {

    private static final Comparator<CardAdvice> MOST_SERIOUS_FIRST =
            Comparator.comparing(CardAdvice::indicator).reversed().thenComparing(CardAdvice::family);

    private CardOrder() {}

    /** The most serious first, each test ordered once, and to be read only where no order is entered. */
    public static List<CardAdvice> shown(List<CardAdvice> cards, Picture picture) {
        boolean unrelated =
                picture.hook().isOrderEntry() && !picture.therapies().aDraftConcernsTheRules();
        List<CardAdvice> inOrder = cards.stream()
                .filter(card -> !unrelated || isShownBesideUnrelatedOrders(card, picture))
                .sorted(MOST_SERIOUS_FIRST)
                .toList();
        return OneOrderEach.of(inOrder).stream()
                .map(card -> picture.hook().isOrderEntry() ? card : card.withoutSuggestions())
                .toList();
    }

    /** Who orders something else is interrupted at the signature only, and only by what is critical. */
    private static boolean isShownBesideUnrelatedOrders(CardAdvice card, Picture picture) {
        return picture.hook() == Hook.ORDER_SIGN && card.indicator() == CRITICAL;
    }
}
