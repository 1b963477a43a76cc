package health.setpoint.chart.observation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.fhir.FhirTime;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.Reading;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The results that count: of an amended or corrected one the newest version, and each once. */
final class CurrentResults {

    private final FhirTime time;

    CurrentResults(FhirTime time) {
        this.time = time;
    }

    /** Those of all versions; what is replaced or a copy is noted. */
    List<LabResult> of(List<ResultVersion> versions, List<ReadNote> notes) {
        return withoutCopies(current(versions, notes), notes);
    }

    private Optional<LocalDateTime> issued(ObservationFrame frame) {
        return moment(FhirJson.text(frame.node(), "issued"))
                .or(() -> frame.parent().flatMap(this::issued));
    }

    private Optional<LocalDateTime> moment(Optional<String> text) {
        var written = time.clinical(text);
        return written instanceof ClinicalTime.At at
                ? Optional.of(at.moment())
                : written.day().map(LocalDate::atStartOfDay);
    }

    /** Where a result was amended or corrected, only its newest version counts. */
    private List<LabResult> current(List<ResultVersion> versions, List<ReadNote> notes) {
        if (versions.stream().noneMatch(ResultVersion::isChanged)) {
            return versions.stream().map(ResultVersion::result).toList();
        }
        var groups = new HashMap<String, List<ResultVersion>>();
        for (var version : versions) {
            identifiers(version.frame().node()).forEach(identifier -> groups.computeIfAbsent(
                            version.result().analyte() + " " + identifier, none -> new ArrayList<>())
                    .add(version));
        }
        // By identity: of two that are equal one is kept.
        var replaced = Collections.newSetFromMap(new IdentityHashMap<ResultVersion, Boolean>());
        var newestFirst = Comparator.comparing(
                        (ResultVersion version) -> issued(version.frame()).orElse(LocalDateTime.MIN))
                .reversed()
                .thenComparing(version -> version.result().status())
                .thenComparing(version -> version.result().reference());
        for (var group : groups.values()) {
            if (group.size() > 1 && group.stream().anyMatch(ResultVersion::isChanged)) {
                group.stream().sorted(newestFirst).skip(1).forEach(replaced::add);
            }
        }
        var kept = new ArrayList<LabResult>();
        for (var version : versions) {
            if (replaced.contains(version)) {
                notes.add(
                        ReadNote.ignored(version.result().reference(), "an amended or corrected version replaces it"));
            } else {
                kept.add(version.result());
            }
        }
        return kept;
    }

    /** A result under a code that is not known says nothing new where the same one came under a known code as well. */
    private static List<LabResult> withoutCopies(List<LabResult> labs, List<ReadNote> notes) {
        if (labs.stream().noneMatch(CurrentResults::isUnmapped)) {
            return labs;
        }
        var known = new HashSet<List<Object>>();
        for (var lab : labs) {
            if (lab.reading() instanceof Reading.Measured measured
                    && lab.status().isFinal()) {
                known.add(saying(lab, measured));
            }
        }
        var kept = new ArrayList<LabResult>();
        for (var lab : labs) {
            var possible = isUnmapped(lab) ? QuantityReader.possible(lab.reading()) : List.<Reading.Measured>of();
            if (possible.size() == 1 && known.contains(saying(lab, possible.get(0)))) {
                notes.add(ReadNote.ignored(lab.reference(), "the same result came under a known code as well"));
            } else {
                kept.add(lab);
            }
        }
        return kept;
    }

    private static boolean isUnmapped(LabResult lab) {
        return lab.reading() instanceof Reading.Unreadable unreadable && unreadable.why() == Reading.Why.UNMAPPED;
    }

    private static List<Object> saying(LabResult lab, Reading.Measured value) {
        return List.of(
                lab.analyte(),
                lab.drawn(),
                value.comparator(),
                value.unit().toBase(value.amount()).stripTrailingZeros());
    }

    private static Set<String> identifiers(ObjectNode node) {
        var identifiers = new HashSet<String>();
        for (var identifier : FhirJson.objects(node, "identifier")) {
            FhirJson.text(identifier, "value")
                    .ifPresent(value ->
                            identifiers.add(FhirJson.text(identifier, "system").orElse("") + "|" + value));
        }
        return identifiers;
    }
}
