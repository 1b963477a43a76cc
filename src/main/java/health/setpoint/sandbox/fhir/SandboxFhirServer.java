package health.setpoint.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.FifoMemoryPagingProvider;
import ca.uhn.fhir.rest.server.IServerAddressStrategy;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ServerCapabilityStatementProvider;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.util.FhirTerser;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Resource;

/** HAPI's server for R4 over the spaces of the sandbox. It is made for the first call that needs it. */
final class SandboxFhirServer extends RestfulServer {

    private static final long serialVersionUID = 1L;

    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 500;
    /** Searches whose further pages can be asked for. */
    private static final int PAGED_SEARCHES = 100;

    /**
     * @param base the address of the server as the caller sees it
     */
    SandboxFhirServer(Spaces spaces, WriteValidation validation, IServerAddressStrategy base) {
        super(FhirContext.forR4Cached());
        setServerName("Setpoint sandbox");
        setImplementationDescription(
                "Invented patients to try CDS Hooks with. Memory only; [base]/space/a-name is a space of"
                        + " one's own. Not for patients' data.");
        setServerAddressStrategy(base);
        setTenantIdentificationStrategy(new SpaceInAddress());
        setDefaultResponseEncoding(EncodingEnum.JSON);
        setDefaultPageSize(PAGE);
        setPagingProvider(new FifoMemoryPagingProvider(PAGED_SEARCHES)
                .setDefaultPageSize(PAGE)
                .setMaximumPageSize(LARGEST_PAGE));
        SearchParameter.types().forEach(type -> registerProvider(kept(type, spaces, validation)));
        registerProvider(new WholeSpace(spaces, validation));
        setServerConformanceProvider(new Capabilities(this));
        try {
            init(config());
        } catch (ServletException wrongWired) {
            throw new IllegalStateException(wrongWired);
        }
    }

    private static KeptType<? extends Resource> kept(String type, Spaces spaces, WriteValidation validation) {
        return kept(
                FhirContext.forR4Cached()
                        .getResourceDefinition(type)
                        .getImplementingClass()
                        .asSubclass(Resource.class),
                spaces,
                validation);
    }

    private static <T extends Resource> KeptType<T> kept(Class<T> type, Spaces spaces, WriteValidation validation) {
        return new KeptType<>(type, spaces, validation);
    }

    private static ServletConfig config() {
        var context = ServletContext.class.cast(Proxy.newProxyInstance(
                ServletContext.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (self, asked, with) -> switch (asked.getName()) {
                    case "getMajorVersion" -> 6;
                    case "getMinorVersion" -> 0;
                    case "getContextPath" -> "";
                    default -> throw new UnsupportedOperationException(asked.toString());
                }));
        return ServletConfig.class.cast(Proxy.newProxyInstance(
                ServletConfig.class.getClassLoader(),
                new Class<?>[] {ServletConfig.class},
                (self, asked, with) -> switch (asked.getName()) {
                    case "getServletContext" -> context;
                    case "getServletName" -> "sandbox";
                    case "getInitParameter" -> null;
                    default -> throw new UnsupportedOperationException(asked.toString());
                }));
    }

    /** Answers one call. */
    ServletAnswer answer(ServletCall call) throws IOException {
        var answer = new ServletAnswer();
        try {
            handleRequest(RequestTypeEnum.valueOf(call.getMethod()), call, answer);
        } catch (ServletException failed) {
            throw new IOException(failed);
        }
        return answer;
    }

    /** The service gives every call an id of its own. */
    @Override
    protected void addRequestIdToResponse(ServletRequestDetails request, String id) {}

    /** No word on what it is made with. */
    @Override
    public void addHeadersToResponse(HttpServletResponse answer) {}

    /** A CapabilityStatement that names the search parameters, and knows no profiles. */
    private static final class Capabilities extends ServerCapabilityStatementProvider {

        Capabilities(RestfulServer server) {
            super(server, null, FhirContext::forR4Cached);
        }

        @Override
        protected void postProcessRestResource(FhirTerser terser, IBase resource, String type) {
            var described = (CapabilityStatement.CapabilityStatementRestResourceComponent) resource;
            if (!SearchParameter.types().contains(type)) {
                return;
            }
            SearchParameter.of(type).forEach(parameter -> described
                    .addSearchParam()
                    .setName(parameter.name())
                    .setType(SearchParamType.fromCode(parameter.kind().word())));
            if (SearchParameter.find(type, "medication").isPresent()) {
                described.addSearchInclude(type + ":medication");
            }
        }
    }
}
