package health.setpoint.chart.medication.dosage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.fhir.FhirTime;
import health.setpoint.chart.medication.product.ProductStrength;
import health.setpoint.chart.medication.sig.ParsedSig;
import health.setpoint.chart.medication.sig.SigReader;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.therapy.Dosage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads dosage instructions into mg per week. The structured elements come first, words only where they are missing;
 * where both are there, they have to agree. What is not plain is unreadable.
 */
public final class DosageReader {

    /** The members that hold an instruction in words. */
    static final List<String> IN_WORDS = List.of("text", "patientInstruction");

    private static final List<String> ADDITIONAL = List.of("additionalInstruction", "additionalInstructions");
    /** Steps of a taper, times of a day; each is compared with each. */
    private static final int MOST_INSTRUCTIONS = 50;

    private static final int MOST_ADDITIONAL = 20;
    private static final int MOST_NOTES = 50;

    private final FhirTime time;
    private final LocalDate today;
    private final SigReader sigs;
    private final StructuredDose doses;
    private final StructuredFrequency frequencies;
    private final StructureAndWords structureAndWords;
    private final DosageSequence sequence;

    public DosageReader(FhirTime time, LocalDate today, Knowledge knowledge) {
        this.time = time;
        this.today = today;
        this.sigs = new SigReader(knowledge.sigWords(), knowledge.doseUnits());
        this.doses = new StructuredDose(knowledge.doseUnits());
        this.frequencies = new StructuredFrequency(time, sigs);
        this.structureAndWords = new StructureAndWords(today);
        this.sequence = new DosageSequence(time, today);
    }

    /**
     * Reads all instructions of a record.
     *
     * @param instructions Dosage elements
     * @param written when the record was written
     * @param begun first day of what the record is about, where it names one
     */
    public Prescription read(
            List<ObjectNode> instructions,
            DosageContext context,
            Optional<LocalDate> written,
            Optional<LocalDate> begun) {
        if (instructions.isEmpty()) {
            var dosage = context.rendered()
                    .map(words -> structureAndWords.combine(
                            StructuredDose.NONE,
                            StructuredFrequency.NONE,
                            List.of(text(words, context)),
                            Optional.empty(),
                            () -> WrittenDosage.words(words)))
                    .orElseGet(() -> new Dosage.Unreadable("No dosage instruction is given.", ""));
            return new Prescription(dosage, Optional.empty(), Optional.empty(), Optional.empty());
        }
        if (instructions.size() > MOST_INSTRUCTIONS) {
            return new Prescription(
                    new Dosage.Unreadable("It has more dosage instructions than are read.", ""),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
        var steps = steps(instructions, context, begun.or(() -> written));
        var live = steps.stream().filter(step -> !step.isOverOn(today)).toList();
        var end = live.isEmpty() || steps.stream().allMatch(step -> step.end().isPresent())
                ? steps.stream().map(DosageStep::end).flatMap(Optional::stream).max(LocalDate::compareTo)
                : Optional.<LocalDate>empty();
        var lastEnd = end;
        var chosen = live.isEmpty()
                ? steps.stream().filter(step -> step.end().equals(lastEnd)).toList()
                : live;
        var start =
                chosen.stream().map(DosageStep::start).flatMap(Optional::stream).max(LocalDate::compareTo);
        var event = steps.stream()
                .flatMap(step -> DosageTiming.events(step.instruction(), time).stream())
                .max(LocalDate::compareTo);
        var now = sequence.current(chosen, written);
        var dosage = now.isEmpty()
                ? new Dosage.Unreadable(
                        "Several dosage steps follow each other without dates.", WrittenDosage.of(instructions))
                : DosageSum.of(now);
        return new Prescription(undisputed(dosage, context, instructions), start, end, event);
    }

    private ParsedSig text(String words, DosageContext context) {
        return sigs.read(words, context.strength(), context.drugs());
    }

    /** Unless a remark on the record is plain and says another dose. */
    private Dosage undisputed(Dosage dosage, DosageContext context, List<ObjectNode> instructions) {
        if (!(dosage instanceof Dosage.Weekly rate)) {
            return dosage;
        }
        var isDisputed = Stream.concat(
                        context.rendered().stream(), context.notes().stream().limit(MOST_NOTES))
                .map(remark -> text(remark, context))
                .filter(text -> text.mg().isPresent() && text.perWeek().isPresent())
                .anyMatch(text -> !WeeklyRate.isSame(
                        WeeklyRate.weekly(text.mg().get(), text.perWeek().get()),
                        rate.dose().mg()));
        return isDisputed
                ? new Dosage.Unreadable(
                        "A remark on the record gives another weekly dose.", WrittenDosage.of(instructions))
                : dosage;
    }

    private List<DosageStep> steps(List<ObjectNode> instructions, DosageContext context, Optional<LocalDate> begun) {
        var steps = new ArrayList<DosageStep>();
        for (var instruction : instructions) {
            var period = DosageTiming.repeat(instruction).flatMap(repeat -> FhirJson.object(repeat, "boundsPeriod"));
            var start = period.flatMap(bounds -> time.begun(bounds, "start", today));
            var texts = texts(instruction, context);
            steps.add(new DosageStep(
                    instruction,
                    FhirJson.number(instruction, "sequence")
                            .map(BigDecimal::intValue)
                            .orElse(0),
                    texts,
                    one(instruction, context.strength(), texts, start.or(() -> begun)),
                    start,
                    period.flatMap(bounds -> time.ended(bounds, "end"))));
        }
        return sequence.ended(steps, begun);
    }

    private List<ParsedSig> texts(ObjectNode instruction, DosageContext context) {
        var said = new ArrayList<ParsedSig>();
        for (var member : IN_WORDS) {
            FhirJson.text(instruction, member).ifPresent(words -> said.add(text(words, context)));
        }
        var additional = ADDITIONAL.stream()
                .flatMap(member -> FhirJson.objects(instruction, member).stream())
                .flatMap(each -> Concept.of(each, CodeMap.NONE).texts().stream())
                .limit(MOST_ADDITIONAL + 1L)
                .toList();
        additional.forEach(words -> said.add(text(words, context)));
        if (additional.size() > MOST_ADDITIONAL) {
            said.add(ParsedSig.notUnderstood("It has more additional instructions than are read.", true));
        }
        return said;
    }

    private Dosage one(
            ObjectNode instruction,
            Optional<ProductStrength> strength,
            List<ParsedSig> texts,
            Optional<LocalDate> begun) {
        Supplier<String> written = () -> WrittenDosage.of(List.of(instruction));
        if (isAsNeeded(instruction)) {
            return new Dosage.Unreadable("It is to be taken as needed.", written.get());
        }
        var duration = DosageTiming.repeat(instruction).flatMap(DosageTiming::duration);
        if (duration.isPresent()
                && duration.flatMap(DosageTiming::inDays)
                        .flatMap(DosageTiming::wholeDays)
                        .isEmpty()) {
            return new Dosage.Unreadable("It cannot be read for how long it is to be taken.", written.get());
        }
        return structureAndWords.combine(
                doses.read(instruction, strength), frequencies.read(instruction), texts, begun, written);
    }

    private static boolean isAsNeeded(ObjectNode instruction) {
        return FhirJson.isTrue(instruction, "asNeededBoolean")
                || FhirJson.isTrue(instruction, "asNeeded")
                || !FhirJson.objects(instruction, "asNeededCodeableConcept").isEmpty()
                || !FhirJson.objects(instruction, "asNeededFor").isEmpty();
    }
}
