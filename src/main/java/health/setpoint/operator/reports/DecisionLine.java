package health.setpoint.operator.reports;

import com.fasterxml.jackson.databind.JsonNode;
import health.setpoint.journal.StoredDecision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A decision as a line of the export. The names are public and stable.
 *
 * @param patientHash keyed hash of the patient's id
 * @param userHash keyed hash of the user's id
 * @param prefetch what came under each key
 * @param microseconds by stage
 * @param facts what the rules knew; absent where the call failed
 * @param advice what they said
 * @param cards as they were answered
 */
record DecisionLine(
        String id,
        Instant at,
        String client,
        String service,
        String hook,
        String hookInstance,
        String requestId,
        int status,
        boolean silent,
        String patientHash,
        String userHash,
        Optional<String> knowledgeVersion,
        Optional<String> knowledgeHash,
        JsonNode prefetch,
        JsonNode microseconds,
        @Schema(type = SchemaType.OBJECT) Optional<JsonNode> facts,
        @Schema(type = SchemaType.OBJECT) Optional<JsonNode> advice,
        List<JsonNode> cards) {

    static DecisionLine of(StoredDecision decision) {
        return new DecisionLine(
                decision.id(),
                decision.at(),
                decision.client(),
                decision.service(),
                decision.hook(),
                decision.hookInstance(),
                decision.requestId(),
                decision.status(),
                decision.silent(),
                decision.patient(),
                decision.clinician(),
                decision.knowledgeVersion(),
                decision.knowledgeHash(),
                KeptJson.tree(decision.prefetch()),
                KeptJson.tree(decision.timings()),
                decision.facts().map(KeptJson::tree),
                decision.advice().map(KeptJson::tree),
                decision.cards().stream()
                        .map(card -> KeptJson.tree(card.json()))
                        .toList());
    }
}
