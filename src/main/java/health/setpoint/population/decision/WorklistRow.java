package health.setpoint.population.decision;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.AdviceExtension;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.population.decision.PatientEvaluation.Evaluated;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.Due;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.policy.Policy;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One line of the work list: what patient-view would say of this patient, most serious first, and what a clinician wants to
 * see beside it.
 */
public final class WorklistRow {

    /** What became of a patient. */
    public enum State {
        /** The rules were asked, and this is what they say. */
        DECIDED,
        /** The same, on a part of the record only: what is said may be relied on, silence may not. */
        INCOMPLETE,
        /** The record contradicts itself or lacks the Patient: nothing was decided. */
        REFUSED;

        /** As rows write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private WorklistRow() {}

    /** Whether a clinician has anything to see of this patient: advice, a treatment that the rules watch, or a record that could not be read. */
    public static boolean isWorthARow(PatientRecord patient, Evaluated evaluated) {
        return evaluated.advice().isEmpty()
                || !patient.unreadable().isEmpty()
                || !evaluated.outcome().problems().isEmpty()
                || evaluated
                        .advice()
                        .filter(advice ->
                                !advice.cards().isEmpty() || !advice.running().isEmpty())
                        .isPresent();
    }

    /**
     * The row of a patient.
     *
     * @param shownId his id or a pseudonym
     */
    public static ObjectNode of(String shownId, PatientRecord patient, Evaluated evaluated) {
        var row = JsonNodeFactory.instance.objectNode().put("patient", shownId);
        row.put("state", state(patient, evaluated).word());
        if (isDeceased(patient)) {
            row.put("deceased", true);
        }
        evaluated.advice().ifPresent(advice -> advice(row, advice, evaluated));
        var reasons = Stream.concat(
                        evaluated.outcome().problems().stream().map(problem -> problem.text()),
                        patient.unreadable().stream()
                                .sorted()
                                .map(type -> "A line of " + (type.code().isEmpty() ? "unknown type" : type.code())
                                        + " could not be read."))
                .distinct()
                .toList();
        if (!reasons.isEmpty()) {
            var array = row.putArray("reasons");
            reasons.forEach(array::add);
        }
        return row;
    }

    private static State state(PatientRecord patient, Evaluated evaluated) {
        if (evaluated.advice().isEmpty()) {
            return State.REFUSED;
        }
        return evaluated.outcome().problems().isEmpty() && patient.unreadable().isEmpty()
                ? State.DECIDED
                : State.INCOMPLETE;
    }

    private static boolean isDeceased(PatientRecord patient) {
        return patient.resources().stream()
                .filter(resource -> FhirJson.text(resource, "resourceType").equals(Optional.of("Patient")))
                .anyMatch(resource -> FhirJson.isTrue(resource, "deceasedBoolean")
                        || FhirJson.text(resource, "deceasedDateTime").isPresent());
    }

    private static void advice(ObjectNode row, Advice advice, Evaluated evaluated) {
        var facts = evaluated.facts().orElseThrow();
        var policy = evaluated.policy();
        row.put("on", facts.today().toString()).put("knowledge", policy.version() + " " + policy.hash());
        advice.cards().stream().findFirst().ifPresent(first -> row.put(
                        "indicator", first.indicator().word())
                .put("rule", first.primary().rule().id())
                .put("advice", first.kind().word()));
        var running = row.putArray("running");
        advice.running().forEach(drug -> running.add(drug.name().toLowerCase(Locale.ROOT)));
        var picture = new Picture(facts, policy);
        picture.age().ifPresent(age -> row.put("age", age));
        picture.therapies().runningDose().ifPresent(dose -> row.put("weeklyDoseMg", dose.mg()));
        last(row, picture, Analyte.ESTRADIOL, "estradiol", "pg/mL");
        last(row, picture, Analyte.TESTOSTERONE, "testosterone", "ng/dL");
        picture.band()
                .ifPresent(band -> row.put(
                        "estradiolBand", band.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        due(row, advice, facts.today());
        measures(row, advice, picture);
        var cards = row.putArray("cards");
        advice.cards().forEach(card -> cards.add(card(card, policy)));
    }

    /** Those that concern him, and whether he meets them. */
    private static void measures(ObjectNode row, Advice advice, Picture picture) {
        var measures = JsonNodeFactory.instance.objectNode();
        for (var measure : ClinicMeasure.values()) {
            if (measure.concerns(picture)) {
                measures.put(measure.word(), measure.isMet(picture, advice));
            }
        }
        if (!measures.isEmpty()) {
            row.set("measures", measures);
        }
    }

    /** The card for machines, as the answer of patient-view has it. */
    private static ObjectNode card(CardAdvice card, Policy policy) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("indicator", card.indicator().word())
                .set("advice", AdviceExtension.of(card, policy));
    }

    private static void last(ObjectNode row, Picture picture, Analyte analyte, String member, String unit) {
        picture.newest(analyte).ifPresent(newest -> {
            var last = row.putObject(member)
                    .put("value", newest.value().value())
                    .put("unit", unit)
                    .put("at", newest.drawn().toString());
            if (!newest.value().isExact()) {
                last.put("comparator", newest.value().comparator().sign());
            }
        });
    }

    /** What the calendar asks for by now, and for how many days the longest of it has been over. */
    private static void due(ObjectNode row, Advice advice, LocalDate today) {
        List<Due> open = advice.cards().stream()
                .flatMap(card -> card.due().stream())
                .distinct()
                .toList();
        if (open.isEmpty()) {
            return;
        }
        var due = row.putArray("due");
        for (var line : open) {
            var labs = due.addObject()
                    .put("rule", line.rule().id())
                    .put("from", line.window().from().toString())
                    .put("to", line.window().to().toString())
                    .putArray("labs");
            line.labs().forEach(lab -> labs.add(lab.word()));
        }
        open.stream()
                .mapToLong(line -> ChronoUnit.DAYS.between(line.window().to(), today))
                .max()
                .ifPresent(days -> row.put("overdueDays", Math.max(0, days)));
    }
}
