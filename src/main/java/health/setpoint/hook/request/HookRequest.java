package health.setpoint.hook.request;

import com.fasterxml.jackson.databind.JsonNode;
import health.setpoint.http.error.Issue;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A CDS Hooks request whose envelope is sound. FHIR inside it is still unread.
 *
 * @param service the service called
 * @param hookInstance identifies this call; opaque, usually a UUID
 * @param fhirServer base URL of the EHR's FHIR server
 * @param access the EHR's permission to read from it
 * @param patientId plain id of the patient
 * @param userId {@code Type/id} of the clinician
 * @param selections drafts that the clinician is choosing, as {@code Type/id} or bare id; empty outside order-select
 * @param draftOrders the Bundle of unsigned orders, MissingNode on patient-view
 * @param prefetch the object of prefetched data, MissingNode where none came
 * @param remarks what is wrong with the envelope without being needed so far
 */
public record HookRequest(
        CdsService service,
        String hookInstance,
        Optional<URI> fhirServer,
        Optional<FhirAccess> access,
        String patientId,
        String userId,
        List<String> selections,
        JsonNode draftOrders,
        JsonNode prefetch,
        List<Issue> remarks) {

    public HookRequest {
        selections = List.copyOf(selections);
        remarks = List.copyOf(remarks);
    }

    /** The same call with other prefetched data. */
    public HookRequest withPrefetch(JsonNode other) {
        return new HookRequest(
                service, hookInstance, fhirServer, access, patientId, userId, selections, draftOrders, other, remarks);
    }

    /**
     * The token with which the EHR's FHIR server may be read, for the length of this call.
     *
     * @param token the bearer token; never logged, stored or shared
     */
    public record FhirAccess(String token) {

        /** Without the token. */
        @Override
        public String toString() {
            return "FhirAccess";
        }
    }
}
