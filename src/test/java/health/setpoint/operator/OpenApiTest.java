package health.setpoint.operator;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import health.setpoint.hook.Calls;
import health.setpoint.http.error.PublicPaths;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The document under {@code /q/openapi}: complete, and true of what is sent and answered. */
@QuarkusTest
class OpenApiTest {

    private static final String ID = "{id}";

    @Inject
    @All
    List<PublicPaths> paths;

    @Test
    void everyPathOfEveryResourceIsThere() {
        var ofResources = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("health.setpoint")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(Path.class) && !isOfTheSandbox(type))
                        .flatMap(type -> type.getMethods().stream()
                                .filter(OpenApiTest::answers)
                                .map(method -> path(type, method)))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(ofResources.size() >= 9, ofResources::toString);
        assertEquals(ofResources, documented());
    }

    /** Pages and the play EHR's own server are no part of the API. */
    private static boolean isOfTheSandbox(JavaClass type) {
        return Stream.of("health.setpoint.sandbox", "health.setpoint.app")
                .anyMatch(room -> type.getPackageName().startsWith(room));
    }

    private static boolean answers(JavaMethod method) {
        return method.getAnnotations().stream()
                .anyMatch(each -> each.getRawType().isAnnotatedWith(jakarta.ws.rs.HttpMethod.class));
    }

    private static String path(JavaClass type, JavaMethod method) {
        var own = method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
        return type.getAnnotationOfType(Path.class).value() + own;
    }

    @Test
    void everyPathThatTheLogMayNameIsThere() {
        var services = Set.of("titration-order-select", "titration-order-sign", "titration-patient-view");
        var documented = documented().stream()
                .flatMap(path -> path.contains(ID)
                        ? services.stream().map(service -> path.replace(ID, service))
                        : List.of(path).stream())
                .collect(Collectors.toSet());
        paths.stream()
                .map(PublicPaths::paths)
                .flatMap(Collection::stream)
                .forEach(path -> assertTrue(documented.contains(path), path));
    }

    @Test
    void everyOperationSaysWhatItIsForWhatItAnswersAndHowItRefuses() {
        for (var path : document().path("paths")) {
            for (var operation : path) {
                var id = operation.path("operationId").asText();
                assertAll(
                        id,
                        () -> assertFalse(operation.path("summary").asText().isBlank()),
                        () -> assertFalse(operation.path("tags").isEmpty()),
                        () -> assertFalse(operation
                                .at("/responses/200/content")
                                .findValues("schema")
                                .isEmpty()),
                        () -> assertEquals(
                                "#/components/responses/Refusal",
                                operation.at("/responses/default/$ref").asText()));
            }
        }
    }

    @Test
    void theSamplesAndTheirAnswersAreAsTheDocumentSays() {
        for (var hook : List.of("order-select", "order-sign", "patient-view")) {
            var sample = given().get("/samples/" + hook + ".json").asString();
            hold("HookRequest", sample);
            var answer = given().contentType("application/json")
                    .queryParam("explain", true)
                    .body(sample)
                    .post("/cds-services/titration-" + hook)
                    .asString();
            assertFalse(Calls.json(answer).path("cards").isEmpty());
            hold("HookAnswer", answer);
        }
    }

    @Test
    void whatIsARecordInTheCodeIsAnsweredAsTheDocumentSays() {
        hold("Services", given().get("/cds-services").asString());
        hold("SourceAttributes", given().get("/dsi/source-attributes").asString());
        hold("Report", given().get("/journal/report").asString());
        hold("DecisionLine", firstLine("decisions"));
    }

    @Test
    void aRefusalIsAsTheDocumentSays() {
        hold("OperationOutcome", given().get("/samples/none.json").asString());
    }

    @Test
    void whatTheDocumentDoesNotSayIsFound() {
        assertFalse(faults("Report", "{\"from\": 1}").isEmpty());
        assertFalse(faults("HookRequest", "{\"hook\": \"order-sign\"}").isEmpty());
        assertFalse(faults("HookAnswer", "{\"cards\": [{\"summary\": \"no more\"}]}")
                .isEmpty());
    }

    private static String firstLine(String export) {
        var sample = given().get("/samples/patient-view.json").asString();
        given().contentType("application/json").body(sample).post("/cds-services/titration-patient-view");
        return given().get("/journal/" + export + ".ndjson")
                .asString()
                .lines()
                .findFirst()
                .orElseThrow();
    }

    private static void hold(String schema, String json) {
        assertEquals(Set.of(), faults(schema, json), schema);
    }

    private static Set<ValidationMessage> faults(String schema, String json) {
        return schema(schema).validate(Calls.json(json));
    }

    private static JsonSchema schema(String name) {
        var whole = (com.fasterxml.jackson.databind.node.ObjectNode) document();
        whole.put("$ref", "#/components/schemas/" + name);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
    }

    private static TreeSet<String> documented() {
        return StreamSupport.stream(
                        ((Iterable<String>) () -> document().path("paths").fieldNames()).spliterator(), false)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonNode document() {
        return Calls.json(given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }
}
