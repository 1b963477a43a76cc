package health.setpoint.population;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.http.body.RequestJson;
import health.setpoint.population.bulk.BulkFolder;
import health.setpoint.population.bulk.Intake;
import health.setpoint.population.bulk.OwnFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is written of a run, out of what its parts left. */
final class RunResults {

    private final PopulationOptions options;
    private final BulkFolder folder;
    private final Path work;
    private final int parts;
    private final Intake intake;

    RunResults(PopulationOptions options, BulkFolder folder, Path work, int parts, Intake intake) {
        this.options = options;
        this.folder = folder;
        this.work = work;
        this.parts = parts;
        this.intake = intake;
    }

    void write(Path result) throws IOException {
        worklist(result);
        rejects(result);
        OwnFiles.write(
                result.resolve("summary.json"), summary().toPrettyString().getBytes(StandardCharsets.UTF_8));
    }

    /** Most serious first: each part once for each rank, so that none of it need be in memory. */
    private void worklist(Path result) throws IOException {
        try (var out = new BufferedOutputStream(OwnFiles.create(result.resolve("worklist.ndjson")))) {
            for (var rank : Rank.values()) {
                for (int part = 0; part < parts; part++) {
                    try (var rows = Files.newBufferedReader(PartDecision.rows(work, part), StandardCharsets.UTF_8)) {
                        for (var row = rows.readLine(); row != null; row = rows.readLine()) {
                            if (Rank.of(row) == rank) {
                                line(out, row);
                            }
                        }
                    }
                }
            }
        }
    }

    private enum Rank {
        CRITICAL,
        WARNING,
        /** Nothing is known of them, which is less than silence. */
        NOT_DECIDED,
        INFO,
        SILENT;

        private static final String MEMBER = "\"indicator\":\"";

        static Rank of(String row) {
            var at = row.indexOf(MEMBER);
            if (at < 0) {
                return row.contains("\"state\":\"decided\"") ? SILENT : NOT_DECIDED;
            }
            return switch (row.charAt(at + MEMBER.length())) {
                case 'c' -> CRITICAL;
                case 'w' -> WARNING;
                default -> INFO;
            };
        }
    }

    private void rejects(Path result) throws IOException {
        try (var out = new BufferedOutputStream(OwnFiles.create(result.resolve("rejects.ndjson")))) {
            append(Intake.rejects(work), out);
            for (int part = 0; part < parts; part++) {
                append(PartDecision.rejects(work, part), out);
            }
        }
    }

    private void append(Path file, OutputStream out) throws IOException {
        if (Files.notExists(file)) {
            return;
        }
        try (var lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                line(out, options.names().isByPseudonym() ? withoutId(line) : line);
            }
        }
    }

    private static String withoutId(String reject) throws IOException {
        var json = (ObjectNode) RequestJson.exact().readTree(reject);
        if (json.path("resource").isTextual()) {
            json.put("resource", json.path("resource").asText().replaceAll("/.*", ""));
        }
        return json.toString();
    }

    private static void line(OutputStream out, String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    private ObjectNode summary() throws IOException {
        var summary = JsonNodeFactory.instance.objectNode();
        long patients = 0;
        for (int part = 0; part < parts; part++) {
            JsonNode counts = RequestJson.exact().readTree(Files.readAllBytes(PartDecision.counts(work, part)));
            patients += counts.path("patients").asLong();
        }
        return summary.put("patients", patients)
                .put("files", folder.files().size())
                .put("rejected", intake.counts().of(health.setpoint.population.bulk.IntakeCounts.Fate.REJECTED));
    }
}
