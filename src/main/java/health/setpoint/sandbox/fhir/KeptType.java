package health.setpoint.sandbox.fhir;

import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.Delete;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/**
 * The interactions of one type of resource: read, vread, search, create, update, delete.
 *
 * @param <T> the type
 */
final class KeptType<T extends Resource> implements IResourceProvider {

    private static final String BEHAVIOUR = "http://setpoint.health/sandbox/behaviour";
    private static final String WARNS = "warns-4119";
    private static final String MAY_BE_INCOMPLETE =
            "This response includes information available to the authorized user at the time of the request. It may not"
                    + " contain the entire record available in the system.";

    private final Class<T> type;
    private final String name;
    private final Spaces spaces;
    private final WriteValidation validation;

    KeptType(Class<T> type, Spaces spaces, WriteValidation validation) {
        this.type = type;
        this.name = type.getSimpleName();
        this.spaces = spaces;
        this.validation = validation;
    }

    @Override
    public Class<? extends IBaseResource> getResourceType() {
        return type;
    }

    /** The latest version, or the one that is named. */
    @Read(version = true)
    public T read(@IdParam IdType id, RequestDetails request) {
        return type.cast(space(request).read(name, id).copy());
    }

    /** By the parameters of {@link SearchParameter}. */
    @Search(allowUnknownParams = true)
    public IBundleProvider search(RequestDetails request) {
        var space = space(request);
        var search = new ChartSearch(name, request.getParameters());
        var found = search.among(space.resources());
        return new FoundResources(found, search, space, search.patient().flatMap(patient -> warning(space, patient)));
    }

    /** Keeps it under an id of the server's. What is not valid R4 is a 422 that says what to fix, here as in an update. */
    @Create
    public MethodOutcome create(@ResourceParam T resource, RequestDetails request) {
        validate(request);
        var kept = space(request).write(writing -> writing.create(resource));
        return outcome(kept, true);
    }

    /** Keeps it under the id of the address, whether or not there was one. */
    @Update
    public MethodOutcome update(@IdParam IdType id, @ResourceParam T resource, RequestDetails request) {
        validate(request);
        resource.setId(id.toUnqualifiedVersionless());
        var kept = space(request).write(writing -> {
            writing.expect(StoredResource.key(name, id.getIdPart()), Optional.ofNullable(id.getVersionIdPart()));
            return writing.put(resource);
        });
        return outcome(kept, kept.version() == 1);
    }

    /** Takes it away with all its versions. */
    @Delete
    public MethodOutcome delete(@IdParam IdType id, RequestDetails request) {
        space(request).write(writing -> {
            writing.delete(name, id.getIdPart());
            return id;
        });
        return new MethodOutcome(id);
    }

    private void validate(RequestDetails request) {
        var faults = validation.faults(List.of(SentJson.of(request))).get(0);
        if (!faults.isEmpty()) {
            throw WriteValidation.refusal(faults);
        }
    }

    private Space space(RequestDetails request) {
        return spaces.of(SpaceInAddress.of(request));
    }

    private static MethodOutcome outcome(StoredResource kept, boolean created) {
        var copy = kept.resource().copy();
        return new MethodOutcome(copy.getIdElement(), created).setResource(copy);
    }

    /** Epic says beside every search of such a chart that there may be more than it tells. */
    private static Optional<OperationOutcome> warning(Space space, String patient) {
        return space.find(StoredResource.key("Patient", patient))
                .map(Patient.class::cast)
                .filter(person -> person.getMeta().getTag(BEHAVIOUR, WARNS) != null)
                .map(person -> {
                    var outcome = new OperationOutcome();
                    outcome.addIssue()
                            .setSeverity(OperationOutcome.IssueSeverity.WARNING)
                            .setCode(OperationOutcome.IssueType.PROCESSING)
                            .getDetails()
                            .setText(MAY_BE_INCOMPLETE)
                            .addCoding()
                            .setSystem("urn:oid:1.2.840.114350.1.13.0.1.7.2.657369")
                            .setCode("4119")
                            .setDisplay(MAY_BE_INCOMPLETE);
                    return outcome;
                });
    }
}
