package health.setpoint.chart.observation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.ChartEntry;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.DisplayText;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.fhir.ResourceType;
import health.setpoint.chart.person.CodedAnswer;
import health.setpoint.chart.person.SymptomAnswer;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.person.UnreadForm;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Reads Observations: laboratory results, measurements, symptoms, pregnancy status and sex at birth. */
public final class ObservationReader {

    private final ReadContext context;
    private final ObservationFrameReader frames;
    private final TestNames tests;
    private final LabResultReader results;
    private final CurrentResults current;
    private final ObservedSymptomReader symptoms;

    public ObservationReader(ReadContext context) {
        this.context = context;
        this.frames = new ObservationFrameReader(context);
        this.tests = new TestNames(context);
        this.results = new LabResultReader(context, tests);
        this.current = new CurrentResults(context.time());
        this.symptoms = new ObservedSymptomReader(context);
    }

    /** What the Observations say. */
    public record Observations(
            List<LabResult> labs,
            List<SymptomAnswer> symptoms,
            List<CodedAnswer> pregnancies,
            List<CodedAnswer> sexesAtBirth,
            List<UnreadForm> unread,
            List<ReadNote> notes) {}

    public Observations read(List<ChartEntry> entries) {
        var found = new ObservationContent();
        for (var entry : entries) {
            if (entry.type() == ResourceType.OBSERVATION) {
                observation(entry.resource(), entry.reference(), Optional.empty(), found);
            } else {
                report(entry, found);
            }
        }
        return new Observations(
                current.of(found.labs(), found.notes()),
                found.symptoms(),
                found.pregnancies(),
                found.sexes(),
                found.unread(),
                found.notes());
    }

    /** A DiagnosticReport matters for the results that it contains. */
    private void report(ChartEntry entry, ObservationContent found) {
        var contained = contained(entry.resource());
        if (!contained.isEmpty()) {
            frames.read(entry.resource(), entry.reference(), Optional.empty())
                    .ifPresent(frame -> contained.forEach(
                            member -> observation(member, entry.reference(), Optional.of(frame), found)));
        }
    }

    private static List<ObjectNode> contained(ObjectNode resource) {
        var contained = FhirJson.objects(resource, "contained");
        return contained.isEmpty()
                ? contained
                : contained.stream()
                        .filter(each -> FhirJson.text(each, "resourceType").equals(Optional.of("Observation")))
                        .toList();
    }

    private void observation(
            ObjectNode node, String reference, Optional<ObservationFrame> parent, ObservationContent found) {
        var frame = frames.read(node, reference, parent);
        if (frame.isEmpty()) {
            if (isOfInterest(node)) {
                found.notes()
                        .add(ReadNote.ignored(
                                reference,
                                "status "
                                        + FhirJson.text(node, "status")
                                                .map(DisplayText::code)
                                                .orElse("missing") + ": the result does not exist"));
            }
            return;
        }
        var before = found.notes().size();
        item(node, frame.get(), found);
        for (var component : FhirJson.objects(node, "component")) {
            item(component, frame.get(), found);
        }
        for (var member : contained(node)) {
            observation(member, reference, frame, found);
        }
        if (found.notes().size() == before && parent.isEmpty()) {
            found.notes().add(ReadNote.unasked(reference, Concept.of(node, "code", context.codes())));
        }
    }

    /** By its code alone: without a coded value, components and contained results, another one says nothing to any rule. */
    public boolean isAskedFor(Concept code) {
        return !tests.unconfirmed(code).isEmpty()
                || code.texts().stream()
                        .map(tests::named)
                        .anyMatch(named ->
                                !named.sure().isEmpty() || !named.unsure().isEmpty())
                || isAny(code, context.terminology()::isPregnancyStatus)
                || isAny(code, context.terminology()::isSexAtBirth)
                || !context.symptoms(code).isEmpty();
    }

    private boolean isOfInterest(ObjectNode node) {
        var code = Concept.of(node, "code", context.codes());
        return !tests.analytes(code).isEmpty() || FhirJson.has(node, "component");
    }

    private void item(ObjectNode node, ObservationFrame frame, ObservationContent found) {
        var code = Concept.of(node, "code", context.codes());
        if (code.isEmpty()) {
            return;
        }
        results.read(code, node, frame, found);
        var value = Concept.of(node, "valueCodeableConcept", context.codes());
        if (isAny(code, context.terminology()::isPregnancyStatus)) {
            answer(node, value, frame, found.pregnancies(), found, "pregnancy status");
        } else if (isAny(code, context.terminology()::isSexAtBirth)) {
            answer(node, value, frame, found.sexes(), found, "sex at birth");
        } else {
            symptoms.read(node, code, value, frame, found);
        }
    }

    private void answer(
            ObjectNode node,
            Concept value,
            ObservationFrame frame,
            List<CodedAnswer> answers,
            ObservationContent found,
            String what) {
        var coded = value.isEmpty() ? Concept.of(node, "valueString", context.codes()) : value;
        if (!frame.status().isFinal() || coded.isEmpty()) {
            found.notes().add(ReadNote.ignored(frame.reference(), what + " without a final coded answer"));
            return;
        }
        answers.add(new CodedAnswer(coded, frame.drawn().day(), frame.reference()));
        found.notes().add(ReadNote.read(frame.reference(), what + " " + coded.shown()));
    }

    private static boolean isAny(Concept concept, BiPredicate<String, String> known) {
        for (var coding : concept.codings()) {
            if (known.test(coding.system(), coding.code())) {
                return true;
            }
        }
        return false;
    }
}
