package health.setpoint.card.json;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.PerformanceOptionsEnum;
import ca.uhn.fhir.parser.IJsonLikeParser;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.hl7.fhir.instance.model.api.IBaseResource;

/** HAPI's encoder for R4, writing into the JSON tree of a card. */
final class R4Json {

    /** Building it is dear: once for the service, shared with whoever else asks HAPI for it. */
    private static final FhirContext R4 = shared();

    /** What nobody asks of the model is not read: the service writes two of its resources, and would start later. */
    private static FhirContext shared() {
        FhirContext shared = FhirContext.forR4Cached();
        shared.setPerformanceOptions(PerformanceOptionsEnum.DEFERRED_MODEL_SCANNING);
        return shared;
    }

    private R4Json() {}

    /** A resource as FHIR JSON; the tree is the caller's own. */
    static ObjectNode of(IBaseResource resource) {
        JsonTreeWriter tree = new JsonTreeWriter();
        try {
            ((IJsonLikeParser) R4.newJsonParser()).encodeResourceToJsonLikeWriter(resource, tree);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return tree.root();
    }
}
