package health.setpoint.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * Feedback as the journal keeps it, without the clinician's comment.
 *
 * @param client the EHR that reported it
 * @param card uuid as sent
 * @param known this client had been shown the card when the event came
 * @param decision entry of the newest decision that showed the card to this client
 * @param outcome accepted or overridden
 * @param suggestions ids of accepted suggestions, as JSON
 */
public record StoredFeedback(
        String client,
        String card,
        boolean known,
        Optional<String> decision,
        String outcome,
        String suggestions,
        Optional<String> reasonCode,
        Optional<String> reasonSystem,
        Instant at,
        Instant received) {}
