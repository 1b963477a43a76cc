package health.setpoint.population;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.http.body.RequestJson;
import health.setpoint.population.bulk.BulkFolder;
import health.setpoint.population.bulk.BulkFolder.BulkFile;
import health.setpoint.population.bulk.Intake;
import health.setpoint.population.bulk.OwnFiles;
import health.setpoint.population.report.About;
import health.setpoint.population.report.CodeMapDraft;
import health.setpoint.population.report.MeasureReports;
import health.setpoint.population.report.RowTally;
import health.setpoint.population.report.Summary;
import health.setpoint.population.report.SummaryPage;
import health.setpoint.population.report.TaskResources;
import health.setpoint.population.report.WorklistCsv;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/** What is written of a run, out of what its parts left. */
final class RunResults {

    private static final String MANIFEST = "manifest.json";

    private final PopulationOptions options;
    private final BulkFolder folder;
    private final Path work;
    private final int parts;
    private final Intake intake;
    private final RowTally tally = new RowTally();
    private long patients;
    private long lateRejects;

    RunResults(PopulationOptions options, BulkFolder folder, Path work, int parts, Intake intake) {
        this.options = options;
        this.folder = folder;
        this.work = work;
        this.parts = parts;
        this.intake = intake;
    }

    void write(Path result) throws IOException {
        var about = about();
        worklist(result, about);
        rejects(result);
        counts();
        var unmapped = intake.unmapped().json();
        var texts = options.site().knowledge().ruleTexts();
        var summary = Summary.of(about, patients, tally, intake.counts(), lateRejects, unmapped, texts);
        text(result.resolve("summary.json"), summary.toPrettyString());
        text(result.resolve("summary.html"), SummaryPage.of(summary));
        text(
                result.resolve("code-map.json"),
                CodeMapDraft.of(unmapped, options.site().knowledge().terminology())
                        .toPrettyString());
        try (var out = new BufferedOutputStream(OwnFiles.create(result.resolve("measure-reports.ndjson")))) {
            for (var report : MeasureReports.of(about, summary)) {
                line(out, report.toString());
            }
        }
        if (options.compared().isPresent()) {
            text(
                    result.resolve("comparison.json"),
                    new ComparisonReport(about, options, work, parts).json().toPrettyString());
        }
    }

    private static void text(Path file, String text) throws IOException {
        OwnFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private About about() throws IOException {
        var policies = options.site().policies();
        var policy = policies.on(options.now().toLocalDate());
        return new About(
                options.now(),
                dataOf(),
                options.site().name(),
                policy.version(),
                policy.hash(),
                options.signature(),
                intake.counts().errors() == 0,
                options.smallestCell());
    }

    /** The time that the server names; else of the newest file. */
    private String dataOf() throws IOException {
        var manifest = options.input().resolve(MANIFEST);
        if (Files.exists(manifest)) {
            try {
                var named = RequestJson.exact()
                        .readTree(Files.readAllBytes(manifest))
                        .path("transactionTime")
                        .asText();
                if (!named.isEmpty()) {
                    return named;
                }
            } catch (JsonProcessingException noManifest) {
                // as without one
            }
        }
        return Instant.ofEpochMilli(folder.files().stream()
                        .mapToLong(BulkFile::modified)
                        .max()
                        .orElse(0))
                .toString();
    }

    /** Most serious first: each part once for each rank, so that none of it need be in memory. */
    private void worklist(Path result, About about) throws IOException {
        try (var out = new BufferedOutputStream(OwnFiles.create(result.resolve("worklist.ndjson")));
                var tasks = options.tasks()
                        ? new BufferedOutputStream(OwnFiles.create(result.resolve("tasks.ndjson")))
                        : OutputStream.nullOutputStream();
                var csv = new WorklistCsv(
                        new BufferedWriter(new OutputStreamWriter(
                                OwnFiles.create(result.resolve("worklist.csv")), StandardCharsets.UTF_8)),
                        about)) {
            for (var rank : Rank.values()) {
                for (int part = 0; part < parts; part++) {
                    try (var rows = lines(PartDecision.rows(work, part))) {
                        for (var row : (Iterable<String>) rows.filter(each -> Rank.of(each) == rank)::iterator) {
                            line(out, row);
                            row(RequestJson.exact().readTree(row), csv, tasks);
                        }
                    }
                }
            }
        }
    }

    private void row(JsonNode row, WorklistCsv csv, OutputStream tasks) throws IOException {
        tally.add(row);
        csv.add(row);
        if (options.tasks()) {
            for (var resource : TaskResources.of(row)) {
                line(tasks, resource.toString());
            }
        }
    }

    private static Stream<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.lines(file, StandardCharsets.UTF_8) : Stream.empty();
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
                lateRejects += append(PartDecision.rejects(work, part), out);
            }
        }
    }

    private long append(Path file, OutputStream out) throws IOException {
        long count = 0;
        try (var lines = lines(file)) {
            for (var line : (Iterable<String>) lines::iterator) {
                line(out, options.names().isByPseudonym() ? withoutId(line) : line);
                count++;
            }
        }
        return count;
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

    private void counts() throws IOException {
        for (int part = 0; part < parts; part++) {
            var counts = RequestJson.exact().readTree(Files.readAllBytes(PartDecision.counts(work, part)));
            patients += counts.path("patients").asLong();
            intake.unmapped().addAll(counts.path("unmapped"));
        }
    }
}
