package health.setpoint.population;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.http.body.RequestJson;
import health.setpoint.population.bulk.Deletions;
import health.setpoint.population.bulk.OwnFiles;
import health.setpoint.population.bulk.PatientLines;
import health.setpoint.population.bulk.Rejects;
import health.setpoint.population.bulk.SeparateMedications;
import health.setpoint.population.bulk.UnmappedCodes;
import health.setpoint.population.decision.PatientEvaluation;
import health.setpoint.population.decision.PatientEvaluation.Evaluated;
import health.setpoint.population.decision.PatientRecord;
import health.setpoint.population.decision.WorklistRow;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The second half of a run, one partition at a time: its patients are decided, and what came of them is put beside it. A part
 * whose counts are there is done, whatever was killed.
 */
final class PartDecision {

    private final Path folder;
    private final List<String> files;
    private final Deletions deletions;
    private final SeparateMedications medications;
    private final PatientEvaluation evaluation;
    private final Optional<PatientEvaluation> compared;
    private final ShownNames names;
    private final Progress progress;

    PartDecision(
            Path folder,
            List<String> files,
            Deletions deletions,
            SeparateMedications medications,
            PatientEvaluation evaluation,
            Optional<PatientEvaluation> compared,
            ShownNames names,
            Progress progress) {
        this.folder = folder;
        this.files = files;
        this.deletions = deletions;
        this.medications = medications;
        this.evaluation = evaluation;
        this.compared = compared;
        this.names = names;
        this.progress = progress;
    }

    static Path rows(Path folder, int number) {
        return folder.resolve("rows-%05d.ndjson".formatted(number));
    }

    static Path rejects(Path folder, int number) {
        return folder.resolve("rejects-%05d.ndjson".formatted(number));
    }

    static Path changes(Path folder, int number) {
        return folder.resolve("changes-%05d.ndjson".formatted(number));
    }

    static Path counts(Path folder, int number) {
        return folder.resolve("counts-%05d.json".formatted(number));
    }

    /** Counts of one part. Used by one thread. */
    private static final class Counted {
        private long patients;
        private long decided;
        private long incomplete;
        private long refused;
        private final UnmappedCodes unmapped = new UnmappedCodes();

        ObjectNode json(long deletedLines) {
            var json = JsonNodeFactory.instance
                    .objectNode()
                    .put("patients", patients)
                    .put("decided", decided)
                    .put("incomplete", incomplete)
                    .put("refused", refused)
                    .put("deletedLines", deletedLines);
            json.set("unmapped", unmapped.json());
            return json;
        }
    }

    void decide(int number) throws IOException {
        if (Files.exists(counts(folder, number))) {
            return;
        }
        Files.deleteIfExists(rejects(folder, number));
        var rejects = new Rejects(rejects(folder, number));
        var counted = new Counted();
        var lines = PatientLines.of(folder, number, files, deletions, rejects);
        var comparison = compared.map(other -> new Comparison());
        try (var rows = new BufferedOutputStream(OwnFiles.create(rows(folder, number)));
                var changes = new BufferedOutputStream(OwnFiles.create(changes(folder, number)))) {
            lines.forEach(patient -> {
                try {
                    patient(
                            new PatientRecord(patient.id(), patient.resources(), patient.unreadable()),
                            counted,
                            rows,
                            comparison,
                            changes);
                } catch (IOException full) {
                    throw new UncheckedIOException(full);
                }
            });
        }
        rejects.flush();
        var json = counted.json(lines.deletedLines());
        comparison.ifPresent(made -> json.set("comparison", made.json()));
        OwnFiles.write(counts(folder, number), RequestJson.bytes(json));
    }

    private void patient(
            PatientRecord patient,
            Counted counted,
            OutputStream rows,
            Optional<Comparison> comparison,
            OutputStream changes)
            throws IOException {
        var evaluated = evaluation.evaluate(patient, medications::find);
        counted.patients++;
        if (evaluated.advice().isEmpty()) {
            counted.refused++;
        } else if (evaluated.outcome().problems().isEmpty()
                && patient.unreadable().isEmpty()) {
            counted.decided++;
        } else {
            counted.incomplete++;
        }
        unmapped(patient, evaluated, counted.unmapped);
        var shown = names.of("Patient", patient.patientId());
        if (WorklistRow.isWorthARow(patient, evaluated)) {
            line(rows, names.shown(patient.patientId(), WorklistRow.of(shown, patient, evaluated)));
        }
        if (comparison.isPresent()) {
            var other = compared.orElseThrow().evaluate(patient, medications::find);
            var change = comparison.get().compare(shown, evaluated, other);
            if (change.isPresent()) {
                line(changes, change.get());
            }
        }
        progress.patient();
    }

    private static void line(OutputStream out, ObjectNode json) throws IOException {
        out.write(RequestJson.bytes(json));
        out.write('\n');
    }

    /** What the first look at the lines could not count, since it kept them. */
    private static void unmapped(PatientRecord patient, Evaluated evaluated, UnmappedCodes unmapped) {
        for (var note : evaluated.outcome().notes()) {
            if (note.outcome() == ReadNote.Outcome.UNMAPPED) {
                patient.resources().stream()
                        .filter(resource -> reference(resource).equals(note.reference()))
                        .findFirst()
                        .ifPresent(resource ->
                                unmapped.count(resource.path("resourceType").asText(), code(resource), 1));
            }
        }
    }

    private static String reference(ObjectNode resource) {
        return resource.path("resourceType").asText() + "/"
                + FhirJson.text(resource, "id").orElse("");
    }

    private static JsonNode code(ObjectNode resource) {
        return resource.has("code") ? resource.path("code") : resource.path("medicationCodeableConcept");
    }
}
