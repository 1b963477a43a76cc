package health.setpoint.sandbox.fhir;

import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import ca.uhn.fhir.model.valueset.BundleEntrySearchModeEnum;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import ca.uhn.fhir.rest.server.method.ResponsePage.ResponsePageBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;

/** What a search found, page by page; each page has beside it what its resources refer to, and a warning where there is one. */
final class FoundResources extends SimpleBundleProvider {

    private final List<Resource> found;
    private final ChartSearch search;
    private final Space space;
    private final Optional<OperationOutcome> warning;

    FoundResources(List<Resource> found, ChartSearch search, Space space, Optional<OperationOutcome> warning) {
        super(found);
        this.found = found;
        this.search = search;
        this.space = space;
        this.warning = warning;
    }

    @Override
    public List<IBaseResource> getResources(int from, int to, ResponsePageBuilder answer) {
        var page = found.subList(Math.min(from, found.size()), Math.min(to, found.size()));
        List<IBaseResource> all = new ArrayList<>();
        page.forEach(resource -> all.add(marked(resource, BundleEntrySearchModeEnum.MATCH)));
        search.included(page).forEach(key -> space.find(key)
                .ifPresent(included -> all.add(marked(included, BundleEntrySearchModeEnum.INCLUDE))));
        warning.ifPresent(outcome -> all.add(marked(outcome, BundleEntrySearchModeEnum.OUTCOME)));
        return all;
    }

    /** A copy, since the same resource may be a match here and included there. */
    private static Resource marked(Resource resource, BundleEntrySearchModeEnum mode) {
        var copy = resource.copy();
        ResourceMetadataKeyEnum.ENTRY_SEARCH_MODE.put(copy, mode);
        return copy;
    }
}
