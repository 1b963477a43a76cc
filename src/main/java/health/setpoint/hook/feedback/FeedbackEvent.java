package health.setpoint.hook.feedback;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a clinician did with one card.
 *
 * @param card uuid of the card, as the client sent it; not always a UUID
 * @param outcome accepted or overridden
 * @param suggestions ids of the accepted suggestions; empty for an override
 * @param reason the override reason that was picked
 * @param comment free text of the clinician, at most {@value FeedbackReader#LONGEST_COMMENT} characters; may hold
 *     health data and is never logged
 * @param at when it happened
 */
record FeedbackEvent(
        String card,
        Outcome outcome,
        List<String> suggestions,
        Optional<Reason> reason,
        Optional<String> comment,
        Instant at) {

    /** What became of the card. Cards that are ignored are never reported. */
    enum Outcome {
        ACCEPTED("accepted"),
        OVERRIDDEN("overridden");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /**
     * An override reason; the code may be the client's own.
     *
     * @param system absent where the client sent none
     */
    record Reason(String code, Optional<String> system) {}

    FeedbackEvent {
        suggestions = List.copyOf(suggestions);
    }
}
