package health.setpoint.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.NotImplementedOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryResponseComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;

/** A transaction or a batch: reads, searches and writes in one Bundle, answered in the order in which they came. */
final class BundleOfWrites {

    private static final FhirContext R4 = FhirContext.forR4Cached();

    /** Of a transaction: what is deleted goes first, what is read comes last. */
    private static final List<HTTPVerb> ORDER =
            List.of(HTTPVerb.DELETE, HTTPVerb.POST, HTTPVerb.PUT, HTTPVerb.GET, HTTPVerb.HEAD);

    private final Bundle bundle;
    private final Map<Resource, List<String>> faults = new IdentityHashMap<>();
    private final Space space;

    /**
     * @param faults what is wrong with the resources of the entries that have one, in their order
     * @throws InvalidRequestException where it is neither a transaction nor a batch, or an entry does not say what to do
     */
    BundleOfWrites(Bundle bundle, List<List<String>> faults, Space space) {
        if (bundle.getType() != BundleType.TRANSACTION && bundle.getType() != BundleType.BATCH) {
            throw new InvalidRequestException(
                    "What is posted to the base is a Bundle of type transaction or batch. A Bundle of another type: write each"
                            + " resource by itself.");
        }
        this.bundle = bundle;
        this.space = space;
        var resources = bundle.getEntry().stream()
                .filter(BundleEntryComponent::hasResource)
                .map(BundleEntryComponent::getResource)
                .toList();
        for (int i = 0; i < resources.size(); i++) {
            this.faults.put(resources.get(i), faults.get(i));
        }
    }

    Bundle answer() {
        var batch = bundle.getType() == BundleType.BATCH;
        var answer = new Bundle().setType(batch ? BundleType.BATCHRESPONSE : BundleType.TRANSACTIONRESPONSE);
        var entries = bundle.getEntry();
        var done = batch ? each(entries) : together(entries);
        done.forEach(answer::addEntry);
        return answer;
    }

    private List<BundleEntryComponent> each(List<BundleEntryComponent> entries) {
        return IntStream.range(0, entries.size())
                .mapToObj(i -> {
                    try {
                        return space.write(writing -> done(i, entries.get(i), writing, Optional.empty()));
                    } catch (BaseServerResponseException refused) {
                        return refused(refused);
                    }
                })
                .toList();
    }

