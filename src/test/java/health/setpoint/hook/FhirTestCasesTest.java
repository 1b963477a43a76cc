package health.setpoint.hook;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A fixed sample of the resources with which FHIR validators are tested; all of them in a profile of their own. */
class FhirTestCasesTest {

    @TestFactory
    Stream<DynamicTest> anOddResourceNeverBreaksACall() throws IOException, URISyntaxException {
        var folder =
                Path.of(FhirTestCasesTest.class.getResource("/fhir-test-cases").toURI());
        return Files.list(folder)
                .filter(file -> file.toString().endsWith(".json"))
                .sorted()
                .map(file -> DynamicTest.dynamicTest(
                        file.getFileName().toString(), () -> FhirTestCase.judge(Files.readAllBytes(file))));
    }
}
