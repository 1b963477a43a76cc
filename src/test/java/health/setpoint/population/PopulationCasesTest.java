package health.setpoint.population;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.http.body.RequestJson;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.population.decision.PatientEvaluation;
import health.setpoint.population.decision.PatientRecord;
import health.setpoint.population.decision.PopulationSite;
import health.setpoint.population.decision.WorklistRow;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The charts that real EHRs send, as lines of one export: what the first look at the lines leaves out never changes what the
 * rules say.
 */
class PopulationCasesTest {

    private static final List<Path> FOLDERS =
            List.of(Path.of("src/test/resources/cases"), Path.of("src/test/resources/calls"));

    @TempDir
    private Path folder;

    private final Map<String, List<ObjectNode>> patients = new TreeMap<>();
    private final Map<String, ObjectNode> medications = new TreeMap<>();

    @Test
    void eachOddChartIsDecidedAsIfEveryLineOfItHadBeenRead() throws Exception {
        for (var root : FOLDERS) {
            try (Stream<Path> files = Files.walk(root)) {
                for (var file : files.filter(each -> each.toString().endsWith(".json"))
                        // That one is no JSON, and is to be none.
                        .filter(each -> !each.toString().contains("trailing-text"))
                        .sorted()
                        .toList()) {
                    take(file);
                }
            }
        }
        assertTrue(patients.size() > 40, () -> "only " + patients.size());
        var input = Files.createDirectory(folder.resolve("in"));
        var lines = new ArrayList<String>();
        patients.values().forEach(resources -> resources.forEach(each -> lines.add(each.toString())));
        medications.values().forEach(each -> lines.add(each.toString()));
        Files.write(input.resolve("all.ndjson"), lines);
        var site = PopulationSite.standard(Knowledge.load(), ZoneOffset.UTC);
        var now = LocalDate.of(2026, 11, 29).atTime(15, 0);
        var output = folder.resolve("out");
        new PopulationRun(
                        new PopulationOptions(
                                input,
                                output,
                                now,
                                site,
                                Optional.empty(),
                                2,
                                ShownNames.ids(Optional.empty()),
                                5,
                                "signed by nobody",
                                false),
                        new PrintStream(OutputStream.nullOutputStream()))
                .run();
        assertEquals("", Files.readString(output.resolve("rejects.ndjson")));
        var rows = new TreeMap<String, String>();
        for (var line : Files.readAllLines(output.resolve("worklist.ndjson"))) {
            rows.put(RequestJson.exact().readTree(line).path("patient").asText(), line);
        }
        var evaluation = new PatientEvaluation(site, now);
        var advised = 0;
        for (var patient : patients.entrySet()) {
            var record = new PatientRecord(patient.getKey(), patient.getValue(), Set.of());
            var evaluated = evaluation.evaluate(record, reference -> Optional.ofNullable(medications.get(reference)));
            if (WorklistRow.isWorthARow(record, evaluated)) {
                assertEquals(
                        WorklistRow.of(patient.getKey(), record, evaluated).toString(),
                        rows.get(patient.getKey()),
                        patient.getKey());
                advised++;
            } else {
                assertTrue(!rows.containsKey(patient.getKey()), patient.getKey());
            }
        }
        assertTrue(advised > 30, "only " + advised);
    }

    /** The chart of one call, as a patient of his own. */
    private void take(Path file) throws IOException {
        var text = Files.readString(file);
        var call = RequestJson.exact().readTree(text);
        var old = call.at("/context/patientId").asText().replace("Patient/", "");
        if (old.isEmpty() || !call.path("prefetch").isObject()) {
            return;
        }
        var id = "case-" + patients.size();
        var mine = RequestJson.exact()
                .readTree(text.replace("Patient/" + old, "Patient/" + id)
                        .replace("\"id\":\"" + old + "\"", "\"id\":\"" + id + "\"")
                        .replace("\"id\": \"" + old + "\"", "\"id\": \"" + id + "\"")
                        .replace("Medication/", "Medication/" + id + "-"));
        var resources = new ArrayList<ObjectNode>();
        mine.path("prefetch").forEach(each -> collect(each, id, resources));
        patients.put(id, resources);
    }

    private void collect(JsonNode node, String id, List<ObjectNode> resources) {
        if (!(node instanceof ObjectNode resource)) {
            return;
        }
        switch (resource.path("resourceType").asText()) {
            case "Bundle" ->
                FhirJson.allObjects(resource, "entry").forEach(entry -> collect(entry.path("resource"), id, resources));
            case "" -> collect(resource.path("resource"), id, resources);
            case "OperationOutcome" -> {}
            case "Medication" -> {
                resource.put("id", id + "-" + resource.path("id").asText());
                medications.put("Medication/" + resource.path("id").asText(), resource);
            }
            default -> {
                // A line of an export names its patient.
                if (resource.path("resourceType").asText().equals("Patient")) {
                    resource.put("id", id);
                } else if (!resource.has("subject") && !resource.has("patient")) {
                    resource.putObject("subject").put("reference", "Patient/" + id);
                }
                resources.add(resource);
            }
        }
    }
}
