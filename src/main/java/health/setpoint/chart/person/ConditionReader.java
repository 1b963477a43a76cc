package health.setpoint.chart.person;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.ChartEntry;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.knowledge.terminology.NamedProblem;
import health.setpoint.titration.person.Condition;
import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.person.SymptomReport;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads Conditions: diagnoses in any status, symptoms that are there now, and a pregnancy; and of Procedures the diagnoses
 * that they were done for.
 */
public final class ConditionReader {

    private static final List<String> ACTIVE = List.of("active", "recurrence", "relapse");
    private static final List<String> NOT_TRUE = List.of("refuted", "entered-in-error");
    private static final Set<String> NOT_DONE =
            Set.of("not-done", "entered-in-error", "preparation", "aborted", "cancelled");

    /** How sure a diagnosis is, in German records; {@code A} is one that was ruled out. */
    private static final String CERTAINTY = "icd-10-gm-diagnosesicherheit";

    private static final String RULED_OUT = "A";
    private static final int LONGEST_NAME = 120;

    /** Symptoms that no code names. */
    private static final Set<Symptom> IN_WORDS = EnumSet.of(
            Symptom.HEIGHTENED_SENSITIVITY,
            Symptom.REDUCED_WELLBEING,
            Symptom.REDUCED_SENSITIVITY,
            Symptom.ANORGASMIA,
            Symptom.BODY_FAT_GAIN);

    private final ReadContext context;

    public ConditionReader(ReadContext context) {
        this.context = context;
    }

    /** What the Conditions say. */
    public record Conditions(
            List<Condition> diagnoses, List<SymptomReport> symptoms, boolean pregnant, List<ReadNote> notes) {}

    /**
     * What one record names.
     *
     * @param byWords diagnoses that only its words name
     * @param complaintsByWords symptoms that only its words name although there are codes for them
     * @param over symptoms that its words call past, whatever its status
     * @param doubtful what its words name without saying that the patient has it
     */
    private record Named(
            Set<Diagnosis> diagnoses,
            Set<Diagnosis> byWords,
            Set<Symptom> complaints,
            Set<Symptom> complaintsByWords,
            Set<Symptom> over,
            List<NamedProblem> doubtful,
            boolean pregnancy) {

        boolean isNothing() {
            return diagnoses.isEmpty() && byWords.isEmpty() && isNoSymptom() && !pregnancy;
        }

        boolean isNoSymptom() {
            return complaints.isEmpty() && complaintsByWords.isEmpty();
        }

        boolean isOver() {
            return !isNoSymptom() && over.containsAll(complaints) && over.containsAll(complaintsByWords);
        }
    }

    public Conditions read(List<ChartEntry> entries, List<ChartEntry> procedures) {
        var found = new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        var pregnant = false;
        for (var entry : entries) {
            pregnant |= read(entry, found);
        }
        procedures.forEach(entry -> readProcedure(entry, found));
        return new Conditions(found.diagnoses(), found.symptoms(), pregnant, found.notes());
    }

    private record Found(List<Condition> diagnoses, List<SymptomReport> symptoms, List<ReadNote> notes) {}

    /** Reads one Condition; true where it is a pregnancy of now. */
    private boolean read(ChartEntry entry, Found found) {
        var node = entry.resource();
        if (Concept.of(node, "verificationStatus", CodeMap.NONE).hasAnyCode(NOT_TRUE) || isRuledOut(node)) {
            found.notes().add(ReadNote.ignored(entry.reference(), "refuted or entered in error"));
            return false;
        }
        var code = Concept.of(node, "code", context.codes());
        var named = named(code, atItsSite(node, code), hasComeBack(node));
        var active = isActive(node);
        var since = begun(node);
        add(named, active, diagnosed(node), entry, found);
        if (active) {
            named.complaints().stream()
                    .filter(symptom -> !named.over().contains(symptom))
                    .forEach(symptom -> found.symptoms()
                            .add(new SymptomReport(symptom, SymptomReport.Origin.CONDITION, since, entry.reference())));
            named.complaintsByWords().stream()
                    .filter(symptom -> !named.over().contains(symptom))
                    .forEach(symptom -> found.symptoms()
                            .add(new SymptomReport(
                                    symptom, SymptomReport.Origin.CONDITION, since, entry.reference(), true)));
        }
        found.notes().add(note(entry, code, named, active, since));
        return named.pregnancy() && active;
    }

