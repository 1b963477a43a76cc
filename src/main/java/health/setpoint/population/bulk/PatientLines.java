package health.setpoint.population.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.ResourceType;
import health.setpoint.http.body.RequestJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The lines of one partition by patient, in the order of their ids. */
public final class PatientLines {

    private final byte[] bytes;
    private final List<String> files;
    private final Deletions deleted;
    private final Rejects rejects;
    private final Map<String, List<Line>> byPatient = new TreeMap<>();
    private long deletedLines;

    /**
     * All that one patient's lines hold.
     *
     * @param unreadable types of which a line could not be read
     */
    public record Patient(String id, List<ObjectNode> resources, Set<ResourceType> unreadable) {}

    private record Line(int file, long line, String unreadable, int from, int to) {}

    private PatientLines(byte[] bytes, List<String> files, Deletions deleted, Rejects rejects) {
        this.bytes = bytes;
        this.files = files;
        this.deleted = deleted;
        this.rejects = rejects;
    }

    /**
     * Reads one partition.
     *
     * @param files names of the files of the export, by their number
     * @param rejects is told of lines that turn out to be unreadable only now
     */
    public static PatientLines of(Path folder, int number, List<String> files, Deletions deleted, Rejects rejects)
            throws IOException {
        var lines = new PatientLines(Partitions.read(folder, number), files, deleted, rejects);
        lines.sort();
        return lines;
    }

    private void sort() {
        var scan = new ResourceScan();
        var at = 0;
        while (at < bytes.length) {
            var originTo = ResourceScan.newline(bytes, at, bytes.length);
            var to = ResourceScan.newline(bytes, originTo + 1, bytes.length);
            scan.read(bytes, originTo + 1, to);
            var type = scan.typeName();
            var origin = Origin.of(bytes, at, originTo);
            var line = new Line(origin.file(), origin.line(), origin.unreadable(), originTo + 1, to);
            if (deleted.count() > 0 && deleted.has(type + "/" + scan.id())) {
                deletedLines++;
            } else {
                scan.owner(ResourceType.of(type)).ifPresent(patient -> byPatient
                        .computeIfAbsent(patient, none -> new ArrayList<>())
                        .add(line));
            }
            at = to + 1;
        }
        byPatient.keySet().removeIf(patient -> deleted.has("Patient/" + patient));
    }

    /** How many lines were left out since what they hold was deleted. */
    public long deletedLines() {
        return deletedLines;
    }

    /** Each patient, one after the other. */
    public void forEach(Consumer<Patient> each) {
        byPatient.forEach((id, lines) -> each.accept(patient(id, lines)));
    }

    private Patient patient(String id, List<Line> lines) {
        var resources = new ArrayList<ObjectNode>(lines.size());
        var unreadable = EnumSet.noneOf(ResourceType.class);
        for (var line : lines) {
            if (!line.unreadable().isEmpty()) {
                unreadable.add(ResourceType.of(line.unreadable()));
            } else {
                read(line, resources, unreadable);
            }
        }
        return new Patient(id, resources, unreadable);
    }

    private void read(Line line, List<ObjectNode> resources, Set<ResourceType> unreadable) {
        try {
            if (RequestJson.exact().readTree(bytes, line.from(), line.to() - line.from())
                    instanceof ObjectNode resource) {
                resources.add(resource);
            }
        } catch (JsonProcessingException | NumberFormatException broken) {
            var scan = new ResourceScan();
            scan.read(bytes, line.from(), line.to());
            unreadable.add(ResourceType.of(scan.typeName()));
            rejects.add(
                    files.get(line.file()), line.line(), scan.typeName() + "/" + scan.id(), "no JSON as FHIR has it");
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
    }

    /** Where a line came from. */
    private record Origin(int file, long line, String unreadable) {

        private static final String UNREADABLE = "\"unreadable\":\"";

        static Origin of(byte[] bytes, int from, int to) {
            var text = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
            var file = number(text, text.indexOf(':') + 1);
            var line = number(text, text.indexOf(':', text.indexOf(',')) + 1);
            var unreadable = text.indexOf(UNREADABLE);
            return new Origin(
                    (int) file,
                    line,
                    unreadable < 0
                            ? ""
                            : text.substring(
                                    unreadable + UNREADABLE.length(),
                                    text.indexOf('"', unreadable + UNREADABLE.length())));
        }

        private static long number(String text, int from) {
            long number = 0;
            for (int i = from; i < text.length() && Character.isDigit(text.charAt(i)); i++) {
                number = number * 10 + text.charAt(i) - '0';
            }
            return number;
        }
    }
}
