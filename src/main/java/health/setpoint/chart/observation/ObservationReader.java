package health.setpoint.chart.observation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.ChartEntry;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Coding;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.DisplayText;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.fhir.ResourceType;
import health.setpoint.chart.person.AnswerPolarity;
import health.setpoint.chart.person.CodedAnswer;
import health.setpoint.chart.person.SymptomAnswer;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.knowledge.LabCode;
import health.setpoint.knowledge.LabNames;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.labs.ResultStatus;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.person.SymptomReport;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads Observations: laboratory results, measurements, symptoms, pregnancy status and sex at birth. */
public final class ObservationReader {

    /** A question about somebody or some time that does not count. */
    private static final Pattern NOT_NOW = Pattern.compile(
            "\\b(family|relative|mother|father|past|history|previous|denie[sd]|rul(e|ed) out)\\b",
            Pattern.CASE_INSENSITIVE);

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
    private final Map<String, LabNames.Named> names = new HashMap<>();

    public ObservationReader(ReadContext context) {
        this.context = context;
        this.quantities = new QuantityReader(context.knowledge(), context.today());
    }

    /** What the Observations say. */
    public record Observations(
            List<LabResult> labs,
            List<SymptomAnswer> symptoms,
            List<CodedAnswer> pregnancies,
            List<CodedAnswer> sexesAtBirth,
            List<ReadNote> notes) {}

    /** A result with what tells whether another one replaces it. */
    private record Version(LabResult result, Frame frame) {

        boolean isChanged() {
            return result.status() == ResultStatus.AMENDED || result.status() == ResultStatus.CORRECTED;
        }
    }

    /** What an Observation hands down to its components and contained members. */
    private record Frame(
            ObjectNode node,
            Optional<Frame> parent,
            String reference,
            ResultStatus status,
            ClinicalTime drawn,
            Concept method) {}

    private record Found(
            List<Version> labs,
            List<SymptomAnswer> symptoms,
            List<CodedAnswer> pregnancies,
            List<CodedAnswer> sexes,
            List<ReadNote> notes) {}

