package health.setpoint.chart.fetch;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import ca.uhn.fhir.rest.server.FifoMemoryPagingProvider;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.provider.HashMapResourceProvider;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.ActivityDefinition;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.ImplementationGuide;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationDispense;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;

/** HAPI FHIR's own server, R4, in memory: search answers as a real server writes them, in pages of ten. */
public final class HapiServer {

    private static final FhirContext R4 = FhirContext.forR4Cached();
    private static final int PAGE = 10;

    private final Server jetty = new Server();
    private final ServerConnector connector = new ServerConnector(jetty);
    private final RestfulServer fhir = new RestfulServer(R4);
    private final Map<Class<?>, HashMapResourceProvider<? extends IBaseResource>> stores = new HashMap<>();

    public HapiServer() {
        jetty.addConnector(connector);
        connector.setHost("127.0.0.1");
        hold(Patient.class);
        hold(Practitioner.class);
        hold(Medication.class);
        hold(Observation.class);
        hold(MedicationRequest.class);
        hold(MedicationStatement.class);
        hold(MedicationAdministration.class);
        hold(MedicationDispense.class);
        hold(Condition.class);
        hold(ServiceRequest.class);
        hold(AllergyIntolerance.class);
        hold(QuestionnaireResponse.class);
        hold(CodeSystem.class);
        hold(ValueSet.class);
        hold(ConceptMap.class);
        hold(StructureDefinition.class);
        hold(Questionnaire.class);
        hold(ActivityDefinition.class);
        hold(PlanDefinition.class);
        hold(Library.class);
        hold(Measure.class);
        hold(CapabilityStatement.class);
        hold(ImplementationGuide.class);
        fhir.registerProviders(stores.values());
        fhir.registerProvider(new Transactions());
        fhir.setPagingProvider(
                new FifoMemoryPagingProvider(100).setDefaultPageSize(PAGE).setMaximumPageSize(PAGE));
        fhir.setDefaultPageSize(PAGE);
        var context = new ServletContextHandler();
        context.addServlet(new ServletHolder(fhir), "/fhir/*");
        jetty.setHandler(context);
    }

    private <T extends IBaseResource> void hold(Class<T> type) {
        stores.put(type, new HashMapResourceProvider<>(R4, type));
    }

    public HapiServer start() throws Exception {
        jetty.start();
        return this;
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** Has it write addresses as those who call it see them. */
    void knownAs(String base) {
        fhir.setServerAddressStrategy(new HardcodedServerAddressStrategy(base));
    }

    /** Keeps a resource. */
    @SuppressWarnings("unchecked")
    <T extends IBaseResource> void keep(T resource) {
        ((HashMapResourceProvider<T>) stores.get(resource.getClass())).store(resource);
    }

    public void stop() throws Exception {
        jetty.stop();
    }

    /** Keeps what a transaction puts. */
    public final class Transactions {

        @Transaction
        public Bundle transaction(@TransactionParam Bundle bundle) {
            var answer = new Bundle().setType(Bundle.BundleType.TRANSACTIONRESPONSE);
            bundle.getEntry().forEach(entry -> {
                if (entry.getRequest().getMethod() != Bundle.HTTPVerb.PUT) {
                    throw new InvalidRequestException("only what has an id is kept here");
                }
                keep(entry.getResource());
                answer.addEntry().getResponse().setStatus("200 OK");
            });
            return answer;
        }
    }
}
