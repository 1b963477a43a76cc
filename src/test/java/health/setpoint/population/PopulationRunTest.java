package health.setpoint.population;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.http.body.RequestJson;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.population.decision.PatientEvaluation;
import health.setpoint.population.decision.PatientRecord;
import health.setpoint.population.decision.PopulationSite;
import health.setpoint.population.decision.WorklistRow;
import health.setpoint.population.synthetic.SyntheticClinic;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports as they come: what is in the results, what is named as rejected, and what a broken run leaves. */
class PopulationRunTest {

    private static final Knowledge KNOWLEDGE = Knowledge.load();
    private static final PopulationSite SITE = PopulationSite.standard(KNOWLEDGE, ZoneOffset.UTC);
    private static final LocalDate DAY = LocalDate.of(2026, 11, 30);
    private static final LocalDateTime NOW = DAY.atTime(12, 0);

    @TempDir
    private Path folder;

    @Test
    void eachRowOfAClinicIsWhatAllItsLinesSayUnfiltered() throws Exception {
        var input = folder.resolve("clinic");
        new SyntheticClinic(7, DAY, 60).write(300, input);
        var rows = rows(run(input));
        var lines = new Unfiltered(input);
        assertEquals(300, lines.byPatient.size());
        var expected = new TreeMap<String, ObjectNode>();
        var evaluation = new PatientEvaluation(SITE, NOW);
        lines.byPatient.forEach((id, resources) -> {
            var patient = new PatientRecord(id, resources, Set.of());
            var evaluated =
                    evaluation.evaluate(patient, reference -> Optional.ofNullable(lines.medications.get(reference)));
            if (WorklistRow.isWorthARow(patient, evaluated)) {
                expected.put(id, WorklistRow.of(id, patient, evaluated));
            }
        });
        // Of three men a line was cut off: their rows say so, and advise on the rest.
        var incomplete = rows.values().stream()
                .filter(row -> row.path("state").asText().equals("incomplete"))
                .map(row -> row.path("patient").asText())
                .collect(Collectors.toSet());
        assertEquals(Set.of("man-7-96", "man-7-193", "man-7-290"), incomplete);
        incomplete.forEach(id -> {
            rows.remove(id);
            expected.remove(id);
        });
        assertTrue(expected.size() > 250);
        assertEquals(expected.keySet(), rows.keySet());
        expected.forEach((id, row) -> assertEquals(row.toString(), rows.get(id).toString()));
    }

    @Test
    void linesThatCannotBeReadAreNamedAndEndNothing() throws Exception {
        var input = Files.createDirectory(folder.resolve("in"));
        write(
                input.resolve("Patient.ndjson"),
                "\uFEFF" + man("a"),
                "",
                "   ",
                man("b") + "\r",
                "no json",
                "{}",
                "[1]",
                "{\"resourceType\":\"Patient\"}");
        write(
                input.resolve("Observation.ndjson"),
                estradiol("Patient/a", "e1", "72"),
                estradiol("Patient/b", "e2", "72").replace("\"unit\"", "\"value\""),
                estradiol("Patient/b", "e3", "72").substring(0, 150),
                "{\"resourceType\":\"Bundle\",\"type\":\"collection\"}",
                estradiol("Group/g", "e4", "72"),
                estradiol("#contained", "e5", "72"),
                estradiol("Patient/b", "e6", "72"));
        var output = run(input);
        var rejects = Files.readAllLines(output.resolve("rejects.ndjson")).stream()
                .map(PopulationRunTest::json)
                .map(line ->
                        line.path("file").asText() + ":" + line.path("line").asInt() + " "
                                + line.path("resource").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                Set.of(
                        "Patient.ndjson:5 ",
                        "Patient.ndjson:6 ",
                        "Patient.ndjson:7 ",
                        "Patient.ndjson:8 Patient/",
                        "Observation.ndjson:2 Observation/e2",
                        "Observation.ndjson:3 Observation/e3",
                        "Observation.ndjson:4 ",
                        "Observation.ndjson:6 Observation/e5"),
                rejects);
        assertEquals("incomplete", rows(output).get("b").path("state").asText());
        assertFalse(Files.readString(output.resolve("rejects.ndjson")).contains("pg/mL"), "no content");
    }

