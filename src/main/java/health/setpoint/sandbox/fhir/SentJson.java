package health.setpoint.sandbox.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.http.body.RequestJson;
import java.nio.charset.StandardCharsets;

/** What was written, as it was sent: HAPI's model no longer has the members that R4 does not know. */
final class SentJson {

    private static final int UNSUPPORTED = 415;

    private SentJson() {}

    /** @throws UnclassifiedServerFailureException 415 where it is XML */
    static ObjectNode of(RequestDetails request) {
        var text = new String(request.loadRequestContents(), StandardCharsets.UTF_8);
        if (text.stripLeading().startsWith("<")) {
            throw new UnclassifiedServerFailureException(
                    UNSUPPORTED, "The sandbox takes FHIR as JSON: application/fhir+json.");
        }
        try {
            if (RequestJson.exact().readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException broken) {
            throw new InvalidRequestException("The body is not JSON: " + broken.getOriginalMessage());
        }
        throw new InvalidRequestException("The body is no JSON object.");
    }
}
