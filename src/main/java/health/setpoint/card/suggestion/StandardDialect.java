package health.setpoint.card.suggestion;

import health.setpoint.titration.advice.CardAdvice;
import java.util.List;

/** CDS Hooks 2.0 as it is written: one suggestion at most, all its actions together, {@code update} understood. */
final class StandardDialect extends Dialect {

    static final String NAME = "standard";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CardSuggestions> offers(List<CardAdvice> cards, SuggestionWriter suggestions) {
        return cards.stream().map(suggestions::whole).toList();
    }
}
