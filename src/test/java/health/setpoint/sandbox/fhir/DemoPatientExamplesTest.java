package health.setpoint.sandbox.fhir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The examples to load into another server are the sandbox's patients, as they were on one day. */
class DemoPatientExamplesTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-30");
    private static final Path EXAMPLES = Path.of("fhir-profiles/bundles");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Written anew with {@code -Dsetpoint.examples=write}. */
    @TestFactory
    Stream<DynamicTest> anExampleIsThePatientOfItsDay() {
        return DemoPatients.on(DAY).stream()
                .map(patient -> dynamicTest(patient.id(), () -> {
                    var file = EXAMPLES.resolve("Bundle-" + patient.id() + ".json");
                    if ("write".equals(System.getProperty("setpoint.examples"))) {
                        Files.writeString(file, patient.chart().toPrettyString() + "\n");
                    }
                    assertEquals(JSON.readTree(patient.chart().toString()), JSON.readTree(Files.readString(file)));
                }));
    }
}
