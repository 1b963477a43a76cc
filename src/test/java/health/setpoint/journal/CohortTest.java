package health.setpoint.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.Titration;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.facts.Facts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Generated patients, each with everything that the rules said, in the journal's own form. How they were chosen stands in
 * {@code src/test/resources/clinic/README.md}. A wanted change is written with {@code -Dsetpoint.cohort=write}; its
 * difference is then read line by line.
 */
class CohortTest {

    private static final Path COHORT = Path.of("src/test/resources/clinic/cohort.ndjson");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    record Patient(int line, Facts facts, String advice) {}

    private static final List<Patient> PATIENTS = patients();
    private static final Knowledge KNOWLEDGE = Knowledge.load();

    @Test
    void everyPatientGetsTheAdviceThatWasKept() throws IOException {
        if ("write".equals(System.getProperty("setpoint.cohort"))) {
            Files.write(COHORT, PATIENTS.stream().map(CohortTest::line).toList());
            return;
        }
        for (Patient patient : PATIENTS) {
            assertEquals(patient.advice(), advice(patient.facts()), "line " + patient.line());
        }
    }

    private static String advice(Facts facts) {
        return StoredDecision.written(Titration.advise(facts, KNOWLEDGE.on(facts.today())));
    }

    private static String line(Patient patient) {
        return "{\"facts\":%s,\"advice\":%s}".formatted(RecordJson.write(patient.facts()), advice(patient.facts()));
    }

    static List<Patient> patients() {
        try {
            var lines = Files.readAllLines(COHORT);
            return IntStream.range(0, lines.size())
                    .mapToObj(index -> patient(index + 1, lines.get(index)))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Patient patient(int line, String json) {
        try {
            JsonNode kept = JSON.readTree(json);
            Facts facts = RecordJson.read(kept.path("facts").toString(), Facts.class);
            Advice advice = RecordJson.read(kept.path("advice").toString(), Advice.class);
            return new Patient(line, facts, StoredDecision.written(advice));
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }
}
