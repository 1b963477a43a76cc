package health.setpoint.chart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.titration.person.Condition;
import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.person.SymptomReport;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads Conditions: diagnoses in any status, symptoms that are there now, and a pregnancy. */
final class ConditionReader {

    private static final List<String> ACTIVE = List.of("active", "recurrence", "relapse");
    private static final List<String> NOT_TRUE = List.of("refuted", "entered-in-error");

    /** Symptoms that no code names. */
    private static final Set<Symptom> IN_WORDS = EnumSet.of(
            Symptom.HEIGHTENED_SENSITIVITY,
            Symptom.REDUCED_WELLBEING,
            Symptom.REDUCED_SENSITIVITY,
            Symptom.ANORGASMIA,
            Symptom.BODY_FAT_GAIN);

    private final Source source;

    ConditionReader(Source source) {
        this.source = source;
    }

    /** What the Conditions say. */
    record Conditions(
            List<Condition> diagnoses, List<SymptomReport> symptoms, boolean pregnant, List<ReadNote> notes) {}

    Conditions read(List<Entry> entries) {
        var diagnoses = new ArrayList<Condition>();
        var symptoms = new ArrayList<SymptomReport>();
        var notes = new ArrayList<ReadNote>();
        var pregnant = false;
        for (var entry : entries) {
            var node = entry.resource();
            var code = Concept.of(node, "code", source.codes());
            if (Concept.of(node, "verificationStatus", CodeMap.NONE).hasAnyCode(NOT_TRUE)) {
                notes.add(ReadNote.ignored(entry.reference(), "refuted or entered in error"));
                continue;
            }
            var active = isActive(node);
            var since = since(node);
            var found = diagnoses(code);
            var complaints = symptoms(code);
            var isPregnancy = code.codings().stream()
                    .anyMatch(coding -> source.terminology().isPregnancy(coding.system(), coding.code()));
            found.forEach(diagnosis -> diagnoses.add(new Condition(diagnosis, active, since, entry.reference())));
            if (active) {
                complaints.forEach(symptom -> symptoms.add(
                        new SymptomReport(symptom, SymptomReport.Origin.CONDITION, since, entry.reference())));
            }
            pregnant |= isPregnancy && active;
            notes.add(note(entry, code, found, complaints, isPregnancy, active));
        }
        return new Conditions(diagnoses, symptoms, pregnant, notes);
    }

    private static ReadNote note(
            Entry entry,
            Concept code,
            Set<Diagnosis> diagnoses,
            Set<Symptom> symptoms,
            boolean isPregnancy,
            boolean active) {
        if (diagnoses.isEmpty() && symptoms.isEmpty() && !isPregnancy) {
            return ReadNote.unasked(entry.reference(), code);
        }
        if (diagnoses.isEmpty() && !active) {
            return ReadNote.ignored(entry.reference(), "no longer active: " + symptoms);
        }
        return ReadNote.read(
                entry.reference(),
                () -> (active ? "active " : "past ") + diagnoses + symptoms + (isPregnancy ? "[PREGNANCY]" : ""));
    }

    static boolean isActive(ObjectNode node) {
        var status = Concept.of(node, "clinicalStatus", CodeMap.NONE);
        return status.codings().isEmpty() || status.hasAnyCode(ACTIVE);
    }

    /** Onset; where none is given in any form, the day it was recorded. */
    private Optional<LocalDate> since(ObjectNode node) {
        if (Json.has(node, "onsetDateTime")) {
            return source.time().day(node, "onsetDateTime");
        }
        var period = Json.object(node, "onsetPeriod");
        if (period.isPresent() && Json.has(period.get(), "start")) {
            return source.time().day(period.get(), "start");
        }
        if (Json.has(node, "onsetAge") || Json.has(node, "onsetRange")) {
            return Optional.empty();
        }
        return source.time().day(node, "recordedDate").or(() -> source.time().day(node, "assertedDate"));
    }

    private Set<Diagnosis> diagnoses(Concept code) {
        var found = EnumSet.noneOf(Diagnosis.class);
        for (var coding : code.codings()) {
            source.terminology().diagnosis(coding.system(), coding.code()).ifPresent(found::add);
        }
        code.texts().forEach(text -> source.terminology().diagnosisByText(text).ifPresent(found::add));
        return found;
    }

    private Set<Symptom> symptoms(Concept code) {
        var found = source.symptoms(code);
        if (found.isEmpty()) {
            code.texts().forEach(text -> source.terminology()
                    .symptomByText(text)
                    .filter(IN_WORDS::contains)
                    .ifPresent(found::add));
        }
        return found;
    }
}
