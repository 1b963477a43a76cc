package health.setpoint.card.suggestion;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a card offers.
 *
 * @param choices suggestions that this EHR can carry out
 * @param byHand what belongs to the advice and has to be done without a click, plain sentences
 */
public record CardSuggestions(List<CardSuggestion> choices, List<String> byHand) {

    public CardSuggestions {
        choices = List.copyOf(choices);
        byHand = List.copyOf(byHand);
    }

    static CardSuggestions none() {
        return new CardSuggestions(List.of(), List.of());
    }

    static CardSuggestions of(CardSuggestion... choices) {
        return new CardSuggestions(List.of(choices), List.of());
    }

    static CardSuggestions byHand(String sentence) {
        return new CardSuggestions(List.of(), List.of(sentence));
    }

    /** These, then others. */
    CardSuggestions and(CardSuggestions others) {
        return new CardSuggestions(
                Stream.concat(choices.stream(), others.choices.stream()).toList(),
                Stream.concat(byHand.stream(), others.byHand.stream()).toList());
    }

    public CardSuggestions andByHand(Optional<String> more) {
        return more.isEmpty()
                ? this
                : new CardSuggestions(
                        choices, Stream.concat(byHand.stream(), more.stream()).toList());
    }
}
