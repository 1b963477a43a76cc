package health.setpoint.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.terminology.Code;
import health.setpoint.knowledge.terminology.CodeSystemUris;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.MedicationDispense;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The profiles, value sets and example patients of {@code fhir-profiles} hold together and with the knowledge. */
class FhirProfilesTest {

    private static final Path ROOT = Path.of("fhir-profiles");
    private static final Path SOURCES = ROOT.resolve("input");
    private static final String BASE = "http://setpoint.health/fhir/";
    private static final String UCUM = "http://unitsofmeasure.org";

    /** Codes of no table that examples give: answers to sex at birth and pregnancy, the routes by mouth and into the muscle. */
    private static final Map<String, List<String>> BESIDE = Map.of(
            CodeSystemUris.LOINC, List.of("LA2-8", "LA26683-5"),
            CodeSystemUris.SNOMED_CT, List.of("26643006", "78421000"));

    private static final FhirContext FHIR = FhirContext.forR4();
    private static final Knowledge KNOWLEDGE = Knowledge.load();
    private static final Map<Path, Resource> FILES = new TreeMap<>();
    private static FhirValidator validator;

    @BeforeAll
    static void readAll() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            files.filter(file -> file.toString().endsWith(".json") && !file.startsWith(SOURCES))
                    .forEach(file -> FILES.put(file, parse(file)));
        }
        PrePopulatedValidationSupport ours = new PrePopulatedValidationSupport(FHIR);
        FILES.values().stream()
                .filter(MetadataResource.class::isInstance)
                .map(resource -> resource instanceof ValueSet set ? withoutFilters(set.copy()) : resource)
                .forEach(ours::addResource);
        listedCodeSystems().forEach(ours::addCodeSystem);
        validator = FHIR.newValidator();
        validator.registerValidatorModule(new FhirInstanceValidator(new ValidationSupportChain(
                // First, since FHIR names some of the code systems too, without their codes.
                ours,
                new DefaultProfileValidationSupport(FHIR),
                new CommonCodeSystemsTerminologyService(FHIR),
                new InMemoryTerminologyServerValidationSupport(FHIR),
                new SnapshotGeneratingValidationSupport(FHIR))));
    }

    @TestFactory
    Stream<DynamicTest> everyFileIsValid() {
        return FILES.entrySet().stream()
                .map(file ->
                        dynamicTest(file.getKey().toString(), () -> assertEquals(List.of(), errors(file.getValue()))));
    }

    @TestFactory
    Stream<DynamicTest> everyFileIsNamedByWhatItHolds() {
        return FILES.entrySet().stream()
                .map(file -> dynamicTest(
                        file.getKey().toString(),
                        () -> assertEquals(
                                file.getValue().fhirType() + "-"
                                        + file.getValue().getIdElement().getIdPart() + ".json",
                                file.getKey().getFileName().toString())));
    }

    @Test
    void everyExampleClaimsOneOfTheProfilesAndEveryProfileHasAnExample() {
        Set<String> claimed = new TreeSet<>();
        for (Resource input : examples().toList()) {
            String profile = input.getMeta().getProfile().get(0).getValue();
            assertTrue(profile.startsWith(BASE), profile);
            claimed.add(profile);
        }

        assertEquals(
                of(StructureDefinition.class)
                        .filter(profile -> !profile.getType().equals("Extension"))
                        .map(StructureDefinition::getUrl)
                        .collect(Collectors.toCollection(TreeSet::new)),
                claimed);
    }

    @Test
    void everyVersionIsThatOfTheKnowledge() {
        of(MetadataResource.class)
                .forEach(one -> assertEquals(KnowledgeVocabulary.version(KNOWLEDGE), one.getVersion(), one.getUrl()));
    }

    @Test
    void anEstradiolInAUnitOfTheWrongKindIsRefused() {
        Observation result = example(Observation.class, "a-estradiol");
        result.setValue(
                new Quantity().setValue(50).setUnit("mg/dL").setSystem(UCUM).setCode("mg/dL"));

        refused(result, "setpoint-estradiol-units");
    }

    @Test
    void anEstradiolWithoutUnitIsRefused() {
        Observation result = example(Observation.class, "a-estradiol");
        result.setValue(new Quantity().setValue(50));

        refused(result, "minimum required = 1");
    }

    @Test
    void anEstradiolWrittenAsTextIsRefused() {
        Observation result = example(Observation.class, "a-estradiol");
        result.setValue(new StringType("<5 pg/mL"));

        refused(result, "string");
    }

    @Test
    void anEstradiolWithoutTimeIsRefused() {
        Observation result = example(Observation.class, "a-estradiol");
        result.setEffective(null);

        refused(result, "effective");
    }

    @Test
    void aTestosteroneResultIsNoEstradiolResult() {
        Observation result = example(Observation.class, "a-testosterone");
        result.getMeta().getProfile().get(0).setValue(BASE + "StructureDefinition/setpoint-estradiol-observation");

        refused(result, "setpoint-estradiol-tests");
    }

    @Test
    void aResultEnteredInErrorIsRefused() {
        Observation result = example(Observation.class, "a-estradiol");
        result.setStatus(Observation.ObservationStatus.ENTEREDINERROR);

        refused(result, "setpoint-result-status");
    }

    @Test
    void anOrderOfLetrozoleIsNoOrderOfAnastrozole() {
        MedicationRequest order = example(MedicationRequest.class, "a-anastrozole-order");
        order.getMedicationCodeableConcept()
                .getCodingFirstRep()
                .setCode("200064")
                .setDisplay("letrozole 2.5 MG Oral Tablet");

        refused(order, "setpoint-anastrozole-medications");
    }

    @Test
    void aStatementWithoutDosageIsRefused() {
        MedicationStatement statement = example(MedicationStatement.class, "b-anastrozole-statement");
        statement.setDosage(List.of());

        refused(statement, "dosage");
    }

    @Test
    void aHematocritInAUnitOfHemoglobinIsRefused() {
        Observation result = example(Observation.class, "a-hematocrit");
        result.setValue(
                new Quantity().setValue(15).setUnit("g/dL").setSystem(UCUM).setCode("g/dL"));

        refused(result, "setpoint-hematocrit-units");
    }

    @Test
    void aSymptomThatIsPreliminaryOrNoSymptomIsRefused() {
        Observation answer = example(Observation.class, "a-nipple-tenderness");
        answer.setStatus(Observation.ObservationStatus.PRELIMINARY);
        refused(answer, "setpoint-final-result-status");

        Observation other = example(Observation.class, "a-nipple-tenderness");
        other.getCode().getCodingFirstRep().setCode("64859006").setDisplay("Osteoporosis (disorder)");
        refused(other, "setpoint-symptom-findings");
    }

    @Test
    void aSupplyOfAnotherDrugIsNoSupplyOfTestosterone() {
        MedicationDispense supply = example(MedicationDispense.class, "a-testosterone-dispense");
        supply.getMedicationCodeableConcept()
                .getCodingFirstRep()
                .setCode("199224")
                .setDisplay("anastrozole 1 MG Oral Tablet");

        refused(supply, "setpoint-testosterone-medications");
    }

    @Test
    void anOrderOfATestThatNoCardAsksForIsRefused() {
        ServiceRequest order = example(ServiceRequest.class, "a-estradiol-order");
        order.getCode().getCodingFirstRep().setCode("39156-5").setDisplay("Body Mass Index");

        refused(order, "setpoint-lab-orders");
    }

    @Test
    void answersInProgressAreRefused() {
        QuestionnaireResponse answers = example(QuestionnaireResponse.class, "a-symptom-answers");
        answers.setStatus(QuestionnaireResponse.QuestionnaireResponseStatus.INPROGRESS);

        refused(answers, "setpoint-finished-answers");
    }

    @Test
    void aCodeThatNoTableListsIsRefused() {
        Observation result = example(Observation.class, "a-estradiol");
        result.getCode().getCodingFirstRep().setCode("99999-9");

        refused(result, "99999-9");
    }

    private static void refused(Resource resource, String part) {
        List<String> errors = errors(resource);
        assertFalse(errors.isEmpty());
        assertTrue(errors.stream().anyMatch(error -> error.contains(part)), errors::toString);
    }

    private static List<String> errors(Resource resource) {
        return validator.validateWithResult((IBaseResource) resource).getMessages().stream()
                .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
                .map(FhirProfilesTest::shown)
                .toList();
    }

    private static String shown(SingleValidationMessage message) {
        return message.getLocationString() + ": " + message.getMessage();
    }

    /** What a terminology server would add is not known here: every set lists what is. */
    private static ValueSet withoutFilters(ValueSet set) {
        set.getCompose().getInclude().removeIf(ConceptSetComponent::hasFilter);
        return set;
    }

    /** The code systems as far as the knowledge lists them, so that a code beyond them is an error in an example. */
    private static List<CodeSystem> listedCodeSystems() {
        Map<String, CodeSystem> systems = new TreeMap<>();
        for (Code code : KNOWLEDGE.terminology().all()) {
            if (code.system().startsWith(BASE)) {
                continue;
            }
            systems.computeIfAbsent(code.system(), FhirProfilesTest::codeSystem)
                    .addConcept()
                    .setCode(code.code())
                    .setDisplay(code.display());
        }
        BESIDE.forEach((system, codes) ->
                codes.forEach(code -> systems.get(system).addConcept().setCode(code)));
        return List.copyOf(systems.values());
    }

    private static CodeSystem codeSystem(String url) {
        CodeSystem system = new CodeSystem();
        system.setUrl(url);
        system.setStatus(PublicationStatus.ACTIVE);
        system.setContent(CodeSystemContentMode.COMPLETE);
        return system;
    }

    private static <T extends Resource> Stream<T> of(Class<T> type) {
        return FILES.values().stream().filter(type::isInstance).map(type::cast);
    }

    private static Stream<Resource> examples() {
        return FILES.entrySet().stream()
                .filter(file -> file.getKey().startsWith(ROOT.resolve("examples")))
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparing(resource -> resource.getIdElement().getIdPart()));
    }

    private static <T extends Resource> T example(Class<T> type, String id) {
        return examples()
                .filter(resource -> resource.getIdElement().getIdPart().equals(id))
                .map(type::cast)
                .findFirst()
                .map(resource -> type.cast(resource.copy()))
                .orElseThrow();
    }

    private static Resource parse(Path file) {
        try {
            return (Resource) FHIR.newJsonParser()
                    .setParserErrorHandler(new ca.uhn.fhir.parser.StrictErrorHandler())
                    .parseResource(Files.readString(file));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
