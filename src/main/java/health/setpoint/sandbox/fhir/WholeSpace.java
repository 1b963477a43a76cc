package health.setpoint.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import ca.uhn.fhir.model.valueset.BundleEntrySearchModeEnum;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** What concerns more than one resource: transactions, everything about one patient, and beginning anew. */
final class WholeSpace {

    private static final FhirContext R4 = FhirContext.forR4Cached();

    private final Spaces spaces;
    private final WriteValidation validation;

    WholeSpace(Spaces spaces, WriteValidation validation) {
        this.spaces = spaces;
        this.validation = validation;
    }

    /** A transaction is kept as a whole or not at all, of a batch each entry by itself. */
    @Transaction
    public Bundle transaction(@TransactionParam Bundle bundle, RequestDetails request) {
        List<ObjectNode> sent = new ArrayList<>();
        SentJson.of(request).path("entry").forEach(entry -> {
            if (entry.path("resource") instanceof ObjectNode resource) {
                sent.add(resource);
            }
        });
        return new BundleOfWrites(bundle, validation.faults(sent), spaces.of(SpaceInAddress.of(request))).answer();
    }

    /** The patient, all that refers to the patient, and what that refers to. */
    @Operation(name = "$everything", type = Patient.class, idempotent = true)
    public IBundleProvider everything(@IdParam IdType id, RequestDetails request) {
        var space = spaces.of(SpaceInAddress.of(request));
        var patient = space.read("Patient", id);
        var key = StoredResource.key("Patient", id.getIdPart());
        Set<String> beside = new LinkedHashSet<>();
        List<Resource> everything = new ArrayList<>(List.of(patient));
        space.resources().filter(resource -> references(resource).contains(key)).forEach(resource -> {
            everything.add(resource);
            beside.addAll(references(resource));
        });
        beside.remove(key);
        beside.forEach(reference -> space.find(reference)
                .filter(resource -> !everything.contains(resource))
                .ifPresent(everything::add));
        return new SimpleBundleProvider(everything.stream()
                .<IBaseResource>map(resource -> {
                    var copy = resource.copy();
                    ResourceMetadataKeyEnum.ENTRY_SEARCH_MODE.put(copy, BundleEntrySearchModeEnum.MATCH);
                    return copy;
                })
                .toList());
    }

    /** The invented patients as they were, with dates counted from today; whatever else was written is gone. */
    @Operation(name = "$reset")
    public OperationOutcome reset(RequestDetails request) {
        spaces.reset(SpaceInAddress.of(request));
        var done = new OperationOutcome();
        done.addIssue()
                .setSeverity(OperationOutcome.IssueSeverity.INFORMATION)
                .setCode(OperationOutcome.IssueType.INFORMATIONAL)
                .setDiagnostics("This space of the sandbox is as it was at first.");
        return done;
    }

    private static Set<String> references(Resource resource) {
        Set<String> references = new LinkedHashSet<>();
        R4.newTerser().getAllResourceReferences(resource).forEach(found -> {
            var to = found.getResourceReference().getReferenceElement();
            if (to.hasResourceType() && to.hasIdPart()) {
                references.add(StoredResource.key(to.getResourceType(), to.getIdPart()));
            }
        });
        return references;
    }
}
