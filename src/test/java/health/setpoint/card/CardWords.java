package health.setpoint.card;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.explanation.CardText;
import health.setpoint.card.text.Markdown;
import health.setpoint.titration.advice.CardAdvice;
import java.util.stream.Collectors;

/** Counts the words of a card as a reader would: without its link, its small line, and what follows after a rule. */
public final class CardWords {

    private CardWords() {}

    /** Words of the detail that count. */
    public static int of(ObjectNode card) {
        String detail = card.path("detail").asText().split("\n---\n")[0];
        return new Markdown(detail.lines()
                        .filter(line -> !line.startsWith("[Why, evidence, timeline]") && !line.contains(". Knowledge "))
                        .collect(Collectors.joining("\n")))
                .words();
    }

    /** How many a card of this family may have. */
    public static int limit(CardAdvice.Family family) {
        return family == CardAdvice.Family.TITRATION ? CardText.TITRATION_WORDS : CardText.OTHER_WORDS;
    }
}
