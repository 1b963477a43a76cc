package health.setpoint.judge;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cqframework.cql.cql2elm.CqlTranslator;
import org.cqframework.cql.cql2elm.LibraryManager;
import org.cqframework.cql.cql2elm.ModelManager;
import org.cqframework.cql.cql2elm.StringLibrarySourceProvider;
import org.cqframework.cql.cql2elm.quick.FhirLibrarySourceProvider;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.hl7.fhir.r4.model.TriggerDefinition;

/** The libraries of CQL as Library resources, with ELM beside the CQL, and a PlanDefinition for each hook. */
final class LogicResources {

    static final Path PACKAGE = Path.of("fhir-profiles");
    private static final String BASE = "http://setpoint.health/fhir/";
    private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";
    private static final String ADVICE = "SetpointAdvice";
    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final Pattern INCLUDED = Pattern.compile("(?m)^include (\\w+) version '([^']+)'");

    private static final Map<String, String> TITLES = new TreeMap<>(Map.of(
            "SetpointConcepts",
            "Codes of the knowledge's tables",
            "SetpointConfig",
            "Numbers of the knowledge, each a parameter with its default",
            "SetpointElements",
            "What is read of a man: drugs, results, problems, symptoms",
            "SetpointGates",
            "Phase A: who is not spoken of, or not in this way",
            "SetpointSafety",
            "Phases B and C: orders, interactions, conditions",
            "SetpointTitration",
            "Phases D to F: is the estradiol fit to decide, and what follows",
            "SetpointMonitoring",
            "The monitoring calendar",
            ADVICE,
            "What is said at a hook"));

    private static final Map<String, String> HOOKS = new TreeMap<>(Map.of(
            "patient-view", "the chart is opened",
            "order-select", "an order is being chosen",
            "order-sign", "orders are about to be signed"));

    private LogicResources() {}

    /** Every resource by the file in which it stands, each as indented JSON. */
    static Map<Path, String> written() {
        Map<Path, String> files = new TreeMap<>();
        Map<String, String> sources = sources();
        var libraries = libraries(sources);
        sources.forEach((name, cql) -> put(files, "libraries", library(name, cql, libraries)));
        HOOKS.forEach((hook, moment) -> put(files, "plandefinitions", plan(hook, moment)));
        return files;
    }

    private static void put(Map<Path, String> files, String folder, MetadataResource resource) {
        var name = resource.fhirType() + "-" + resource.getIdElement().getIdPart() + ".json";
        files.put(
                PACKAGE.resolve(folder).resolve(name),
                FHIR.newJsonParser().setPrettyPrint(true).encodeResourceToString(resource) + "\n");
    }

    private static <R extends MetadataResource> R described(R resource, String name, String title) {
        resource.setVersion(ConfigLibrary.packageVersion());
        resource.setName(name);
        resource.setTitle(title);
        resource.setStatus(PublicationStatus.DRAFT);
        resource.setExperimental(true);
        resource.setDateElement(new DateTimeType("2026-01-01"));
        resource.setPublisher("Setpoint");
        resource.setUrl(
                BASE + resource.fhirType() + "/" + resource.getIdElement().getIdPart());
        return resource;
    }

    private static Library library(String name, String cql, LibraryManager libraries) {
        var library = new Library();
        library.setId(name);
        described(library, name, TITLES.get(name));
        library.setDescription(TITLES.get(name) + ". No clinician has signed it yet.");
        library.setType(new CodeableConcept(new Coding(TERMINOLOGY + "library-type", "logic-library", null)));
        var included = INCLUDED.matcher(cql);
        while (included.find()) {
            var base = included.group(1).equals("FHIRHelpers") ? "http://hl7.org/fhir/" : BASE;
            library.addRelatedArtifact()
                    .setType(RelatedArtifact.RelatedArtifactType.DEPENDSON)
                    .setResource(base + "Library/" + included.group(1) + "|" + included.group(2));
        }
        library.addContent(attachment("text/cql", cql));
        library.addContent(attachment("application/elm+json", elm(cql, libraries)));
        return library;
    }

    private static Attachment attachment(String type, String content) {
        return new Attachment().setContentType(type).setData(content.getBytes(StandardCharsets.UTF_8));
    }

    private static LibraryManager libraries(Map<String, String> sources) {
        var libraries = new LibraryManager(new ModelManager());
        libraries
                .getLibrarySourceLoader()
                .registerProvider(new StringLibrarySourceProvider(List.copyOf(sources.values())));
        libraries.getLibrarySourceLoader().registerProvider(new FhirLibrarySourceProvider());
        return libraries;
    }

    private static String elm(String cql, LibraryManager libraries) {
        var translator = CqlTranslator.fromText(cql, libraries);
        if (!translator.getErrors().isEmpty()) {
            throw new AssertionError(translator.getErrors().toString());
        }
        try {
            var json = JsonMapper.builder().build();
            return json.writeValueAsString(json.readTree(translator.toJson()));
        } catch (JsonProcessingException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static PlanDefinition plan(String hook, String moment) {
        var plan = new PlanDefinition();
        plan.setId("setpoint-" + hook);
        var words = hook.split("-");
        described(
                plan,
                "Setpoint" + Character.toUpperCase(words[0].charAt(0)) + words[0].substring(1)
                        + Character.toUpperCase(words[1].charAt(0)) + words[1].substring(1),
                "Anastrozole beside testosterone: " + moment);
        plan.setDescription("What estradiol, testosterone, symptoms and drugs imply for anastrozole when " + moment
                + ". All use in men on testosterone is off-label; no clinician has signed it yet.");
        plan.setType(new CodeableConcept(new Coding(TERMINOLOGY + "plan-definition-type", "eca-rule", null)));
        plan.addLibrary(BASE + "Library/" + ADVICE + "|" + ConfigLibrary.packageVersion());
        var action = plan.addAction();
        action.setTitle("Setpoint");
        action.addTrigger().setType(TriggerDefinition.TriggerType.NAMEDEVENT).setName(hook);
        action.addCondition()
                .setKind(PlanDefinition.ActionConditionKind.APPLICABILITY)
                .setExpression(expression("Speaks At " + hook));
        action.addDynamicValue().setPath("action.title").setExpression(expression("Summary At " + hook));
        action.addDynamicValue().setPath("action.priority").setExpression(expression("Priority At " + hook));
        return plan;
    }

    private static Expression expression(String name) {
        return new Expression().setLanguage("text/cql").setExpression(ADVICE + ".\"" + name + "\"");
    }

    private static Map<String, String> sources() {
        try (Stream<Path> files = Files.list(ReferenceEngine.LIBRARIES)) {
            Map<String, String> sources = new TreeMap<>();
            for (var file :
                    files.filter(file -> file.toString().endsWith(".cql")).toList()) {
                sources.put(file.getFileName().toString().replace(".cql", ""), Files.readString(file));
            }
            return sources;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
