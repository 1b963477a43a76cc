package health.setpoint.chart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.knowledge.LabCode;
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
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads Observations: laboratory results, measurements, symptoms, pregnancy status and sex at birth. */
final class ObservationReader {

    /** A question about somebody or some time that does not count. */
    private static final Pattern NOT_NOW = Pattern.compile(
            "\\b(family|relative|mother|father|past|history|previous|denie[sd]|rul(e|ed) out)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Set<Analyte> WITH_METHOD = EnumSet.of(
            Analyte.ESTRADIOL, Analyte.TESTOSTERONE, Analyte.FREE_TESTOSTERONE, Analyte.BIOAVAILABLE_TESTOSTERONE);

    private final Source source;
    private final QuantityReader quantities;

    ObservationReader(Source source) {
        this.source = source;
        this.quantities = new QuantityReader(source.knowledge().units());
    }

    /** What the Observations say. */
    record Observations(
            List<LabResult> labs,
            List<SymptomAnswer> symptoms,
            List<Answer> pregnancies,
            List<Answer> sexesAtBirth,
            List<ReadNote> notes) {}

    /** A coded answer and its day. */
    record Answer(Concept value, Optional<LocalDate> day, String reference) {}

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
            List<Answer> pregnancies,
            List<Answer> sexes,
            List<ReadNote> notes) {}

    Observations read(List<Entry> entries) {
        var found = new Found(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (var entry : entries) {
            if (entry.type().equals("Observation")) {
                observation(entry.resource(), entry.reference(), Optional.empty(), found);
            } else {
                report(entry, found);
            }
        }
        return new Observations(
                current(found.labs(), found.notes()),
                found.symptoms(),
                found.pregnancies(),
                found.sexes(),
                found.notes());
    }

    /** A DiagnosticReport matters for the results that it contains. */
    private void report(Entry entry, Found found) {
        var contained = contained(entry.resource());
        if (!contained.isEmpty()) {
            frame(entry.resource(), entry.reference(), Optional.empty())
                    .ifPresent(frame -> contained.forEach(
                            member -> observation(member, entry.reference(), Optional.of(frame), found)));
        }
    }

    private static List<ObjectNode> contained(ObjectNode resource) {
        var contained = Json.objects(resource, "contained");
        return contained.isEmpty()
                ? contained
                : contained.stream()
                        .filter(each -> Json.text(each, "resourceType").equals(Optional.of("Observation")))
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
                                        + Json.text(node, "status")
                                                .map(Shown::code)
                                                .orElse("missing") + ": the result does not exist"));
            }
            return;
        }
        var before = found.notes().size();
        item(node, frame.get(), found);
        for (var component : Json.objects(node, "component")) {
            item(component, frame.get(), found);
        }
        for (var member : contained(node)) {
            observation(member, reference, frame, found);
        }
        if (found.notes().size() == before && parent.isEmpty()) {
            found.notes().add(ReadNote.unasked(reference, Concept.of(node, "code", source.codes())));
        }
    }

    private boolean isOfInterest(ObjectNode node) {
        var code = Concept.of(node, "code", source.codes());
        return !analytes(code).isEmpty() || Json.has(node, "component");
    }

    /** Status, time and the like of an Observation; empty where its status says that it does not exist. */
    private Optional<Frame> frame(ObjectNode node, String reference, Optional<Frame> parent) {
        var status = Json.text(node, "status").isEmpty() && parent.isPresent()
                ? parent.map(Frame::status)
                : status(Json.text(node, "status"));
        var drawn = drawn(node);
        var method = Concept.of(node, "method", source.codes());
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
        return Json.object(node, "specimen")
                .flatMap(reference -> source.references().resolve(reference, node))
                .flatMap(specimen -> Json.object(specimen, "collection"))
                .map(collection -> timed(collection, "collected"))
                .orElse(effective);
    }

    private ClinicalTime timed(ObjectNode node, String element) {
        var text = Json.text(node, element + "DateTime")
                .or(() -> Json.text(node, element + "Instant"))
                .or(() -> Json.object(node, element + "Period").flatMap(period -> Json.text(period, "end")));
        return source.time().clinical(text);
    }

    private Optional<LocalDateTime> issued(Frame frame) {
        return moment(Json.text(frame.node(), "issued")).or(() -> frame.parent().flatMap(this::issued));
    }

    private Optional<LocalDateTime> moment(Optional<String> text) {
        var time = source.time().clinical(text);
        return time instanceof ClinicalTime.At at
                ? Optional.of(at.moment())
                : time.day().map(LocalDate::atStartOfDay);
    }

    private void item(ObjectNode node, Frame frame, Found found) {
        var code = Concept.of(node, "code", source.codes());
        if (code.isEmpty()) {
            return;
        }
        var analytes = analytes(code);
        if (analytes.size() > 1) {
            found.notes()
                    .add(ReadNote.ignored(
                            frame.reference(), "its codes name several different tests: " + code.shown()));
        } else if (!analytes.isEmpty()) {
            lab(analytes.iterator().next(), code, node, frame, found);
        } else if (!unconfirmed(code).isEmpty()) {
            found.notes()
                    .add(ReadNote.ignored(
                            frame.reference(),
                            "the code " + code.shown() + " counts only with a text that names the test"));
        }
        var value = Concept.of(node, "valueCodeableConcept", source.codes());
        if (isAny(code, source.terminology()::isPregnancyStatus)) {
            answer(node, value, frame, found.pregnancies(), found, "pregnancy status");
        } else if (isAny(code, source.terminology()::isSexAtBirth)) {
            answer(node, value, frame, found.sexes(), found, "sex at birth");
        } else {
            symptom(node, code, value, frame, found);
        }
    }

    private void answer(ObjectNode node, Concept value, Frame frame, List<Answer> answers, Found found, String what) {
        var coded = value.isEmpty() ? Concept.of(node, "valueString", source.codes()) : value;
        if (!frame.status().isFinal() || coded.isEmpty()) {
            found.notes().add(ReadNote.ignored(frame.reference(), what + " without a final coded answer"));
            return;
        }
        answers.add(new Answer(coded, frame.drawn().day(), frame.reference()));
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

    private Set<Analyte> analytes(Concept code) {
        var found = EnumSet.noneOf(Analyte.class);
        for (var coding : code.codings()) {
            source.terminology()
                    .lab(coding.system(), coding.code())
                    .filter(lab -> lab.verified() || names(lab.analyte(), code))
                    .ifPresent(lab -> found.add(lab.analyte()));
        }
        return found;
    }

    private Set<Analyte> unconfirmed(Concept code) {
        var found = EnumSet.noneOf(Analyte.class);
        for (var coding : code.codings()) {
            source.terminology().lab(coding.system(), coding.code()).ifPresent(lab -> found.add(lab.analyte()));
        }
        return found;
    }

    private boolean names(Analyte analyte, Concept code) {
        return code.texts().stream().anyMatch(text -> source.terminology().names(analyte, text));
    }

    private void lab(Analyte analyte, Concept code, ObjectNode node, Frame frame, Found found) {
        var reading = quantities.read(analyte, node);
        if (reading.isEmpty()) {
            if (Json.has(node, "dataAbsentReason")) {
                found.notes()
                        .add(ReadNote.ignored(
                                frame.reference(),
                                words(analyte) + " is absent: "
                                        + Concept.of(node, "dataAbsentReason", CodeMap.NONE)
                                                .shown()));
                return;
            }
            if (Json.has(node, "component") || Json.has(node, "hasMember")) {
                return;
            }
        }
        var value =
                Json.has(node, "dataAbsentReason") || reading.isEmpty() ? QuantityReader.noNumber("") : reading.get();
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
        found.notes().add(note(result));
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
            source.terminology().assayByText(text).ifPresent(said::add);
        }
        return weakest(said);
    }

    private Optional<Assay> byCode(Concept concept) {
        var said = new ArrayList<Assay>();
        for (var coding : concept.codings()) {
            source.terminology()
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
        var why = ((Reading.Unreadable) result.reading()).why();
        return ReadNote.unreadable(
                result.reference(),
                () -> what(result) + ", "
                        + switch (why) {
                            case NO_UNIT -> "no unit";
                            case UNKNOWN_UNIT ->
                                "a unit that is unknown for this test, or two that contradict each other";
                            case NO_NUMBER -> "no number";
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

    private static Set<String> identifiers(ObjectNode node) {
        var identifiers = new HashSet<String>();
        for (var identifier : Json.objects(node, "identifier")) {
            Json.text(identifier, "value")
                    .ifPresent(value ->
                            identifiers.add(Json.text(identifier, "system").orElse("") + "|" + value));
        }
        return identifiers;
    }

    // --- symptoms ---

    private void symptom(ObjectNode node, Concept code, Concept value, Frame frame, Found found) {
        if (!frame.status().isFinal()) {
            return;
        }
        var asked = source.symptoms(code);
        if (!asked.isEmpty()) {
            var said = Presence.of(node, "valueBoolean", "valueString", value);
            var presence = said.orElseGet(() -> hasOtherValue(node) ? Presence.UNCLEAR : Presence.PRESENT);
            record(asked, presence, frame, found);
            return;
        }
        var named = source.symptoms(value);
        if (named.isEmpty()) {
            return;
        }
        if (code.says(NOT_NOW)) {
            found.notes().add(ReadNote.ignored(frame.reference(), "a symptom of another person or time"));
        } else {
            record(named, Presence.PRESENT, frame, found);
        }
    }

    private static boolean hasOtherValue(ObjectNode node) {
        return Json.has(node, "dataAbsentReason")
                || node.properties().stream().anyMatch(each -> each.getKey().startsWith("value"));
    }

    private void record(Set<Symptom> symptoms, Presence presence, Frame frame, Found found) {
        for (var symptom : symptoms) {
            var name = symptom.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
            if (presence == Presence.UNCLEAR) {
                found.notes().add(ReadNote.unreadable(frame.reference(), name + ": the answer is neither yes nor no"));
            } else {
                found.symptoms()
                        .add(new SymptomAnswer(
                                symptom,
                                SymptomReport.Origin.OBSERVATION,
                                presence == Presence.PRESENT,
                                frame.drawn().day(),
                                frame.reference()));
                found.notes()
                        .add(ReadNote.read(
                                frame.reference(), name + (presence == Presence.PRESENT ? " present" : " absent")));
            }
        }
    }
}
