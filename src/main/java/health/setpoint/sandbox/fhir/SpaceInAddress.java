package health.setpoint.sandbox.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.tenant.ITenantIdentificationStrategy;
import ca.uhn.fhir.util.UrlPathTokenizer;
import java.util.Optional;

/** A space is named in the address: {@code [base]/space/a-name/Patient}; without one it is the space that all share. */
final class SpaceInAddress implements ITenantIdentificationStrategy {

    private static final String SPACE = "space";

    /** The name of the space that a call means; empty for the one that all share. */
    static Optional<String> of(RequestDetails request) {
        return Optional.ofNullable(request.getTenantId());
    }

    @Override
    public void extractTenant(UrlPathTokenizer path, RequestDetails request) {
        if (path.hasMoreTokens() && SPACE.equals(path.peek())) {
            path.nextTokenUnescapedAndSanitized();
            request.setTenantId(path.hasMoreTokens() ? path.nextTokenUnescapedAndSanitized() : "-");
        }
    }

    @Override
    public String massageServerBaseUrl(String base, RequestDetails request) {
        return of(request).map(name -> base + "/" + SPACE + "/" + name).orElse(base);
    }

    @Override
    public String resolveRelativeUrl(String address, RequestDetails request) {
        return of(request).map(name -> SPACE + "/" + name + "/" + address).orElse(address);
    }
}
