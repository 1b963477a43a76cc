package health.setpoint.population;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.chart.CodeRelevance;
import health.setpoint.http.body.RequestJson;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.population.bulk.BulkFolder;
import health.setpoint.population.bulk.LineSieve;
import health.setpoint.population.decision.PopulationSite;
import health.setpoint.population.decision.RowFunction;
import health.setpoint.population.synthetic.SyntheticClinic;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function that another engine would run gives the rows of the run on one machine. */
class RowFunctionTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 30);

    @TempDir
    private Path folder;

    @Test
    void groupedByPatientInAnotherWayTheRowsAreTheSame() throws Exception {
        var input = folder.resolve("clinic");
        new SyntheticClinic(5, DAY, 40).write(90, input);
        var site = PopulationSite.standard(Knowledge.load(), ZoneOffset.UTC);
        var output = folder.resolve("out");
        new PopulationRun(
                        new PopulationOptions(
                                input,
                                output,
                                DAY.atTime(12, 0),
                                site,
                                Optional.empty(),
                                1,
                                ShownNames.ids(Optional.empty()),
                                5,
                                "signed by nobody",
                                false),
                        new PrintStream(OutputStream.nullOutputStream()))
                .run();
        var expected = Set.copyOf(Files.readAllLines(output.resolve("worklist.ndjson")));
        assertTrue(expected.size() > 60);
        var sieve = LineSieve.of(new CodeRelevance(site.knowledge(), site.codes(), site.zone(), DAY));
        Map<String, List<String>> byPatient = new TreeMap<>();
        Map<String, String> medications = new HashMap<>();
        for (var file : BulkFolder.of(input).files()) {
            try (var in = file.open()) {
                for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                    sieve.patient(line).ifPresent(patient -> byPatient
                            .computeIfAbsent(patient, none -> new ArrayList<>())
                            .add(line));
                    if (line.startsWith("{\"resourceType\":\"Medication\",")) {
                        medications.put(
                                "Medication/"
                                        + RequestJson.exact()
                                                .readTree(line)
                                                .path("id")
                                                .asText(),
                                line);
                    }
                }
            }
        }
        var function = sent(
                new RowFunction(() -> PopulationSite.standard(Knowledge.load(), ZoneOffset.UTC), DAY.atTime(12, 0)));
        var rows = new HashSet<String>();
        byPatient.forEach((patient, lines) -> function.row(
                        patient, lines.iterator(), reference -> Optional.ofNullable(medications.get(reference)))
                .ifPresent(rows::add));
        assertEquals(expected, rows);
    }

    @Test
    void aBrokenLineMakesTheRowIncomplete() {
        var function =
                new RowFunction(() -> PopulationSite.standard(Knowledge.load(), ZoneOffset.UTC), DAY.atTime(12, 0));
        var row = function.row(
                "a",
                List.of(
                                "{\"resourceType\":\"Patient\",\"id\":\"a\",\"gender\":\"male\"}",
                                "{\"resourceType\":\"Condition\",\"id\":")
                        .iterator(),
                reference -> Optional.empty());
        assertTrue(row.orElseThrow().contains("\"state\":\"incomplete\""), row::toString);
        assertTrue(row.orElseThrow().contains("A line of Condition could not be read."), row::toString);
        var withoutOrders = function.row(
                "a",
                List.of(
                                "{\"resourceType\":\"Patient\",\"id\":\"a\",\"gender\":\"male\"}",
                                "{\"resourceType\":\"MedicationRequest\",\"id\":")
                        .iterator(),
                reference -> Optional.empty());
        assertTrue(withoutOrders.orElseThrow().contains("\"state\":\"refused\""), withoutOrders::toString);
    }

    private static RowFunction sent(RowFunction function) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(function);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (RowFunction) in.readObject();
        }
    }
}
