package health.setpoint.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a clinician did with one card, as an event: a card may get several.
 *
 * @param client the EHR that reports it
 * @param service id of the CDS service
 * @param card uuid of the card as sent; may be unknown
 * @param outcome accepted or overridden
 * @param suggestions ids of the accepted suggestions
 * @param reasonCode code of the override reason
 * @param reasonSystem its system
 * @param comment the clinician's words, at most 2000 characters; may hold health data, is kept and never logged
 * @param at when it happened
 */
public record Feedback(
        String client,
        String service,
        String card,
        Outcome outcome,
        List<String> suggestions,
        Optional<String> reasonCode,
        Optional<String> reasonSystem,
        Optional<String> comment,
        Instant at) {

    /** What became of the card. */
    public enum Outcome {
        ACCEPTED,
        OVERRIDDEN
    }

    public Feedback {
        suggestions = List.copyOf(suggestions);
    }

    /** Without the comment. */
    @Override
    public String toString() {
        return "Feedback[card=" + card + ", outcome=" + outcome + ", at=" + at + "]";
    }
}
