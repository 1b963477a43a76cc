package health.setpoint.chart.observation;

import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.Entry;
import health.setpoint.chart.fhir.Json;
import health.setpoint.chart.fhir.Shown;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.chart.reading.Source;
import health.setpoint.titration.advice.LabRequest;
import health.setpoint.titration.advice.LabTest;
import health.setpoint.titration.labs.Assay;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads ServiceRequests: tests that are ordered or about to be. */
public final class LabRequestReader {

    private static final Set<String> STANDING = Set.of("active", "draft", "");
    private static final Set<String> NO_ORDER = Set.of("proposal", "option");

    private final Source source;

    public LabRequestReader(Source source) {
        this.source = source;
    }

    public List<LabRequest> read(List<Entry> entries, List<ReadNote> notes) {
        var found = new ArrayList<LabRequest>();
        for (var entry : entries) {
            var node = entry.resource();
            var code = Concept.of(node, "code", source.codes())
                    .and(Json.object(node, "code")
                            .map(reference -> Concept.of(reference, "concept", source.codes()))
                            .orElse(Concept.NONE));
            var tests = EnumSet.noneOf(LabTest.class);
            for (var coding : code.codings()) {
                source.terminology().labTest(coding.system(), coding.code()).ifPresent(tests::add);
            }
            var status = Json.text(node, "status").orElse("");
            if (tests.isEmpty()) {
                notes.add(ReadNote.unasked(entry.reference(), code));
            } else if (!STANDING.contains(status)
                    || NO_ORDER.contains(Json.text(node, "intent").orElse(""))
                    || Json.isTrue(node, "doNotPerform")) {
                notes.add(ReadNote.ignored(entry.reference(), "a request that does not stand: " + Shown.code(status)));
            } else {
                tests.forEach(test -> found.add(new LabRequest(test, isImmunoassay(code), entry.reference())));
                notes.add(ReadNote.read(entry.reference(), () -> tests.stream()
                        .map(LabTest::word)
                        .collect(Collectors.joining(", ", "a request for ", ""))));
            }
        }
        return found;
    }

    private boolean isImmunoassay(Concept code) {
        return code.codings().stream()
                        .map(coding -> source.terminology().lab(coding.system(), coding.code()))
                        .flatMap(Optional::stream)
                        .anyMatch(lab -> lab.assay() == Assay.IMMUNOASSAY)
                || code.texts().stream()
                        .map(text -> source.terminology().assayByText(text))
                        .flatMap(Optional::stream)
                        .anyMatch(assay -> assay == Assay.IMMUNOASSAY);
    }
}
