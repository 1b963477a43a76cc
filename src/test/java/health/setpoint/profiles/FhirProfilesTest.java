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
import health.setpoint.knowledge.Code;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.Terminology;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.therapy.Drug;
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
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The profiles, value sets and example patients of {@code fhir-profiles} hold together and with the knowledge. */
class FhirProfilesTest {

    private static final Path ROOT = Path.of("fhir-profiles");
    private static final String BASE = "http://setpoint.health/fhir/";
    private static final String UCUM = "http://unitsofmeasure.org";

    private static final FhirContext FHIR = FhirContext.forR4();
    private static final Knowledge KNOWLEDGE = Knowledge.load();
    private static final Map<Path, Resource> FILES = new TreeMap<>();
    private static FhirValidator validator;

    @BeforeAll
    static void readAll() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            files.filter(file -> file.toString().endsWith(".json")).forEach(file -> FILES.put(file, parse(file)));
        }
        PrePopulatedValidationSupport ours = new PrePopulatedValidationSupport(FHIR);
        FILES.values().stream()
                .filter(resource -> resource instanceof StructureDefinition || resource instanceof ValueSet)
                .forEach(ours::addResource);
        listedCodeSystems().forEach(ours::addCodeSystem);
        validator = FHIR.newValidator();
        validator.registerValidatorModule(new FhirInstanceValidator(new ValidationSupportChain(
                new DefaultProfileValidationSupport(FHIR),
                ours,
                new CommonCodeSystemsTerminologyService(FHIR),
                new InMemoryTerminologyServerValidationSupport(FHIR),
                new SnapshotGeneratingValidationSupport(FHIR))));
    }

    @Test
    void thereAreSixProfilesAndTwoExamplePatients() {
        assertEquals(6, of(StructureDefinition.class).count());
        assertEquals(
                2,
                of(Bundle.class)
                        .filter(bundle -> bundle.getEntryFirstRep().getResource() instanceof Patient)
                        .count());
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
    void everyExampleInputClaimsOneOfTheProfilesAndEveryProfileHasAnExample() {
        Set<String> claimed = new TreeSet<>();
        for (Resource input : examples().toList()) {
            if (!(input instanceof Patient)) {
                String profile = input.getMeta().getProfile().get(0).getValue();
                assertTrue(profile.startsWith(BASE), profile);
                claimed.add(profile);
            }
        }

        assertEquals(
                of(StructureDefinition.class).map(StructureDefinition::getUrl).collect(Collectors.toSet()), claimed);
    }

    @Test
    void valueSetsOfResultsAreTheCodesThatTheKnowledgeReads() {
        assertEquals(labCodes(Analyte.ESTRADIOL), codes("setpoint-estradiol-tests"));
        assertEquals(labCodes(Analyte.TESTOSTERONE), codes("setpoint-testosterone-tests"));
    }

    @Test
    void valueSetsOfDrugsAreTheCodesThatTheKnowledgeReads() {
        assertEquals(drugCodes(Drug.ANASTROZOLE), codes("setpoint-anastrozole-medications"));
        assertEquals(drugCodes(Drug.TESTOSTERONE), codes("setpoint-testosterone-medications"));
    }

    @Test
    void valueSetsOfUnitsAreTheUnitsThatTheKnowledgeReads() {
        assertEquals(unitCodes(Analyte.ESTRADIOL), codes("setpoint-estradiol-units"));
        assertEquals(unitCodes(Analyte.TESTOSTERONE), codes("setpoint-testosterone-units"));
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

    /** The code systems as far as the knowledge lists them, so that a code beyond them is an error in an example. */
    private static List<CodeSystem> listedCodeSystems() {
        Map<String, CodeSystem> systems = new TreeMap<>();
        for (Code code : KNOWLEDGE.terminology().all()) {
            systems.computeIfAbsent(code.system(), FhirProfilesTest::codeSystem)
                    .addConcept()
                    .setCode(code.code())
                    .setDisplay(code.display());
        }
        return List.copyOf(systems.values());
    }

    private static CodeSystem codeSystem(String url) {
        CodeSystem system = new CodeSystem();
        system.setUrl(url);
        system.setStatus(PublicationStatus.ACTIVE);
        system.setContent(CodeSystemContentMode.COMPLETE);
        return system;
    }

    private static Set<String> labCodes(Analyte analyte) {
        Terminology terminology = KNOWLEDGE.terminology();
        return shown(terminology.codes(analyte).stream().filter(code -> terminology
                .lab(code.system(), code.code())
                .orElseThrow()
                .verified()));
    }

    private static Set<String> drugCodes(Drug drug) {
        Terminology terminology = KNOWLEDGE.terminology();
        return shown(
                terminology.codes(drug).stream().filter(code -> terminology.drugs(code.system(), code.code()).stream()
                        .allMatch(found -> found.verified())));
    }

    private static Set<String> unitCodes(Analyte analyte) {
        return KNOWLEDGE.units().symbols(analyte).stream()
                .map(symbol -> UCUM + "|" + symbol)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> shown(Stream<Code> codes) {
        return codes.map(code -> code.system() + "|" + code.code()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> codes(String valueSet) {
        ValueSet found = of(ValueSet.class)
                .filter(candidate -> candidate.getUrl().equals(BASE + "ValueSet/" + valueSet))
                .findFirst()
                .orElseThrow();
        return found.getCompose().getInclude().stream()
                .flatMap(include ->
                        include.getConcept().stream().map(concept -> include.getSystem() + "|" + concept.getCode()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static <T extends Resource> Stream<T> of(Class<T> type) {
        return FILES.values().stream().filter(type::isInstance).map(type::cast);
    }

    private static Stream<Resource> examples() {
        // The sandbox's patients are transactions; they tell stories, some of them of data that no profile would take.
        return of(Bundle.class)
                .filter(bundle -> bundle.getType() == Bundle.BundleType.COLLECTION)
                .flatMap(bundle -> bundle.getEntry().stream())
                .map(Bundle.BundleEntryComponent::getResource)
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