    @Test
    void zippedFilesReferencesOfEveryFormAndSeparateMedicationsAreOneMansData() throws Exception {
        var input = Files.createDirectories(folder.resolve("in/below")).getParent();
        zipped(input.resolve("Patient.ndjson.gz"), man("a"));
        write(
                input.resolve("below/Observation.1.ndjson"),
                estradiol("https://ehr.example/fhir/Patient/a/_history/3", "e1", "14.5"),
                estradiol("a", "e2", "18.5").replace("2026-11-20", "2026-08-20"));
        write(
                input.resolve("MedicationRequest.ndjson"),
                order("urn:uuid:a", "\"medicationReference\":{\"reference\":\"Medication/m\"}"),
                order("Patient/a", "\"medicationCodeableConcept\":{\"text\":\"testosterone cypionate 200 mg/mL\"}")
                        .replace("1 mg twice", "100 mg IM once"));
        write(
                input.resolve("Medication.ndjson"),
                "{\"resourceType\":\"Medication\",\"id\":\"m\",\"code\":{\"text\":\"anastrozole 1 mg tablet\"}}");
        var row = rows(run(input)).get("a");
        assertEquals("reduce", row.path("advice").asText(), row::toPrettyString);
        assertEquals("[\"anastrozole\",\"testosterone\"]", row.path("running").toString());
        assertEquals("14.5", row.path("estradiol").path("value").asText());
    }

    @Test
    void whatWasDeletedCountsForNothing() throws Exception {
        var input = Files.createDirectory(folder.resolve("in"));
        write(input.resolve("Patient.ndjson"), man("a"), man("b"));
        write(
                input.resolve("Observation.ndjson"),
                estradiol("Patient/a", "e1", "14.5"),
                estradiol("Patient/b", "e9", "14.5"));
        write(
                input.resolve("MedicationRequest.ndjson"),
                order("Patient/a", "\"medicationCodeableConcept\":{\"text\":\"anastrozole 1 mg tablet\"}"),
                order("Patient/b", "\"medicationCodeableConcept\":{\"text\":\"anastrozole 1 mg tablet\"}"));
        write(
                input.resolve("deleted.ndjson"),
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
                        + "{\"request\":{\"method\":\"DELETE\",\"url\":\"Observation/e1\"}},"
                        + "{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient/b\"}}]}");
        var rows = rows(run(input));
        assertEquals(Set.of("a"), rows.keySet());
        assertFalse(rows.get("a").has("estradiol"));
    }

    @Test
    void aFileThatBreaksOffGivesTheLinesBeforeAndIsNamed() throws Exception {
        var input = Files.createDirectory(folder.resolve("in"));
        write(input.resolve("Patient.ndjson"), man("a"));
        var whole = input.resolve("MedicationRequest.ndjson.gz");
        var lines = new ArrayList<String>();
        for (int i = 0; i < 20_000; i++) {
            lines.add(order("Patient/a", "\"medicationCodeableConcept\":{\"text\":\"anastrozole 1 mg tablet\"}")
                    .replace("order-", "order-" + i + "-" + Integer.toHexString(i * 0x9E3779B9)));
        }
        zipped(whole, lines.toArray(String[]::new));
        var bytes = Files.readAllBytes(whole);
        Files.write(whole, Arrays.copyOf(bytes, bytes.length / 2));
        var output = run(input);
        assertTrue(Files.readString(output.resolve("rejects.ndjson")).contains("the file breaks off"));
        assertTrue(rows(output).containsKey("a"));
    }

    @Test
    void aRunThatWasKilledGoesOnAndGivesTheSame() throws Exception {
        var input = folder.resolve("clinic");
        new SyntheticClinic(3, DAY, 40).write(150, input);
        var expected = Files.readString(run(input).resolve("worklist.ndjson"));
        var output = folder.resolve("again");
        var killed = new PopulationRun(
                options(input, output, ShownNames.ids(Optional.empty())), new PrintStream(new OutputStream() {
                    private int seen;

                    @Override
                    public void write(int b) {
                        if (++seen > 60) {
                            throw new IllegalStateException("killed");
                        }
                    }
                }));
        assertThrows(Exception.class, killed::run);
        assertFalse(Files.exists(output));
        var told = new ByteArrayOutputStream();
        new PopulationRun(options(input, output, ShownNames.ids(Optional.empty())), new PrintStream(told)).run();
        assertTrue(told.toString(StandardCharsets.UTF_8).contains("going on"), told::toString);
        assertEquals(expected, Files.readString(output.resolve("worklist.ndjson")));
        assertFalse(told.toString(StandardCharsets.UTF_8).contains("man-"), "no patient in what is told");
    }

