package health.setpoint.profiles;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fetch.HapiServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.utilities.npm.NpmPackage;
import org.junit.jupiter.api.Test;

/** The package can be built anywhere, is read by HL7's own tools, and loads into a plain FHIR server. */
class FhirPackageTest {

    private static final Path ROOT = Path.of("fhir-profiles");
    private static final FhirContext R4 = FhirContext.forR4Cached();
    private static final HttpClient CALLER = HttpClient.newHttpClient();

    /** {@code -Dsetpoint.fhir-package=FILE} keeps it. */
    @Test
    void theSameFilesGiveTheSameBytes() throws IOException {
        var made = FhirPackage.of(ROOT);
        var file = System.getProperty("setpoint.fhir-package", "");
        if (!file.isEmpty()) {
            Files.write(Path.of(file), made);
        }

        assertArrayEquals(made, FhirPackage.of(ROOT));
    }

    @Test
    void theToolsOfHl7FindEveryArtefactInIt() throws IOException {
        var read = NpmPackage.fromPackage(new ByteArrayInputStream(FhirPackage.of(ROOT)));

        assertEquals("health.setpoint.titration", read.name());
        assertEquals(KnowledgeVocabulary.BASE, read.canonical() + "/");
        assertEquals("4.0.1", read.fhirVersion());
        assertEquals(names("profiles", "StructureDefinition"), new TreeSet<>(withoutExtensions(read)));
        var valueSets = read.listResources("ValueSet");
        assertEquals(names("valuesets", "ValueSet"), new TreeSet<>(valueSets));
        for (var name : valueSets) {
            var text = new String(read.load("package", name).readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(Files.readString(ROOT.resolve("valuesets").resolve(name)), text);
        }
        assertTrue(read.list("example").size() > 40);
    }

    @Test
    void everythingLoadsIntoAPlainHapiServerAndIsFoundThere() throws Exception {
        var read = NpmPackage.fromPackage(new ByteArrayInputStream(FhirPackage.of(ROOT)));
        var server = new HapiServer().start();
        try {
            var base = "http://127.0.0.1:" + server.port() + "/fhir";
            var artefacts = new ArrayList<Resource>();
            for (var folder : List.of("package", "example")) {
                for (var name : read.list(folder)) {
                    if (name.matches("[A-Z]\\w+-.*[.]json")) {
                        artefacts.add((Resource) R4.newJsonParser().parseResource(read.load(folder, name)));
                    }
                }
            }
            for (var artefact : artefacts) {
                if (artefact instanceof Bundle) {
                    send(base, "POST", artefact);
                } else {
                    send(base + "/" + address(artefact), "PUT", artefact);
                }
            }
            for (var artefact : artefacts) {
                if (!(artefact instanceof Bundle)) {
                    var kept = CALLER.send(
                            HttpRequest.newBuilder(URI.create(base + "/" + address(artefact)))
                                    .header("Accept", "application/fhir+json")
                                    .build(),
                            BodyHandlers.ofString());
                    assertEquals(200, kept.statusCode(), address(artefact));
                    assertEquals(
                            plain(artefact), plain((Resource) R4.newJsonParser().parseResource(kept.body())));
                }
            }
            assertTrue(artefacts.size() > 200, () -> artefacts.size() + " artefacts");
        } finally {
            server.stop();
        }
    }

    private static void send(String address, String method, Resource resource) throws Exception {
        var answer = CALLER.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", "application/fhir+json")
                        .method(
                                method,
                                HttpRequest.BodyPublishers.ofString(
                                        R4.newJsonParser().encodeResourceToString(resource)))
                        .build(),
                BodyHandlers.ofString());
        assertTrue(answer.statusCode() < 300, () -> address + ": " + answer.statusCode() + " " + answer.body());
    }

    private static String address(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    }

    /** What a server adds of itself is taken away. */
    private static String plain(Resource resource) throws IOException {
        var tree = new ObjectMapper().readTree(R4.newJsonParser().encodeResourceToString(resource));
        if (tree.path("meta") instanceof ObjectNode meta) {
            meta.remove(List.of("versionId", "lastUpdated"));
            if (meta.isEmpty()) {
                ((ObjectNode) tree).remove("meta");
            }
        }
        return tree.toString();
    }

    private static List<String> withoutExtensions(NpmPackage read) throws IOException {
        var extensions = names("extensions", "StructureDefinition");
        return read.listResources("StructureDefinition").stream()
                .filter(name -> !extensions.contains(name))
                .toList();
    }

    private static TreeSet<String> names(String folder, String type) throws IOException {
        try (var files = Files.list(ROOT.resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(type))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