    /** By its code and words alone: where no site is named beside them, another one says nothing to any rule. */
    public boolean isAskedFor(Concept code) {
        return !named(code, List.of(), false).isNothing();
    }

    private static void add(Named named, boolean active, Optional<LocalDate> since, ChartEntry entry, Found found) {
        named.diagnoses().forEach(diagnosis -> found.diagnoses()
                .add(new Condition(diagnosis, active, since, entry.reference())));
        named.byWords().forEach(diagnosis -> found.diagnoses()
                .add(new Condition(diagnosis, active, since, entry.reference(), true)));
    }

    /** A Procedure says what it was done for by its own words and by its reason. */
    private void readProcedure(ChartEntry entry, Found found) {
        var node = entry.resource();
        if (NOT_DONE.contains(FhirJson.text(node, "status").orElse(""))) {
            return;
        }
        var code = Concept.of(node, "code", context.codes()).and(Concept.of(node, "reasonCode", context.codes()));
        var named = named(code, List.of(), false);
        if (named.diagnoses().isEmpty() && named.byWords().isEmpty()) {
            return;
        }
        var since = context.time()
                .begun(node, "performedDateTime", context.today())
                .or(() -> FhirJson.object(node, "performedPeriod")
                        .flatMap(period -> context.time().begun(period, "start", context.today())));
        add(named, false, since, entry, found);
        found.notes().add(ReadNote.read(entry.reference(), () -> "done for: " + words(named) + since(since)));
    }

    private boolean isRuledOut(ObjectNode node) {
        return Concept.of(node, "code", CodeMap.NONE).codings().stream()
                        .anyMatch(coding -> context.terminology().isRuledOut(coding.system(), coding.code()))
                || hasRuledOutExtension(node);
    }

    private static boolean hasRuledOutExtension(ObjectNode node) {
        return FhirJson.objects(node.path("code"), "coding").stream()
                .flatMap(coding -> FhirJson.objects(coding, "extension").stream())
                .filter(extension -> FhirJson.text(extension, "url")
                        .filter(url -> url.endsWith(CERTAINTY))
                        .isPresent())
                .anyMatch(extension ->
                        Concept.of(extension, "valueCoding", CodeMap.NONE).hasCode(RULED_OUT));
    }

    /** Where a site is named of its own ("Carcinoma", of the prostate), the two in one. */
    private List<String> atItsSite(ObjectNode node, Concept code) {
        var sites = Concept.of(node, "bodySite", CodeMap.NONE).texts();
        return sites.stream()
                .limit(1)
                .flatMap(site -> code.texts().stream().map(text -> text + " of " + site))
                .filter(text -> text.length() <= LONGEST_NAME)
                .toList();
    }

    private Named named(Concept code, List<String> more, boolean hasComeBack) {
        var diagnoses = diagnoses(code);
        var complaints = symptoms(code);
        var problems = Stream.concat(code.texts().stream(), more.stream())
                .flatMap(text -> context.terminology().problemsByText(text).stream())
                .toList();
        var byWords = EnumSet.noneOf(Diagnosis.class);
        var complaintsByWords = EnumSet.noneOf(Symptom.class);
        problems.stream().filter(NamedProblem::his).forEach(problem -> {
            problem.diagnosis().filter(each -> !diagnoses.contains(each)).ifPresent(byWords::add);
            problem.symptom().filter(each -> !complaints.contains(each)).ifPresent(complaintsByWords::add);
        });
        var isPregnancy = code.codings().stream()
                .anyMatch(coding -> context.terminology().isPregnancy(coding.system(), coding.code()));
        return new Named(
                diagnoses,
                byWords,
                complaints,
                complaintsByWords,
                hasComeBack ? Set.of() : over(code, problems, complaints),
                problems.stream().filter(problem -> !problem.his()).distinct().toList(),
                isPregnancy);
    }

    /** Symptoms that are over by the words beside their code, or by which they are known. */
    private Set<Symptom> over(Concept code, List<NamedProblem> problems, Set<Symptom> coded) {
        var over = EnumSet.noneOf(Symptom.class);
        problems.stream().filter(NamedProblem::over).forEach(problem -> problem.symptom()
                .ifPresent(over::add));
        if (!coded.isEmpty() && code.texts().stream().anyMatch(context.terminology()::saysOver)) {
            over.addAll(coded);
        }
        return over;
    }

