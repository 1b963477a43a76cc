package health.setpoint.chart.medication.dosage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.medication.sig.ParsedSig;
import health.setpoint.titration.therapy.Dosage;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One instruction with the days for which it holds.
 *
 * @param texts what it says in words
 * @param end last day, where a period, a duration or a count of intakes gives it
 */
record DosageStep(
        ObjectNode instruction,
        int sequence,
        List<ParsedSig> texts,
        Dosage dosage,
        Optional<LocalDate> start,
        Optional<LocalDate> end) {

    private static final List<String> OCCASIONS = List.of("dayOfWeek", "timeOfDay", "when");

    boolean isOverOn(LocalDate day) {
        return end.map(last -> last.isBefore(day)).orElse(false);
    }

    boolean holdsOn(LocalDate day) {
        return !isOverOn(day) && !start.map(first -> first.isAfter(day)).orElse(false);
    }

    boolean isBounded() {
        return start.isPresent() || end.isPresent();
    }

    DosageStep until(Optional<LocalDate> last) {
        return new DosageStep(instruction, sequence, texts, dosage, start, last);
    }

    boolean isReadable() {
        return !(dosage instanceof Dosage.Unreadable);
    }

    /** Words that change nothing, and no structure. */
    boolean isNote() {
        return WrittenDosage.structure(instruction).isEmpty()
                && !texts.isEmpty()
                && texts.stream().allMatch(ParsedSig::isNote);
    }

    /** Both stand for themselves: other structures, or other days or times of day. */
    boolean adds(DosageStep other) {
        var mine = WrittenDosage.structure(instruction);
        var theirs = WrittenDosage.structure(other.instruction);
        return !mine.isEmpty() && !theirs.isEmpty() && !mine.equals(theirs) || isAtOtherTimes(other);
    }

    private boolean isAtOtherTimes(DosageStep other) {
        var mine = occasions();
        var theirs = other.occasions();
        return !mine.isEmpty() && !theirs.isEmpty() && Collections.disjoint(mine, theirs);
    }

    private Set<String> occasions() {
        var all = new HashSet<String>();
        texts.forEach(text -> all.addAll(text.occasions()));
        DosageTiming.repeat(instruction)
                .ifPresent(repeat -> OCCASIONS.forEach(member -> all.addAll(FhirJson.texts(repeat, member))));
        return all;
    }
}
