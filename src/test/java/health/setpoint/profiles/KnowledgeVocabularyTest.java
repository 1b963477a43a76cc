package health.setpoint.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ca.uhn.fhir.context.FhirContext;
import health.setpoint.knowledge.Knowledge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.MetadataResource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The vocabulary of the package is that of the knowledge, file by file. */
class KnowledgeVocabularyTest {

    private static final Path ROOT = Path.of("fhir-profiles");
    private static final Path VOCABULARY = ROOT.resolve("input/vocabulary");
    private static final KnowledgeVocabulary OURS = new KnowledgeVocabulary(Knowledge.load());

    /** Written anew with {@code -Dsetpoint.vocabulary=write}. */
    @TestFactory
    Stream<DynamicTest> aFileHoldsWhatTheTablesHold() {
        return OURS.all().stream()
                .map(resource -> dynamicTest(resource.getId(), () -> {
                    var text = FhirContext.forR4Cached()
                                    .newJsonParser()
                                    .setPrettyPrint(true)
                                    .encodeResourceToString(resource)
                            + "\n";
                    var source = VOCABULARY.resolve(name(resource));
                    var shipped = ROOT.resolve(folder(resource)).resolve(name(resource));
                    if ("write".equals(System.getProperty("setpoint.vocabulary"))) {
                        Files.createDirectories(shipped.getParent());
                        Files.writeString(source, text);
                        Files.writeString(shipped, text);
                    }
                    assertEquals(text, Files.readString(source));
                    assertEquals(text, Files.readString(shipped));
                }));
    }

    @Test
    void noFileIsLeftOver() throws IOException {
        Set<String> written =
                OURS.all().stream().map(KnowledgeVocabularyTest::name).collect(Collectors.toCollection(TreeSet::new));
        try (var files = Files.list(VOCABULARY)) {
            assertEquals(
                    written,
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".json"))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    private static String folder(MetadataResource resource) {
        return resource.fhirType().toLowerCase(java.util.Locale.ROOT) + "s";
    }

    private static String name(MetadataResource resource) {
        return resource.fhirType() + "-" + resource.getId() + ".json";
    }
}
