package health.setpoint.card;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a card offers.
 *
 * @param choices suggestions that this EHR can carry out
 * @param byHand what belongs to the advice and has to be done without a click, plain sentences
 */
record CardSuggestions(List<CardSuggestion> choices, List<String> byHand) {

    CardSuggestions {
        choices = List.copyOf(choices);
        byHand = List.copyOf(byHand);
    }

    CardSuggestions andByHand(Optional<String> more) {
        return more.isEmpty()
                ? this
                : new CardSuggestions(
                        choices, Stream.concat(byHand.stream(), more.stream()).toList());
    }
}
