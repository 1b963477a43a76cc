package health.setpoint.chart.observation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Coding;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.DisplayText;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.labs.Unit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads laboratory results and measurements: by code, and in doubt where only words name the test. */
final class LabResultReader {

    private static final Set<Analyte> WITH_METHOD = EnumSet.of(
            Analyte.ESTRADIOL, Analyte.TESTOSTERONE, Analyte.FREE_TESTOSTERONE, Analyte.BIOAVAILABLE_TESTOSTERONE);

    /** Values that no laboratory measures. */
    private static final Set<String> NO_MEASUREMENTS =
            Set.of("valueBoolean", "valueDateTime", "valueTime", "valuePeriod", "valueAttachment");

    private static final Set<String> NO_LABORATORY =
            Set.of("survey", "social-history", "vital-signs", "activity", "therapy");

    private static final int LONGEST_NAME = 60;

    private final ReadContext context;
    private final QuantityReader quantities;
    private final ReferenceRangeReader ranges;
    private final AssayReader assays;
    private final TestNames tests;

    LabResultReader(ReadContext context, TestNames tests) {
        this.context = context;
        this.quantities = new QuantityReader(context.knowledge(), context.today());
        this.ranges = new ReferenceRangeReader(context.knowledge());
        this.assays = new AssayReader(context.terminology());
        this.tests = tests;
    }

    /** What an Observation is a result of, by its codes, else by its words. */
    void read(Concept code, ObjectNode node, ObservationFrame frame, ObservationContent found) {
        var coded = tests.analytes(code);
        if (coded.isEmpty()) {
            uncoded(code, node, frame, found);
            return;
        }
        var contradicting = coded.size() > 1 ? Optional.<String>empty() : tests.contradicting(coded, code);
        if (coded.size() == 1 && contradicting.isEmpty()) {
            coded.forEach(analyte -> lab(analyte, code, node, frame, found));
            return;
        }
        var meant = EnumSet.copyOf(coded);
        contradicting.map(tests::named).ifPresent(named -> meant.addAll(named.sure()));
        var name = contradicting.or(() -> code.texts().stream().findFirst());
        found.notes()
                .add(ReadNote.unreadable(
                        frame.reference(),
                        coded.size() > 1
                                ? "its codes name several different tests: " + code.shown()
                                : "its code and its words name different tests: " + code.shown()));
        for (var analyte : meant) {
            doubtful(Reading.Why.CONTRADICTORY, analyte, code, name, node, frame, found);
        }
    }

    /** A result without a code that is known and confirmed: what its words name is in doubt, and so is a code that they do not bear out. */
    private void uncoded(Concept code, ObjectNode node, ObservationFrame frame, ObservationContent found) {
        var unconfirmed = tests.unconfirmed(code);
        var sure = EnumSet.noneOf(Analyte.class);
        var unsure = EnumSet.noneOf(Analyte.class);
        for (var text : code.texts()) {
            var named = tests.named(text);
            sure.addAll(named.sure());
            unsure.addAll(named.unsure());
        }
        unsure.removeAll(sure);
        if (unconfirmed.isEmpty() && sure.isEmpty() && unsure.isEmpty()) {
            return;
        }
        if (unconfirmed.isEmpty() && !mayBeLaboratory(node)) {
            found.notes().add(ReadNote.ignored(frame.reference(), "words that name a test, on what is no result"));
            return;
        }
        unsure.removeIf(analyte -> !quantities
                .read(analyte, node)
                .filter(Reading.Measured.class::isInstance)
                .isPresent());
        sure.addAll(unsure);
        sure.addAll(unconfirmed);
        if (sure.size() > 1 && quantities.read(sure.iterator().next(), node).isEmpty()) {
            found.notes().add(ReadNote.ignored(frame.reference(), "the name of a panel, without a value"));
            return;
        }
        for (var analyte : sure) {
            if (!analyte.isActedUpon() && unconfirmed.contains(analyte)) {
                found.notes()
                        .add(ReadNote.ignored(
                                frame.reference(),
                                "the code " + code.shown() + " counts only with a text that names the test"));
            } else {
                var name = code.texts().stream()
                        .filter(text -> tests.named(text).mayMean(analyte))
                        .findFirst()
                        .or(() -> code.codings().stream().findFirst().map(Coding::code));
                doubtful(Reading.Why.UNMAPPED, analyte, code, name, node, frame, found);
            }
        }
    }

