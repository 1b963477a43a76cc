package health.setpoint.conformance;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;

/** Base R4, by HAPI's validator; built once, since its first run takes seconds. */
public final class R4Validation {

    private static final FhirValidator VALIDATOR = validator();

    private R4Validation() {}

    /** Errors of a resource; empty where it is valid. Codes of systems that are not part of FHIR count as unknown. */
    public static List<String> errorsOf(JsonNode resource) {
        return VALIDATOR.validateWithResult(resource.toString()).getMessages().stream()
                .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
                .map(message -> message.getLocationString() + ": " + message.getMessage())
                .toList();
    }

    private static FhirValidator validator() {
        FhirContext r4 = FhirContext.forR4Cached();
        ValidationSupportChain support = new ValidationSupportChain(
                new DefaultProfileValidationSupport(r4),
                new InMemoryTerminologyServerValidationSupport(r4),
                new CommonCodeSystemsTerminologyService(r4));
        return r4.newValidator().registerValidatorModule(new FhirInstanceValidator(support));
    }
}
