package health.setpoint.knowledge.terminology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The address of a code system")
class CodeSystemUrisTest {

    @Test
    @DisplayName("means the same here and in the table of the knowledge")
    void sameAsTheTable() throws IOException {
        var rows = Files.readAllLines(Path.of("src/main/resources/knowledge/systems.csv"));
        int compared = 0;
        for (var row : rows.subList(1, rows.size())) {
            var system = row.split(",")[0];
            var written = row.split(",")[1];
            var canonical = CodeSystemUris.canonical(written);
            if (CodeSystemUris.isKnown(canonical)) {
                assertEquals(system, canonical, written);
                compared++;
            }
        }
        assertTrue(compared >= 14, "the table names each system by its address and by its OID: " + compared);
    }

    @ParameterizedTest
    @CsvSource({
        "https://loinc.org/, http://loinc.org",
        "http://snomed.info/sct/731000124108/version/20260301, http://snomed.info/sct",
        "http://hl7.org/fhir/sid/icd-10, http://hl7.org/fhir/sid/icd-10-cm",
        "https://ehr.example/codes/, http://ehr.example/codes"
    })
    @DisplayName("is brought to one form")
    void oneForm(String written, String canonical) {
        assertEquals(canonical, CodeSystemUris.canonical(written));
    }
}