    @Test
    void onlyTheOwnerMayReadAndNothingIsOverwritten() throws Exception {
        var input = folder.resolve("clinic");
        new SyntheticClinic(3, DAY, 30).write(5, input);
        var output = run(input);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(output)));
        try (var files = Files.list(output)) {
            for (var file : files.toList()) {
                assertEquals(
                        "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                        file::toString);
            }
        }
        assertFalse(Files.exists(folder.resolve("out.partial")));
        assertThrows(PopulationRun.Refused.class, () -> run(input));
    }

    @Test
    void underPseudonymsNoIdIsWrittenAndEqualIdsStayEqual() throws Exception {
        var input = folder.resolve("clinic");
        new SyntheticClinic(3, DAY, 30).write(200, input);
        var names = ShownNames.pseudonyms(folder.resolve("key"));
        var output = folder.resolve("hashed");
        new PopulationRun(options(input, output, names), quiet()).run();
        try (var files = Files.list(output)) {
            for (var file : files.toList()) {
                assertFalse(Files.readString(file).contains("man-3-"), file::toString);
            }
        }
        var again = ShownNames.pseudonyms(folder.resolve("key"));
        assertTrue(rows(output).containsKey(again.of("Patient", "man-3-1")));
    }

    // --- what is written and read

    private Path run(Path input) throws Exception {
        var output = folder.resolve("out");
        new PopulationRun(options(input, output, ShownNames.ids(Optional.empty())), quiet()).run();
        return output;
    }

    private static PopulationOptions options(Path input, Path output, ShownNames names) {
        return new PopulationOptions(
                input, output, NOW, SITE, Optional.empty(), 2, names, 5, "Nobody has signed it.", false);
    }

    private static PrintStream quiet() {
        return new PrintStream(OutputStream.nullOutputStream());
    }

    private static Map<String, ObjectNode> rows(Path output) throws IOException {
        var rows = new TreeMap<String, ObjectNode>();
        for (var line : Files.readAllLines(output.resolve("worklist.ndjson"))) {
            var row = (ObjectNode) json(line);
            rows.put(row.path("patient").asText(), row);
        }
        return rows;
    }

    private static String man(String id) {
        return "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"gender\":\"male\",\"birthDate\":\"1980-01-01\"}"
                .formatted(id);
    }

    private static String estradiol(String subject, String id, String value) {
        return """
                {"resourceType":"Observation","id":"%s","subject":{"reference":"%s"},"status":"final",\
                "code":{"coding":[{"system":"http://loinc.org","code":"2243-4"}]},"effectiveDateTime":"2026-11-20",\
                "valueQuantity":{"value":%s,"unit":"pg/mL"}}""".formatted(id, subject, value);
    }

    private static String order(String subject, String drug) {
        return """
                {"resourceType":"MedicationRequest","id":"order-%s","subject":{"reference":"%s"},"status":"active","intent":"order",\
                %s,"authoredOn":"2026-01-10","dosageInstruction":[{"text":"1 mg twice weekly"}]}""".formatted(subject.replaceAll("[^a-z]", "-"), subject, drug);
    }

    private static void write(Path file, String... lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private static void zipped(Path file, String... lines) throws IOException {
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static JsonNode json(String text) {
        try {
            return RequestJson.exact().readTree(text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Every line of an export by patient, read by other code than the run's. */
    private static final class Unfiltered {

        private final Map<String, List<ObjectNode>> byPatient = new TreeMap<>();
        private final Map<String, ObjectNode> medications = new HashMap<>();

        Unfiltered(Path folder) throws IOException {
            var deleted = new ArrayList<String>();
            try (var files = Files.walk(folder)) {
                for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                    var bytes = Files.readAllBytes(file);
                    if (file.toString().endsWith(".gz")) {
                        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                            bytes = in.readAllBytes();
                        }
                    }
                    for (var line : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
                        if (!line.contains("\"status\":\"fin\"") && line.endsWith("}")) {
                            add((ObjectNode) json(line), deleted);
                        }
                    }
                }
            }
            byPatient
                    .values()
                    .forEach(resources -> resources.removeIf(resource ->
                            deleted.contains(resource.path("resourceType").asText() + "/"
                                    + resource.path("id").asText())));
        }

        private void add(ObjectNode resource, List<String> deleted) {
            switch (resource.path("resourceType").asText()) {
                case "Bundle" ->
                    resource.path("entry")
                            .forEach(entry ->
                                    deleted.add(entry.at("/request/url").asText()));
                case "Medication" ->
                    medications.put("Medication/" + resource.path("id").asText(), resource);
                case "Patient" -> of(resource.path("id").asText()).add(resource);
                default -> {
                    var subject = resource.at("/subject/reference").asText();
                    if (!subject.isEmpty()) {
                        of(subject.substring(subject.lastIndexOf('/') + 1)).add(resource);
                    }
                }
            }
        }

        private List<ObjectNode> of(String patient) {
            return byPatient.computeIfAbsent(patient, none -> new ArrayList<>());
        }
    }
}