    /** Words count on results, not on questionnaires, vital signs and the like. */
    private static boolean mayBeLaboratory(ObjectNode node) {
        if (NO_MEASUREMENTS.stream().anyMatch(member -> FhirJson.has(node, member))) {
            return false;
        }
        var categories = Concept.of(node, "category", CodeMap.NONE);
        return categories.codings().isEmpty()
                || !NO_LABORATORY.containsAll(
                        categories.codings().stream().map(Coding::code).toList());
    }

    private void lab(Analyte analyte, Concept code, ObjectNode node, ObservationFrame frame, ObservationContent found) {
        var reading = quantities.read(analyte, node);
        if (reading.isEmpty() && isPanel(node)) {
            return;
        }
        add(analyte, reading.orElseGet(() -> QuantityReader.noNumber("")), code, node, frame, found);
    }

    private static boolean isPanel(ObjectNode node) {
        return FhirJson.has(node, "component") || FhirJson.has(node, "hasMember");
    }

    /** A result of which it is not sure what was measured. */
    private void doubtful(
            Reading.Why why,
            Analyte analyte,
            Concept code,
            Optional<String> name,
            ObjectNode node,
            ObservationFrame frame,
            ObservationContent found) {
        if (!analyte.isActedUpon()) {
            found.notes().add(unmapped(analyte, code, frame));
            return;
        }
        var read = quantities.read(analyte, node);
        if (read.isEmpty() && isPanel(node)) {
            return;
        }
        var reading = read.orElseGet(() -> QuantityReader.noNumber(""));
        if (why == Reading.Why.UNMAPPED
                && reading instanceof Reading.Unreadable unreadable
                && context.terminology().isStripAnswer(analyte, unreadable.shown())) {
            found.notes().add(ReadNote.ignored(frame.reference(), "a test strip, not a measurement"));
            return;
        }
        add(analyte, inDoubt(why, reading, name), code, node, frame, found);
        if (why == Reading.Why.UNMAPPED) {
            found.notes().add(unmapped(analyte, code, frame));
        }
    }

    private static Reading inDoubt(Reading.Why why, Reading reading, Optional<String> name) {
        var called = name.map(text -> DisplayText.plain(text, LONGEST_NAME)).filter(text -> !text.isEmpty());
        if (reading instanceof Reading.Measured measured) {
            return new Reading.Unreadable(
                    why, DisplayText.plain(LabResultNote.written(measured), LONGEST_NAME), called, List.of(measured));
        }
        if (!(reading instanceof Reading.Unreadable unreadable)) {
            throw new IllegalStateException("a reading that cannot be in doubt: " + reading);
        }
        return new Reading.Unreadable(
                unreadable.why() == Reading.Why.ABSENT ? unreadable.why() : why,
                unreadable.shown(),
                called,
                unreadable.possible());
    }

    /** What an engineer puts into the client's code map. */
    private ReadNote unmapped(Analyte analyte, Concept code, ObservationFrame frame) {
        var target = context.terminology().code(analyte);
        return ReadNote.unmapped(
                frame.reference(),
                () -> code.codings().isEmpty()
                        ? LabResultNote.words(analyte)
                                + " by its words alone, without any code: the laboratory has to send one"
                        : LabResultNote.words(analyte) + " by its words; in the code map " + code.shown()
                                + " would have to stand for " + target.system() + "|" + target.code());
    }

    private void add(
            Analyte analyte,
            Reading value,
            Concept code,
            ObjectNode node,
            ObservationFrame frame,
            ObservationContent found) {
        var unit = value instanceof Reading.Measured measured ? Optional.of(measured.unit()) : Optional.<Unit>empty();
        var result = new LabResult(
                analyte,
                frame.status(),
                frame.drawn(),
                value,
                WITH_METHOD.contains(analyte) ? assays.read(code, frame.method()) : Assay.UNKNOWN,
                ranges.upperLimit(analyte, node, unit),
                frame.reference());
        found.labs().add(new ResultVersion(result, frame));
        if (!(value instanceof Reading.Unreadable unreadable && unreadable.why().isOfTest())) {
            found.notes().add(LabResultNote.of(result));
        }
    }
}