    private List<BundleEntryComponent> together(List<BundleEntryComponent> entries) {
        refuseTwice(entries);
        Map<String, String> ids = new HashMap<>();
        Map<Integer, String> created = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            if (entry.getRequest().getMethod() == HTTPVerb.POST && entry.hasResource()) {
                var id = UUID.randomUUID().toString();
                created.put(i, id);
                ids.put(
                        entry.getFullUrl(),
                        StoredResource.key(entry.getResource().fhirType(), id));
            } else if (entry.getRequest().getMethod() == HTTPVerb.PUT) {
                ids.put(entry.getFullUrl(), entry.getRequest().getUrl());
            }
        }
        ids.remove(null);
        entries.stream().filter(BundleEntryComponent::hasResource).forEach(entry -> refer(entry.getResource(), ids));
        return space.write(writing -> {
            Map<Integer, BundleEntryComponent> done = new HashMap<>();
            IntStream.range(0, entries.size())
                    .boxed()
                    .sorted(Comparator.comparingInt(
                            i -> ORDER.indexOf(entries.get(i).getRequest().getMethod())))
                    .forEach(i -> done.put(i, done(i, entries.get(i), writing, Optional.ofNullable(created.get(i)))));
            return IntStream.range(0, entries.size()).mapToObj(done::get).toList();
        });
    }

    private static void refuseTwice(List<BundleEntryComponent> entries) {
        Set<String> written = new HashSet<>();
        for (var entry : entries) {
            var request = entry.getRequest();
            if (request.getMethod() == HTTPVerb.PUT && !written.add(request.getUrl())) {
                throw new InvalidRequestException("The transaction writes " + request.getUrl()
                        + " twice: a transaction writes each resource once.");
            }
        }
    }

    /** Entries name each other by the address that each of them is given in the Bundle. */
    private static void refer(Resource resource, Map<String, String> ids) {
        R4.newTerser().getAllResourceReferences(resource).forEach(found -> {
            var reference = found.getResourceReference();
            var named = ids.get(reference.getReferenceElement().getValue());
            if (named != null) {
                reference.setReference(named);
            }
        });
    }

    private BundleEntryComponent done(
            int index, BundleEntryComponent entry, Space.Writing writing, Optional<String> id) {
        var request = entry.getRequest();
        if (request.getMethod() == null) {
            throw new InvalidRequestException("Bundle.entry[" + index + "] has no request.method.");
        }
        if (request.hasIfNoneExist() || request.getUrl() != null && isConditional(request)) {
            throw new NotImplementedOperationException("Bundle.entry[" + index
                    + "] is conditional. The sandbox writes and deletes by id only: PUT Type/id.");
        }
        return switch (request.getMethod()) {
            case POST -> posted(resource(index, entry), writing, id);
            case PUT -> put(index, entry, writing);
            case DELETE -> deleted(new IdType(request.getUrl()), writing);
            case GET, HEAD -> read(request.getUrl(), writing);
            default ->
                throw new NotImplementedOperationException("Bundle.entry[" + index + "]: the sandbox does not know "
                        + request.getMethod().toCode() + ".");
        };
    }

    private static boolean isConditional(Bundle.BundleEntryRequestComponent request) {
        return request.getMethod() != HTTPVerb.GET && request.getUrl().contains("?");
    }

    private Resource resource(int index, BundleEntryComponent entry) {
        if (!entry.hasResource()) {
            throw new InvalidRequestException("Bundle.entry[" + index + "] has no resource.");
        }
        if (!SearchParameter.types().contains(entry.getResource().fhirType())) {
            throw new InvalidRequestException("Bundle.entry[" + index + "]: the sandbox does not keep a "
                    + entry.getResource().fhirType() + ". It keeps " + String.join(", ", SearchParameter.types())
                    + ".");
        }
        var wrong = faults.get(entry.getResource());
        if (!wrong.isEmpty()) {
            throw WriteValidation.refusal(wrong.stream()
                    .map(fault -> "Bundle.entry[" + index + "].resource: " + fault)
                    .toList());
        }
        return entry.getResource();
    }

    private static BundleEntryComponent posted(Resource resource, Space.Writing writing, Optional<String> id) {
        if (id.isEmpty()) {
            return written(writing.create(resource));
        }
        resource.setId(id.get());
        return written(writing.put(resource));
    }

    private BundleEntryComponent put(int index, BundleEntryComponent entry, Space.Writing writing) {
        var resource = resource(index, entry);
        var to = new IdType(entry.getRequest().getUrl());
        if (!resource.fhirType().equals(to.getResourceType()) || !to.hasIdPart()) {
            throw new InvalidRequestException("Bundle.entry[" + index + "].request.url is "
                    + entry.getRequest().getUrl() + "; for this resource it is " + resource.fhirType()
                    + "/ and its id.");
        }
        writing.expect(
                StoredResource.key(to.getResourceType(), to.getIdPart()),
                Optional.ofNullable(entry.getRequest().getIfMatch()).map(BundleOfWrites::version));
        resource.setId(to.getIdPart());
        return written(writing.put(resource));
    }

    private static String version(String tag) {
        return tag.replace("W/", "").replace("\"", "");
    }

    private static BundleEntryComponent deleted(IdType id, Space.Writing writing) {
        if (writing.find(StoredResource.key(id.getResourceType(), id.getIdPart()))
                .isPresent()) {
            writing.delete(id.getResourceType(), id.getIdPart());
        }
        return new BundleEntryComponent().setResponse(new BundleEntryResponseComponent().setStatus("204 No Content"));
    }

    private static BundleEntryComponent read(String url, Space.Writing writing) {
        var question = url.indexOf('?');
        var type = question < 0 ? url : url.substring(0, question);
        if (!type.contains("/") && SearchParameter.types().contains(type)) {
            var search = new ChartSearch(type, ChartSearch.parameters(question < 0 ? "" : url.substring(question + 1)));
            var found = search.among(writing.resources());
            var set = new Bundle().setType(BundleType.SEARCHSET).setTotal(found.size());
            found.forEach(resource -> set.addEntry().setResource(resource.copy()));
            return read(set);
        }
        return read(writing.find(type)
                .map(Resource::copy)
                .orElseThrow(() -> new ResourceNotFoundException("There is no " + type + ".")));
    }

    private static BundleEntryComponent read(Resource resource) {
        return new BundleEntryComponent()
                .setResource(resource)
                .setResponse(new BundleEntryResponseComponent().setStatus("200 OK"));
    }

    private static BundleEntryComponent written(StoredResource kept) {
        return new BundleEntryComponent()
                .setResponse(new BundleEntryResponseComponent()
                        .setStatus(kept.version() == 1 ? "201 Created" : "200 OK")
                        .setLocation(kept.key() + "/_history/" + kept.version())
                        .setEtag("W/\"" + kept.version() + "\"")
                        .setLastModified(kept.resource().getMeta().getLastUpdated()));
    }

    private static BundleEntryComponent refused(BaseServerResponseException why) {
        var outcome = why.getOperationOutcome() instanceof OperationOutcome told
                ? told
                : WriteValidation.outcome(List.of("Bundle: " + why.getMessage()));
        return new BundleEntryComponent()
                .setResponse(new BundleEntryResponseComponent()
                        .setStatus(String.valueOf(why.getStatusCode()))
                        .setOutcome(outcome));
    }
}