    public Observations read(List<ChartEntry> entries) {
        var found = new Found(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (var entry : entries) {
            if (entry.type() == ResourceType.OBSERVATION) {
                observation(entry.resource(), entry.reference(), Optional.empty(), found);
            } else {
                report(entry, found);
            }
        }
        return new Observations(
                withoutCopies(current(found.labs(), found.notes()), found.notes()),
                found.symptoms(),
                found.pregnancies(),
                found.sexes(),
                found.notes());
    }

    /** A DiagnosticReport matters for the results that it contains. */
    private void report(ChartEntry entry, Found found) {
        var contained = contained(entry.resource());
        if (!contained.isEmpty()) {
            frame(entry.resource(), entry.reference(), Optional.empty())
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

    private void observation(ObjectNode node, String reference, Optional<Frame> parent, Found found) {
        var frame = frame(node, reference, parent);
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

    private boolean isOfInterest(ObjectNode node) {
        var code = Concept.of(node, "code", context.codes());
        return !analytes(code).isEmpty() || FhirJson.has(node, "component");
    }

    /** Status, time and the like of an Observation; empty where its status says that it does not exist. */
    private Optional<Frame> frame(ObjectNode node, String reference, Optional<Frame> parent) {
        var status = FhirJson.text(node, "status").isEmpty() && parent.isPresent()
                ? parent.map(Frame::status)
                : status(FhirJson.text(node, "status"));
        var drawn = drawn(node);
        var method = Concept.of(node, "method", context.codes());
        return status.map(known -> new Frame(
                node,
                parent,
                reference,
                known,
                drawn instanceof ClinicalTime.Unknown ? parent.map(Frame::drawn).orElse(drawn) : drawn,
                method.isEmpty() ? parent.map(Frame::method).orElse(method) : method));
    }

    /** A status that cannot be read is taken as not final: nothing may be decided on it, and nothing older instead. */
    private static Optional<ResultStatus> status(Optional<String> written) {
        return switch (written.orElse("")) {
            case "final" -> Optional.of(ResultStatus.FINAL);
            case "amended", "appended" -> Optional.of(ResultStatus.AMENDED);
            case "corrected" -> Optional.of(ResultStatus.CORRECTED);
            case "registered", "specimen-in-process" -> Optional.of(ResultStatus.REGISTERED);
            case "cancelled", "entered-in-error", "unknown" -> Optional.empty();
            default -> Optional.of(ResultStatus.PRELIMINARY);
        };
    }

    /** When the sample was taken: the effective time, else the collection of the specimen; never the issue. */
    private ClinicalTime drawn(ObjectNode node) {
        var effective = timed(node, "effective");
        if (!(effective instanceof ClinicalTime.Unknown)) {
            return effective;
        }
        return FhirJson.object(node, "specimen")
                .flatMap(reference -> context.references().resolve(reference, node))
                .flatMap(specimen -> FhirJson.object(specimen, "collection"))
                .map(collection -> timed(collection, "collected"))
                .orElse(effective);
    }

    private ClinicalTime timed(ObjectNode node, String element) {
        var text = FhirJson.text(node, element + "DateTime")
                .or(() -> FhirJson.text(node, element + "Instant"))
                .or(() -> FhirJson.object(node, element + "Period").flatMap(period -> FhirJson.text(period, "end")));
        return context.time().clinical(text);
    }

    private Optional<LocalDateTime> issued(Frame frame) {
        return moment(FhirJson.text(frame.node(), "issued"))
                .or(() -> frame.parent().flatMap(this::issued));
    }

    private Optional<LocalDateTime> moment(Optional<String> text) {
        var time = context.time().clinical(text);
        return time instanceof ClinicalTime.At at
                ? Optional.of(at.moment())
                : time.day().map(LocalDate::atStartOfDay);
    }

    private void item(ObjectNode node, Frame frame, Found found) {
        var code = Concept.of(node, "code", context.codes());
        if (code.isEmpty()) {
            return;
        }
        test(code, node, frame, found);
        var value = Concept.of(node, "valueCodeableConcept", context.codes());
        if (isAny(code, context.terminology()::isPregnancyStatus)) {
            answer(node, value, frame, found.pregnancies(), found, "pregnancy status");
        } else if (isAny(code, context.terminology()::isSexAtBirth)) {
            answer(node, value, frame, found.sexes(), found, "sex at birth");
        } else {
            symptom(node, code, value, frame, found);
        }
    }

    private void answer(
            ObjectNode node, Concept value, Frame frame, List<CodedAnswer> answers, Found found, String what) {
        var coded = value.isEmpty() ? Concept.of(node, "valueString", context.codes()) : value;
        if (!frame.status().isFinal() || coded.isEmpty()) {
            found.notes().add(ReadNote.ignored(frame.reference(), what + " without a final coded answer"));
            return;
        }
        answers.add(new CodedAnswer(coded, frame.drawn().day(), frame.reference()));
        found.notes().add(ReadNote.read(frame.reference(), what + " " + coded.shown()));
    }

    private static boolean isAny(Concept concept, java.util.function.BiPredicate<String, String> known) {
        for (var coding : concept.codings()) {
            if (known.test(coding.system(), coding.code())) {
                return true;
            }
        }
        return false;
    }

    // --- laboratory results and measurements ---

    /** What an Observation is a result of, by its codes, else by its words. */
    private void test(Concept code, ObjectNode node, Frame frame, Found found) {
        var coded = analytes(code);
        if (coded.isEmpty()) {
            uncoded(code, node, frame, found);
            return;
        }
        var contradicting = coded.size() > 1 ? Optional.<String>empty() : contradicting(coded, code);
        if (coded.size() == 1 && contradicting.isEmpty()) {
            coded.forEach(analyte -> lab(analyte, code, node, frame, found));
            return;
        }
        var meant = EnumSet.copyOf(coded);
        contradicting.map(this::named).ifPresent(named -> meant.addAll(named.sure()));
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

    /** The words beside a code that name another test than it; the client's own map is taken at its word. */
    private Optional<String> contradicting(Set<Analyte> coded, Concept code) {
        var analyte = coded.iterator().next();
        return code.texts().stream()
                .filter(text -> named(text).contradicts(analyte))
                .filter(text -> !isMapped(code))
                .findFirst();
    }

    private boolean isMapped(Concept code) {
        return code.codings().stream().anyMatch(coding -> context.codes()
                .target(coding)
                .flatMap(target -> context.terminology().lab(target.system(), target.code()))
                .isPresent());
    }

    /** A result without a code that is known and confirmed: what its words name is in doubt, and so is a code that they do not bear out. */
    private void uncoded(Concept code, ObjectNode node, Frame frame, Found found) {
        var unconfirmed = unconfirmed(code);
        var sure = EnumSet.noneOf(Analyte.class);
        var unsure = EnumSet.noneOf(Analyte.class);
        for (var text : code.texts()) {
            var named = named(text);
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
                        .filter(text -> named(text).mayMean(analyte))
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

    private LabNames.Named named(String text) {
        return names.computeIfAbsent(text, context.terminology()::namedTests);
    }

    private Set<Analyte> analytes(Concept code) {
        var found = EnumSet.noneOf(Analyte.class);
        var unsure = EnumSet.noneOf(Analyte.class);
        for (var coding : code.codings()) {
            context.terminology().lab(coding.system(), coding.code()).ifPresent(lab -> (lab.verified() ? found : unsure)
                    .add(lab.analyte()));
        }
        unsure.removeAll(found);
        unsure.removeIf(analyte -> !names(analyte, code));
        found.addAll(unsure);
        return found;
    }

    private Set<Analyte> unconfirmed(Concept code) {
        var found = EnumSet.noneOf(Analyte.class);
        for (var coding : code.codings()) {
            context.terminology().lab(coding.system(), coding.code()).ifPresent(lab -> found.add(lab.analyte()));
        }
        return found;
    }

    private boolean names(Analyte analyte, Concept code) {
        return code.texts().stream().anyMatch(text -> named(text).mayMean(analyte));
    }

    private void lab(Analyte analyte, Concept code, ObjectNode node, Frame frame, Found found) {
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
            Frame frame,
            Found found) {
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
                    why, DisplayText.plain(QuantityReader.written(measured), LONGEST_NAME), called, List.of(measured));
        }
        var unreadable = (Reading.Unreadable) reading;
        return new Reading.Unreadable(
                unreadable.why() == Reading.Why.ABSENT ? unreadable.why() : why,
                unreadable.shown(),
                called,
                unreadable.possible());
    }

    /** What an engineer puts into the client's code map. */
    private ReadNote unmapped(Analyte analyte, Concept code, Frame frame) {
        var target = context.terminology().code(analyte);
        return ReadNote.unmapped(
                frame.reference(),
                () -> code.codings().isEmpty()
                        ? words(analyte) + " by its words alone, without any code: the laboratory has to send one"
                        : words(analyte) + " by its words; in the code map " + code.shown()
                                + " would have to stand for " + target.system() + "|" + target.code());
    }

    private void add(Analyte analyte, Reading value, Concept code, ObjectNode node, Frame frame, Found found) {
        var unit = value instanceof Reading.Measured measured
                ? Optional.of(measured.unit())
                : Optional.<health.setpoint.titration.labs.Unit>empty();
        var result = new LabResult(
                analyte,
                frame.status(),
                frame.drawn(),
                value,
                WITH_METHOD.contains(analyte) ? assay(code, frame.method()) : Assay.UNKNOWN,
                quantities.upperLimit(analyte, node, unit),
                frame.reference());
        found.labs().add(new Version(result, frame));
        if (!(value instanceof Reading.Unreadable unreadable && unreadable.why().isOfTest())) {
            found.notes().add(note(result));
        }
    }

    /** The method as the result states it, else as its code does, else as the words of its code do. */
    private Assay assay(Concept code, Concept method) {
        return byText(method)
                .or(() -> byCode(method))
                .or(() -> byCode(code))
                .or(() -> byText(code))
                .orElse(Assay.UNKNOWN);
    }

    private Optional<Assay> byText(Concept concept) {
        var said = new ArrayList<Assay>();
        for (var text : concept.texts()) {
            context.terminology().assayByText(text).ifPresent(said::add);
        }
        return weakest(said);
    }

    private Optional<Assay> byCode(Concept concept) {
        var said = new ArrayList<Assay>();
        for (var coding : concept.codings()) {
            context.terminology()
                    .lab(coding.system(), coding.code())
                    .map(LabCode::assay)
                    .filter(assay -> assay != Assay.UNKNOWN)
                    .ifPresent(said::add);
        }
        return weakest(said);
    }

    /** Of contradicting methods the weaker one. */
    private static Optional<Assay> weakest(List<Assay> said) {
        return said.isEmpty() ? Optional.empty() : Optional.of(Collections.max(said));
    }

    private static ReadNote note(LabResult result) {
        if (result.reading() instanceof Reading.Measured measured) {
            return ReadNote.read(
                    result.reference(),
                    () -> what(result) + ", " + measured.comparator().sign()
                            + measured.amount().toPlainString() + " "
                            + measured.unit().symbol());
        }
        var unreadable = (Reading.Unreadable) result.reading();
        return ReadNote.unreadable(
                result.reference(),
                () -> what(result) + ", "
                        + switch (unreadable.why()) {
                            case NO_UNIT -> "no unit";
                            case UNKNOWN_UNIT ->
                                "a unit that is unknown for this test, or two that contradict each other";
                            case NO_NUMBER -> "no number";
                            case ABSENT -> "no value: " + unreadable.shown();
                            case IMPLAUSIBLE -> "no such value exists: " + unreadable.shown();
                            case UNMAPPED -> "no code that is known";
                            case CONTRADICTORY -> "codes or words that name different tests";
                        });
    }

    private static String what(LabResult result) {
        return words(result.analyte()) + ", " + result.status().name().toLowerCase(java.util.Locale.ROOT) + ", "
                + result.drawn().day().map(LocalDate::toString).orElse("no time");
    }

    private static String words(Analyte analyte) {
        return analyte.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    /** Where a result was amended or corrected, only its newest version counts. */
    private List<LabResult> current(List<Version> versions, List<ReadNote> notes) {
        if (versions.stream().noneMatch(Version::isChanged)) {
            return versions.stream().map(Version::result).toList();
        }
        var groups = new HashMap<String, List<Version>>();
        for (var version : versions) {
            identifiers(version.frame().node()).forEach(identifier -> groups.computeIfAbsent(
                            version.result().analyte() + " " + identifier, none -> new ArrayList<>())
                    .add(version));
        }
        // By identity: of two that are equal one is kept.
        var replaced = Collections.newSetFromMap(new IdentityHashMap<Version, Boolean>());
        var newestFirst = Comparator.comparing(
                        (Version version) -> issued(version.frame()).orElse(LocalDateTime.MIN))
                .reversed()
                .thenComparing(version -> version.result().status())
                .thenComparing(version -> version.result().reference());
        for (var group : groups.values()) {
            if (group.size() > 1 && group.stream().anyMatch(Version::isChanged)) {
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
        if (labs.stream().noneMatch(ObservationReader::isUnmapped)) {
            return labs;
        }
        var known = new HashSet<List<Object>>();
        labs.stream()
                .filter(lab -> lab.reading() instanceof Reading.Measured
                        && lab.status().isFinal())
                .forEach(lab -> known.add(saying(lab, (Reading.Measured) lab.reading())));
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

    // --- symptoms ---

    private void symptom(ObjectNode node, Concept code, Concept value, Frame frame, Found found) {
        if (!frame.status().isFinal()) {
            return;
        }
        var asked = context.symptoms(code);
        if (!asked.isEmpty()) {
            var said = AnswerPolarity.of(node, "valueBoolean", "valueString", value);
            var presence = said.orElseGet(() -> hasOtherValue(node) ? AnswerPolarity.UNCLEAR : AnswerPolarity.PRESENT);
            record(asked, presence, frame, found);
            return;
        }
        var named = context.symptoms(value);
        if (named.isEmpty()) {
            return;
        }
        if (code.says(NOT_NOW)) {
            found.notes().add(ReadNote.ignored(frame.reference(), "a symptom of another person or time"));
        } else {
            record(named, AnswerPolarity.PRESENT, frame, found);
        }
    }

    private static boolean hasOtherValue(ObjectNode node) {
        return FhirJson.has(node, "dataAbsentReason")
                || node.properties().stream().anyMatch(each -> each.getKey().startsWith("value"));
    }

    private void record(Set<Symptom> symptoms, AnswerPolarity presence, Frame frame, Found found) {
        for (var symptom : symptoms) {
            var name = symptom.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
            if (presence == AnswerPolarity.UNCLEAR) {
                found.notes().add(ReadNote.unreadable(frame.reference(), name + ": the answer is neither yes nor no"));
            } else {
                found.symptoms()
                        .add(new SymptomAnswer(
                                symptom,
                                SymptomReport.Origin.OBSERVATION,
                                presence == AnswerPolarity.PRESENT,
                                frame.drawn().day(),
                                frame.reference()));
                found.notes()
                        .add(ReadNote.read(
                                frame.reference(),
                                name + (presence == AnswerPolarity.PRESENT ? " present" : " absent")));
            }
        }
    }
}
