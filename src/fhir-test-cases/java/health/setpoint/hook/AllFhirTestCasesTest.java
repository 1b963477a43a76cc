package health.setpoint.hook;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Every JSON file with which FHIR validators are tested. */
class AllFhirTestCasesTest {

    private static final String FOLDER = "/org/hl7/fhir/testcases";
    private static final int AT_LEAST = 3000;

    @Test
    void noResourceBreaksACall() throws IOException {
        var jar =
                AllFhirTestCasesTest.class.getResource(FOLDER + "/LICENSE.txt").toString();
        var files = new AtomicInteger();
        var answered = new AtomicInteger();
        try (var archive = FileSystems.newFileSystem(URI.create(jar.substring(0, jar.indexOf('!'))), Map.of());
                var found = Files.walk(archive.getPath(FOLDER))) {
            found.filter(file -> file.toString().endsWith(".json")).forEach(file -> {
                try {
                    answered.addAndGet(FhirTestCase.judge(Files.readAllBytes(file)));
                    files.incrementAndGet();
                } catch (Exception | AssertionError broken) {
                    throw new AssertionError(file.toString(), broken);
                }
            });
        }
        System.out.println(files + " files, " + answered + " calls answered with cards or an empty list");
        assertTrue(files.get() > AT_LEAST, files + " files only");
        assertTrue(answered.get() > AT_LEAST, answered + " answers only");
    }
}
