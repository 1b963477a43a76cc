package health.setpoint.journal;

import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.facts.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A decision as the journal keeps it.
 *
 * @param id of the entry
 * @param patient keyed hash of the patient's id
 * @param clinician keyed hash of the user's id
 * @param status HTTP status of the answer
 * @param silent evaluated without showing the cards
 * @param facts as JSON, see {@link #readFacts()}
 * @param advice as JSON, see {@link #readAdvice()}
 * @param prefetch states by key, as JSON
 * @param timings microseconds by stage, as JSON
 * @param cards in the order of the answer
 */
public record StoredDecision(
        String id,
        String hookInstance,
        String client,
        String service,
        String hook,
        String requestId,
        Instant at,
        int status,
        boolean silent,
        String patient,
        String clinician,
        Optional<String> knowledgeVersion,
        Optional<String> knowledgeHash,
        Optional<String> facts,
        Optional<String> advice,
        String prefetch,
        String timings,
        List<StoredCard> cards) {

    public StoredDecision {
        cards = List.copyOf(cards);
    }

    /** What the rules knew; equal to what they were given. */
    public Optional<Facts> readFacts() {
        return facts.map(json -> RecordJson.read(json, Facts.class));
    }

    /** What the rules said. */
    public Optional<Advice> readAdvice() {
        return advice.map(json -> RecordJson.read(json, Advice.class));
    }

    /** Advice in the form in which it is kept, to compare with {@link #advice}. */
    public static String written(Advice advice) {
        return RecordJson.write(advice);
    }
}
