package health.setpoint.hook.feedback;

import static health.setpoint.http.error.Issue.Kind.INVALID;
import static health.setpoint.http.error.Issue.Kind.REQUIRED;
import static health.setpoint.http.error.Issue.Kind.TOO_LONG;
import static health.setpoint.http.error.Issue.Kind.VALUE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.FhirTime;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RequestException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads feedback as clients really spell it: one entry or a batch, {@code overrideReason} or {@code overrideReasons}, a
 * reason that is a coding, wraps one, or stands in an extension, ids that are no UUIDs.
 */
public final class FeedbackReader {

    static final int LONGEST_COMMENT = 2000;

    /** Of one batch; suggestions of one entry as well. */
    private static final int MOST_ENTRIES = 1000;

    private static final int LONGEST_ID = 256;
    private static final int LONGEST_TIME = 40;
    private static final int LONGEST_CODE = 512;

    private FeedbackReader() {}

    /**
     * A batch of feedback.
     *
     * @param events the sound entries, in the order sent
     * @param faults what was wrong with the others
     */
    record Batch(List<FeedbackEvent> events, List<Issue> faults) {

        Batch {
            events = List.copyOf(events);
            faults = List.copyOf(faults);
        }
    }

    /**
     * The sound entries of a feedback body. An empty batch is sound.
     *
     * @throws RequestException 400 where there is no {@code feedback} array, or entries and none of them sound
     */
    public static Batch read(ObjectNode body) {
        var feedback = body.path("feedback");
        if (!feedback.isArray()) {
            throw new RequestException(
                    400,
                    Issue.at(
                            "feedback",
                            feedback.isMissingNode() ? REQUIRED : VALUE,
                            "feedback is required and is an array with one entry for each card."));
        }
        if (feedback.size() > MOST_ENTRIES) {
            throw new RequestException(
                    413,
                    Issue.at("feedback", TOO_LONG, "A batch of feedback has at most " + MOST_ENTRIES + " entries."));
        }
        var events = new ArrayList<FeedbackEvent>();
        var faults = new ArrayList<Issue>();
        for (int i = 0; i < feedback.size(); i++) {
            entry(feedback.get(i), "feedback[" + i + "]", faults).ifPresent(events::add);
        }
        if (events.isEmpty() && !faults.isEmpty()) {
            throw new RequestException(400, faults);
        }
        return new Batch(events, faults);
    }

    private static Optional<FeedbackEvent> entry(JsonNode entry, String where, List<Issue> faults) {
        if (!entry.isObject()) {
            faults.add(Issue.at(where, VALUE, "A feedback entry is a JSON object."));
            return Optional.empty();
        }
        var known = faults.size();
        var card = text(entry.path("card"), LONGEST_ID);
        if (card.isEmpty()) {
            faults.add(Issue.at(where + ".card", REQUIRED, "card is required: the uuid of the card."));
        }
        var outcome = outcome(entry.path("outcome"));
        if (outcome.isEmpty()) {
            faults.add(Issue.at(where + ".outcome", REQUIRED, "outcome is required: accepted or overridden."));
        }
        var at = instant(entry.path("outcomeTimestamp"));
        if (at.isEmpty()) {
            faults.add(Issue.at(
                    where + ".outcomeTimestamp",
                    REQUIRED,
                    "outcomeTimestamp is required: date and time with zone (RFC 3339), such as 2026-11-23T14:40:58Z."));
        }
        var accepted = outcome.filter(FeedbackEvent.Outcome.ACCEPTED::equals).isPresent();
        var suggestions = accepted ? suggestions(entry.path("acceptedSuggestions"), where, faults) : List.<String>of();
        if (faults.size() > known) {
            return Optional.empty();
        }
        var override = override(entry);
        return Optional.of(new FeedbackEvent(
                card.orElseThrow(),
                outcome.orElseThrow(),
                suggestions,
                reason(override),
                comment(override, entry),
                at.orElseThrow()));
    }

    private static List<String> suggestions(JsonNode accepted, String where, List<Issue> faults) {
        var ids = new ArrayList<String>();
        if (!accepted.isArray() || accepted.isEmpty() || accepted.size() > MOST_ENTRIES) {
            faults.add(Issue.at(
                    where + ".acceptedSuggestions",
                    REQUIRED,
                    "acceptedSuggestions is required for accepted: an array of objects with the id of a suggestion."));
            return ids;
        }
        for (int i = 0; i < accepted.size(); i++) {
            var id = text(accepted.get(i).path("id"), LONGEST_ID);
            if (id.isEmpty()) {
                faults.add(Issue.at(
                        where + ".acceptedSuggestions[" + i + "].id",
                        INVALID,
                        "id is required: the uuid of the suggestion."));
            }
            id.ifPresent(ids::add);
        }
        return ids;
    }

    /** The object that holds reason and comment, wherever this client puts it. */
    private static JsonNode override(JsonNode entry) {
        for (var name : List.of("overrideReason", "overrideReasons")) {
            var spelled = first(entry.path(name));
            if (spelled.isObject()) {
                return hasReason(spelled) ? spelled : inExtension(spelled).orElse(spelled);
            }
        }
        return inExtension(entry).orElse(MissingNode.getInstance());
    }

    private static Optional<JsonNode> inExtension(JsonNode holder) {
        for (var extension : holder.path("extension")) {
            for (var candidate : List.of(
                    extension, first(extension.path("overrideReason")), first(extension.path("overrideReasons")))) {
                if (hasReason(candidate)) {
                    return Optional.of(candidate);
                }
            }
        }
        return hasReason(holder.path("extension")) ? Optional.of(holder.path("extension")) : Optional.empty();
    }

    private static boolean hasReason(JsonNode node) {
        return reason(node).isPresent();
    }

    private static Optional<FeedbackEvent.Reason> reason(JsonNode override) {
        var wrapped = first(override.path("reason"));
        var coding = wrapped.isObject() ? wrapped : override;
        return text(coding.path("code"), LONGEST_CODE)
                .map(code -> new FeedbackEvent.Reason(code, text(coding.path("system"), LONGEST_CODE)));
    }

    private static Optional<String> comment(JsonNode override, JsonNode entry) {
        return text(override.path("userComment"), Integer.MAX_VALUE)
                .or(() -> text(entry.path("userComment"), Integer.MAX_VALUE))
                .map(words -> words.length() > LONGEST_COMMENT ? words.substring(0, LONGEST_COMMENT) : words);
    }

    private static JsonNode first(JsonNode node) {
        return node.isArray() ? node.path(0) : node;
    }

    private static Optional<FeedbackEvent.Outcome> outcome(JsonNode node) {
        for (var outcome : FeedbackEvent.Outcome.values()) {
            if (outcome.word().equals(node.textValue())) {
                return Optional.of(outcome);
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> instant(JsonNode node) {
        if (!node.isTextual() || node.textValue().length() > LONGEST_TIME) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(node.textValue()))
                    .filter(time -> FhirTime.isYear(time.getYear()))
                    .map(OffsetDateTime::toInstant);
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode node, int longest) {
        return Optional.ofNullable(node.textValue()).filter(words -> !words.isBlank() && words.length() <= longest);
    }
}
