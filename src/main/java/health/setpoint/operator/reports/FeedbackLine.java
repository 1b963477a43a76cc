package health.setpoint.operator.reports;

import com.fasterxml.jackson.databind.JsonNode;
import health.setpoint.journal.StoredFeedback;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A feedback event as a line of the export, without the clinician's comment. The names are public and stable.
 *
 * @param card uuid as sent
 * @param known this client had been shown the card when the event came
 * @param outcome accepted or overridden
 * @param at when the clinician answered
 * @param decision entry of the newest decision that showed the card to this client
 * @param acceptedSuggestions their ids
 */
record FeedbackLine(
        String client,
        String card,
        boolean known,
        String outcome,
        Instant at,
        Instant received,
        Optional<String> decision,

        @Schema(type = SchemaType.ARRAY, implementation = String.class)
        JsonNode acceptedSuggestions,

        Optional<String> reasonCode,
        Optional<String> reasonSystem) {

    static FeedbackLine of(StoredFeedback event) {
        return new FeedbackLine(
                event.client(),
                event.card(),
                event.known(),
                event.outcome(),
                event.at(),
                event.received(),
                event.decision(),
                KeptJson.tree(event.suggestions()),
                event.reasonCode(),
                event.reasonSystem());
    }
}
