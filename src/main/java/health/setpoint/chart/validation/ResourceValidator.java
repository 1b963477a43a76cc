package health.setpoint.chart.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.ValidationOptions;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.terminology.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ValueSetComposeComponent;

/**
 * Resources against base R4 and the profiles of the inputs, by HAPI's validator. Codes of systems that are no part of FHIR
 * are held to those that the knowledge lists where a profile binds them, and let pass elsewhere. Making one takes seconds and
 * some 180 MB; used by one thread.
 */
public final class ResourceValidator {

    private static final String VALUE_SETS = "/fhir-profiles/valuesets/ValueSet-";
    private static final String RESULT_STATUS = "setpoint-result-status";

    private final FhirValidator validator;

    public ResourceValidator(Knowledge knowledge) {
        var r4 = FhirContext.forR4Cached();
        validator = r4.newValidator()
                .registerValidatorModule(new FhirInstanceValidator(new ValidationSupportChain(
                        // First, since FHIR names some of the code systems too, without their codes.
                        profiles(r4, knowledge),
                        new DefaultProfileValidationSupport(r4),
                        new CommonCodeSystemsTerminologyService(r4),
                        new InMemoryTerminologyServerValidationSupport(r4),
                        new SnapshotGeneratingValidationSupport(r4))));
    }

    /** What of a resource base R4 does not allow, each with its place; none where it is valid. */
    public List<String> invalid(ObjectNode resource) {
        return faults(resource, new ValidationOptions());
    }

    /** What a valid resource lacks so that every rule can use it as such an input, each with its place. */
    public List<String> lacks(ObjectNode resource, InputProfile profile) {
        return faults(resource, new ValidationOptions().addProfile(profile.url()));
    }

    private List<String> faults(ObjectNode resource, ValidationOptions against) {
        return validator.validateWithResult(resource.toString(), against).getMessages().stream()
                .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
                .map(message -> message.getLocationString() + ": " + message.getMessage())
                .distinct()
                .toList();
    }

    private static IValidationSupport profiles(FhirContext r4, Knowledge knowledge) {
        var profiles = new PrePopulatedValidationSupport(r4);
        var json = r4.newJsonParser();
        for (var profile : InputProfile.values()) {
            profiles.addStructureDefinition(json.parseResource(StructureDefinition.class, shipped(profile.file())));
        }
        Stream.concat(
                        Stream.of(RESULT_STATUS),
                        Arrays.stream(InputProfile.values()).flatMap(profile -> profile.valueSets().stream()))
                .distinct()
                .forEach(id -> profiles.addValueSet(valueSet(json, id)));
        listedCodes(knowledge).forEach(profiles::addCodeSystem);
        return profiles;
    }

    private static ValueSet valueSet(IParser json, String id) {
        var set = json.parseResource(ValueSet.class, shipped(VALUE_SETS + id + ".json"));
        // What filters would add only a terminology server can say; what the knowledge knows stands in the expansion.
        if (set.hasExpansion()) {
            var listed = new ValueSetComposeComponent();
            set.getExpansion().getContains().forEach(code -> listed.addInclude()
                    .setSystem(code.getSystem())
                    .addConcept()
                    .setCode(code.getCode()));
            set.setCompose(listed).setExpansion(null);
        }
        return set;
    }

    private static String shipped(String file) {
        try (InputStream resource = ResourceValidator.class.getResourceAsStream(file)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Fragments: a code that the knowledge does not list may be right all the same. */
    private static List<CodeSystem> listedCodes(Knowledge knowledge) {
        Map<String, CodeSystem> systems = new TreeMap<>();
        for (Code code : knowledge.terminology().all()) {
            systems.computeIfAbsent(code.system(), ResourceValidator::fragment)
                    .addConcept()
                    .setCode(code.code())
                    .setDisplay(code.display());
        }
        return List.copyOf(systems.values());
    }

    private static CodeSystem fragment(String url) {
        return new CodeSystem()
                .setUrl(url)
                .setStatus(PublicationStatus.ACTIVE)
                .setContent(CodeSystemContentMode.FRAGMENT);
    }
}
