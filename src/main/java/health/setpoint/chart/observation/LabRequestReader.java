package health.setpoint.chart.observation;

import health.setpoint.chart.fhir.ChartEntry;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.DisplayText;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.LabRequest;
import health.setpoint.titration.labs.LabTest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads ServiceRequests: tests that are ordered or about to be. */
public final class LabRequestReader {

    private static final Set<String> STANDING = Set.of("active", "draft", "");
    private static final Set<String> NO_ORDER = Set.of("proposal", "option");

    private final ReadContext context;

    public LabRequestReader(ReadContext context) {
        this.context = context;
    }

    public List<LabRequest> read(List<ChartEntry> entries, List<ReadNote> notes) {
        var found = new ArrayList<LabRequest>();
        for (var entry : entries) {
            var node = entry.resource();
            var code = Concept.of(node, "code", context.codes())
                    .and(FhirJson.object(node, "code")
                            .map(reference -> Concept.of(reference, "concept", context.codes()))
                            .orElse(Concept.NONE));
            var tests = coded(code);
            var isByWords = tests.isEmpty();
            if (isByWords) {
                tests.addAll(named(code));
            }
            var status = FhirJson.text(node, "status").orElse("");
            if (tests.isEmpty()) {
                notes.add(ReadNote.unasked(entry.reference(), code));
            } else if (!STANDING.contains(status)
                    || NO_ORDER.contains(FhirJson.text(node, "intent").orElse(""))
                    || FhirJson.isTrue(node, "doNotPerform")) {
                notes.add(ReadNote.ignored(
                        entry.reference(), "a request that does not stand: " + DisplayText.code(status)));
            } else {
                tests.forEach(test -> found.add(new LabRequest(test, isImmunoassay(code), entry.reference())));
                notes.add(ReadNote.read(entry.reference(), () -> tests.stream()
                        .map(LabTest::word)
                        .collect(Collectors.joining(
                                ", ", "a request for ", isByWords ? ", recognised by its words only" : ""))));
            }
        }
        return found;
    }

    /** By its code and words alone: another one says nothing to any rule. */
    public boolean isAskedFor(Concept code) {
        return !coded(code).isEmpty() || !named(code).isEmpty();
    }

    private Set<LabTest> coded(Concept code) {
        var tests = EnumSet.noneOf(LabTest.class);
        for (var coding : code.codings()) {
            context.terminology().labTest(coding.system(), coding.code()).ifPresent(tests::add);
        }
        return tests;
    }

    /** What its words surely name, as those of a result do. */
    private Set<LabTest> named(Concept code) {
        var tests = EnumSet.noneOf(LabTest.class);
        for (var text : code.texts()) {
            for (var analyte : context.terminology().namedTests(text).sure()) {
                Stream.of(LabTest.values())
                        .filter(test -> test.name().equals(analyte.name()))
                        .forEach(tests::add);
            }
        }
        return tests;
    }

    private boolean isImmunoassay(Concept code) {
        return code.codings().stream()
                        .map(coding -> context.terminology().lab(coding.system(), coding.code()))
                        .flatMap(Optional::stream)
                        .anyMatch(lab -> lab.assay() == Assay.IMMUNOASSAY)
                || code.texts().stream()
                        .map(text -> context.terminology().assayByText(text))
                        .flatMap(Optional::stream)
                        .anyMatch(assay -> assay == Assay.IMMUNOASSAY);
    }
}