    private static ReadNote note(
            ChartEntry entry, Concept code, Named named, boolean active, Optional<LocalDate> since) {
        if (named.isNothing() && !named.doubtful().isEmpty()) {
            return ReadNote.ignored(
                    entry.reference(),
                    () -> "its words name " + doubtful(named)
                            + ", but do not say that the patient has it: of the family, looked for, suspected or ruled"
                            + " out");
        }
        if (named.isNothing()) {
            return ReadNote.unasked(entry.reference(), code);
        }
        if (named.diagnoses().isEmpty() && named.byWords().isEmpty() && !active) {
            return ReadNote.ignored(entry.reference(), () -> "a symptom that is over: " + words(named));
        }
        if (named.diagnoses().isEmpty() && named.byWords().isEmpty() && !named.pregnancy() && named.isOver()) {
            return ReadNote.ignored(
                    entry.reference(), () -> "a symptom that is over by its own words: " + words(named));
        }
        return ReadNote.read(
                entry.reference(), () -> (active ? "a problem: " : "a past problem: ") + words(named) + since(since));
    }

    private static String doubtful(Named named) {
        return named.doubtful().stream()
                .map(problem -> problem.diagnosis()
                        .map(ConditionReader::words)
                        .orElseGet(() -> words(problem.symptom().orElseThrow())))
                .collect(Collectors.joining(", "));
    }

    private static String words(Named named) {
        var byWords = " (recognised by its words only)";
        return Stream.of(
                        named.diagnoses().stream().map(ConditionReader::words),
                        named.complaints().stream().map(ConditionReader::words),
                        named.byWords().stream().map(each -> words(each) + byWords),
                        named.complaintsByWords().stream().map(each -> words(each) + byWords),
                        named.pregnancy() ? Stream.of("pregnancy") : Stream.<String>empty())
                .flatMap(each -> each)
                .collect(Collectors.joining(", "));
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String since(Optional<LocalDate> since) {
        return since.map(day -> ", since " + day).orElse(", without a date");
    }

    static boolean isActive(ObjectNode node) {
        var status = Concept.of(node, "clinicalStatus", CodeMap.NONE);
        return status.codings().isEmpty() || status.hasAnyCode(ACTIVE);
    }

    private static boolean hasComeBack(ObjectNode node) {
        return Concept.of(node, "clinicalStatus", CodeMap.NONE).hasAnyCode(List.of("recurrence", "relapse"));
    }

    /** A date of a record, of which only the month may be known. */
    private interface Dates {
        Optional<LocalDate> day(JsonNode node, String member);
    }

    /** Since when a diagnosis is there: the latest day that its date may mean, which is the one that rules may act upon. */
    private Optional<LocalDate> diagnosed(ObjectNode node) {
        return since(node, (holder, member) -> context.time().begun(holder, member, context.today()));
    }

    /** Since when a symptom is there: the earliest day that its date may mean, so that none counts that came too early. */
    private Optional<LocalDate> begun(ObjectNode node) {
        return since(node, context.time()::earliestDay);
    }

    /** Onset; where none is given in any form, the day it was recorded. */
    private static Optional<LocalDate> since(ObjectNode node, Dates dates) {
        if (FhirJson.has(node, "onsetDateTime")) {
            return dates.day(node, "onsetDateTime");
        }
        var period = FhirJson.object(node, "onsetPeriod");
        if (period.isPresent() && FhirJson.has(period.get(), "start")) {
            return dates.day(period.get(), "start");
        }
        if (FhirJson.has(node, "onsetAge") || FhirJson.has(node, "onsetRange")) {
            return Optional.empty();
        }
        return dates.day(node, "recordedDate").or(() -> dates.day(node, "assertedDate"));
    }

    private Set<Diagnosis> diagnoses(Concept code) {
        var found = EnumSet.noneOf(Diagnosis.class);
        for (var coding : code.codings()) {
            context.terminology().diagnosis(coding.system(), coding.code()).ifPresent(found::add);
        }
        code.texts().forEach(text -> context.terminology().diagnosisByText(text).ifPresent(found::add));
        return found;
    }

    private Set<Symptom> symptoms(Concept code) {
        var found = context.symptoms(code);
        if (found.isEmpty()) {
            code.texts().forEach(text -> context.terminology()
                    .symptomByText(text)
                    .filter(IN_WORDS::contains)
                    .ifPresent(found::add));
        }
        return found;
    }
}
