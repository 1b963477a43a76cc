package health.setpoint.journal;

import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.facts.Hook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One evaluation as it happened. The ids of patient and user are kept as keyed hashes only; resources inside the cards'
 * suggestions are left out, since they name the patient.
 *
 * @param id of the entry, by which a link to it is made before it is written
 * @param call which call
 * @param patientId plain id of the patient
 * @param userId {@code Type/id} of the user
 * @param at when it was evaluated
 * @param knowledge what it was evaluated under; empty where the evaluation failed before
 * @param facts what the rules knew; empty where the evaluation failed before
 * @param advice what the rules said; empty where the evaluation failed
 * @param cards the cards in the order of the answer
 * @param prefetch what came under each prefetch key, by key: short words such as {@code resource} or {@code missing}
 * @param timings how long each stage took, by stage
 * @param status HTTP status of the answer
 * @param silent evaluated without showing the cards
 */
public record Decision(
        UUID id,
        Call call,
        String patientId,
        String userId,
        Instant at,
        Optional<KnowledgeUsed> knowledge,
        Optional<Facts> facts,
        Optional<Advice> advice,
        List<AnsweredCard> cards,
        Map<String, String> prefetch,
        Map<String, Duration> timings,
        int status,
        boolean silent) {

    /**
     * Who asked what.
     *
     * @param client the calling EHR by its configured name, {@code local} while none is registered
     * @param service id of the CDS service
     * @param hook the moment
     * @param hookInstance id of the call as the EHR gave it
     * @param requestId id of the HTTP request
     */
    public record Call(String client, String service, Hook hook, String hookInstance, String requestId) {}

    /** Version and content hash of the knowledge. */
    public record KnowledgeUsed(String version, String hash) {}

    public Decision {
        cards = List.copyOf(cards);
        prefetch = Map.copyOf(prefetch);
        timings = Map.copyOf(timings);
    }

    /** An id that grows with time (RFC 9562, version 7): rows written together stand together in the index. */
    public static UUID newId(Instant at) {
        var random = UUID.randomUUID();
        return new UUID(
                at.toEpochMilli() << 16 | 7 << 12 | random.getMostSignificantBits() & 0xFFF,
                random.getLeastSignificantBits());
    }

    /** Without the ids of patient and user, and without what the patient's record says. */
    @Override
    public String toString() {
        return "Decision[call=" + call + ", at=" + at + ", cards=" + cards.size() + ", status=" + status + "]";
    }
}
