package health.setpoint.chart.medication.dosage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.fhir.FhirTime;
import health.setpoint.chart.medication.product.DoseQuantity;
import health.setpoint.chart.medication.product.ProductStrength;
import health.setpoint.chart.medication.sig.ParsedSig;
import health.setpoint.chart.medication.sig.SigReader;
import health.setpoint.knowledge.DoseUnits;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.WeeklyDose;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads dosage instructions into mg per week. The structured elements come first, words only where they are missing;
 * where both are there, they have to agree. What is not plain is unreadable.
 */
public final class DosageReader {

    private static final BigDecimal WEEK = BigDecimal.valueOf(7);
    private static final BigDecimal DAYS_IN_MONTH = new BigDecimal("30.4375");
    private static final MathContext EXACT = MathContext.DECIMAL64;
    private static final int DECIMALS = 6;
    private static final int COMPARED_DECIMALS = 3;
    private static final int LONGEST_WRITTEN = 300;
    /** Steps of a taper, times of a day; each is compared with each. */
    private static final int MOST_INSTRUCTIONS = 50;

    private static final int MOST_TIMING_WORDS = 20;
    private static final int MOST_ADDITIONAL = 20;
    private static final int MOST_NOTES = 50;
    private static final List<String> OCCASIONS = List.of("dayOfWeek", "timeOfDay", "when");
    private static final List<String> IN_WORDS = List.of("text", "patientInstruction");
    private static final List<String> ADDITIONAL = List.of("additionalInstruction", "additionalInstructions");
    private static final Amount NO_DOSE = new Amount.Missing("The dose is not structured.");
    private static final Amount NO_FREQUENCY = new Amount.Missing("The frequency is not structured.");
    private static final Set<String> DAYS = Set.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    /** Abbreviations of the timing code system that mean one rate, in intakes per week. */
    private static final Map<String, BigDecimal> CODED = Map.ofEntries(
            Map.entry("QD", WEEK),
            Map.entry("AM", WEEK),
            Map.entry("PM", WEEK),
            Map.entry("BED", WEEK),
            Map.entry("BID", BigDecimal.valueOf(14)),
            Map.entry("TID", BigDecimal.valueOf(21)),
            Map.entry("QID", BigDecimal.valueOf(28)),
            Map.entry("QOD", new BigDecimal("3.5")),
            Map.entry("WK", BigDecimal.ONE),
            Map.entry("MO", WEEK.divide(DAYS_IN_MONTH, EXACT)));

    private static final BigDecimal LONGEST_DURATION = BigDecimal.valueOf(36_500);

    private final FhirTime time;
    private final LocalDate today;
    private final DoseUnits units;
    private final SigReader sigs;

    public DosageReader(FhirTime time, LocalDate today, Knowledge knowledge) {
        this.time = time;
        this.today = today;
        this.units = knowledge.doseUnits();
        this.sigs = new SigReader(knowledge.sigWords(), units);
    }

    /**
     * What a record says beside its instructions.
     *
     * @param strength of the product, where its code or ingredient says it
     * @param drugs of the product, which words may name
     * @param rendered the instructions in words, as the sender put them together
     * @param notes on the record
     */
    public record Beside(
            Optional<ProductStrength> strength, Set<Drug> drugs, Optional<String> rendered, List<String> notes) {}

    /** A number, its highest value where it is a range, or the reason why there is none. */
    private sealed interface Amount {
        record Exactly(BigDecimal value) implements Amount {}

        record UpTo(BigDecimal highest) implements Amount {}

        record OneDate() implements Amount {}

        record Missing(String why) implements Amount {}

        record Unclear(String why) implements Amount {}
    }

    /**
     * One instruction with the days for which it holds.
     *
     * @param texts what it says in words
     * @param end last day, where a period, a duration or a count of intakes gives it
     */
    private record Step(
            ObjectNode instruction,
            int sequence,
            List<ParsedSig> texts,
            Dosage dosage,
            Optional<LocalDate> start,
            Optional<LocalDate> end) {

        boolean isOverOn(LocalDate day) {
            return end.map(last -> last.isBefore(day)).orElse(false);
        }

        boolean holdsOn(LocalDate day) {
            return !isOverOn(day) && !start.map(first -> first.isAfter(day)).orElse(false);
        }

        boolean isBounded() {
            return start.isPresent() || end.isPresent();
        }

        Step until(Optional<LocalDate> last) {
            return new Step(instruction, sequence, texts, dosage, start, last);
        }

        boolean isReadable() {
            return !(dosage instanceof Dosage.Unreadable);
        }

        /** Words that change nothing, and no structure. */
        boolean isNote() {
            return structure(instruction).isEmpty()
                    && !texts.isEmpty()
                    && texts.stream().allMatch(ParsedSig::isNote);
        }

        /** Both stand for themselves: other structures, or other days or times of day. */
        boolean adds(Step other) {
            var mine = structure(instruction);
            var theirs = structure(other.instruction);
            return !mine.isEmpty() && !theirs.isEmpty() && !mine.equals(theirs) || isAtOtherTimes(other);
        }

        private boolean isAtOtherTimes(Step other) {
            var mine = occasions();
            var theirs = other.occasions();
            return !mine.isEmpty() && !theirs.isEmpty() && Collections.disjoint(mine, theirs);
        }

        private Set<String> occasions() {
            var all = new HashSet<String>();
            texts.forEach(text -> all.addAll(text.occasions()));
            repeat(instruction)
                    .ifPresent(repeat -> OCCASIONS.forEach(member -> all.addAll(FhirJson.texts(repeat, member))));
            return all;
        }
    }

    /**
     * Reads all instructions of a record.
     *
     * @param instructions Dosage elements
     * @param written when the record was written
     * @param begun first day of what the record is about, where it names one
     */
    public Prescription read(
            List<ObjectNode> instructions, Beside beside, Optional<LocalDate> written, Optional<LocalDate> begun) {
        if (instructions.isEmpty()) {
            var dosage = beside.rendered()
                    .map(words -> combine(
                            NO_DOSE,
                            NO_FREQUENCY,
                            List.of(text(words, beside)),
                            Optional.empty(),
                            () -> written(words)))
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
        var steps = steps(instructions, beside, begun.or(() -> written));
        var live = steps.stream().filter(step -> !step.isOverOn(today)).toList();
        var end = live.isEmpty() || steps.stream().allMatch(step -> step.end().isPresent())
                ? steps.stream().map(Step::end).flatMap(Optional::stream).max(LocalDate::compareTo)
                : Optional.<LocalDate>empty();
        var lastEnd = end;
        var chosen = live.isEmpty()
                ? steps.stream().filter(step -> step.end().equals(lastEnd)).toList()
                : live;
        var start = chosen.stream().map(Step::start).flatMap(Optional::stream).max(LocalDate::compareTo);
        var event = steps.stream()
                .flatMap(step -> events(step.instruction()).stream())
                .max(LocalDate::compareTo);
        var now = current(chosen, written);
        var dosage = now.isEmpty()
                ? new Dosage.Unreadable("Several dosage steps follow each other without dates.", written(instructions))
                : sum(now);
        return new Prescription(undisputed(dosage, beside, instructions), start, end, event);
    }

    private ParsedSig text(String words, Beside beside) {
        return sigs.read(words, beside.strength(), beside.drugs());
    }

    /** Unless a remark on the record is plain and says another dose. */
    private Dosage undisputed(Dosage dosage, Beside beside, List<ObjectNode> instructions) {
        if (!(dosage instanceof Dosage.Weekly rate)) {
            return dosage;
        }
        var isDisputed = Stream.concat(
                        beside.rendered().stream(), beside.notes().stream().limit(MOST_NOTES))
                .map(remark -> text(remark, beside))
                .filter(text -> text.mg().isPresent() && text.perWeek().isPresent())
                .anyMatch(text -> !isSame(
                        weekly(text.mg().get(), text.perWeek().get()),
                        rate.dose().mg()));
        return isDisputed
                ? new Dosage.Unreadable("A remark on the record gives another weekly dose.", written(instructions))
                : dosage;
    }

    private List<Step> steps(List<ObjectNode> instructions, Beside beside, Optional<LocalDate> begun) {
        var steps = new ArrayList<Step>();
        for (var instruction : instructions) {
            var period = repeat(instruction).flatMap(repeat -> FhirJson.object(repeat, "boundsPeriod"));
            var start = period.flatMap(bounds -> time.day(bounds, "start"));
            var texts = texts(instruction, beside);
            steps.add(new Step(
                    instruction,
                    FhirJson.number(instruction, "sequence")
                            .map(BigDecimal::intValue)
                            .orElse(0),
                    texts,
                    one(instruction, beside.strength(), texts, start.or(() -> begun)),
                    start,
                    period.flatMap(bounds -> time.day(bounds, "end"))));
        }
        if (steps.stream().map(Step::sequence).distinct().count() > 1) {
            return oneAfterAnother(steps, begun);
        }
        return steps.stream()
                .map(step -> step.until(lastDay(step, step.start().or(() -> begun))))
                .toList();
    }

    /** The earliest of the end of its period, of its duration and of its count of intakes. */
    private Optional<LocalDate> lastDay(Step step, Optional<LocalDate> begun) {
        var days = Stream.of(durationDays(step), countDays(step)).flatMap(Optional::stream);
        return Stream.concat(step.end().stream(), days.flatMap(count -> begun.stream()
                        .map(first -> first.plusDays(count).minusDays(1))))
                .min(LocalDate::compareTo);
    }

    /** So many intakes at a rate take so many days. */
    private static Optional<Long> countDays(Step step) {
        if (!(step.dosage() instanceof Dosage.Weekly rate)) {
            return Optional.empty();
        }
        Function<BigDecimal, BigDecimal> days = count -> count.multiply(WEEK).divide(rate.intakesPerWeek(), EXACT);
        return repeat(step.instruction()).flatMap(DosageReader::count).map(days).flatMap(DosageReader::wholeDays);
    }

    /** Steps that follow each other for so many days each are over with the last of them. */
    private static List<Step> oneAfterAnother(List<Step> steps, Optional<LocalDate> begun) {
        var days = new TreeMap<Integer, Long>();
        for (var step : steps) {
            var length = durationDays(step);
            if (length.isEmpty() || step.isBounded()) {
                return steps;
            }
            days.merge(step.sequence(), length.get(), Math::max);
        }
        var all = days.values().stream().mapToLong(Long::longValue).sum();
        var last = begun.map(first -> first.plusDays(all).minusDays(1));
        return steps.stream().map(step -> step.until(last)).toList();
    }

    /** Instructions of one sequence number hold together; of several numbers the one that holds today counts. */
    private List<Step> current(List<Step> steps, Optional<LocalDate> written) {
        var groups = new TreeMap<Integer, List<Step>>();
        steps.forEach(step -> groups.computeIfAbsent(step.sequence(), none -> new ArrayList<>())
                .add(step));
        if (groups.size() == 1) {
            return steps;
        }
        if (steps.stream().allMatch(step -> isDated(step.instruction()))) {
            var holding = groups.values().stream()
                    .filter(group -> group.stream().anyMatch(step -> step.holdsOn(today)))
                    .toList();
            if (holding.isEmpty()
                    && steps.stream().allMatch(step -> step.start().isPresent())) {
                return groups.firstEntry().getValue();
            }
            return holding.size() == 1 ? holding.get(0) : List.of();
        }
        return byDuration(groups, written);
    }

    /** Steps that follow each other for so many days each, from the day of writing. */
    private List<Step> byDuration(TreeMap<Integer, List<Step>> groups, Optional<LocalDate> written) {
        if (written.isEmpty()) {
            return List.of();
        }
        var start = written.get();
        for (var group : groups.values()) {
            var days = group.stream().map(DosageReader::durationDays).distinct().toList();
            if (days.size() != 1) {
                return List.of();
            }
            var isLast = group == groups.lastEntry().getValue();
            if (days.get(0).isEmpty()) {
                return isLast ? group : List.of();
            }
            var next = start.plusDays(days.get(0).get());
            if (today.isBefore(next) || isLast) {
                return group;
            }
            start = next;
        }
        return List.of();
    }

    private boolean isDated(ObjectNode instruction) {
        return repeat(instruction)
                .flatMap(repeat -> FhirJson.object(repeat, "boundsPeriod"))
                .map(period -> time.day(period, "start").isPresent()
                        || time.day(period, "end").isPresent())
                .orElse(false);
    }

    /** For how long it is to be taken, at the most. */
    private static Optional<Long> durationDays(Step step) {
        return repeat(step.instruction())
                .flatMap(DosageReader::duration)
                .flatMap(DosageReader::inDays)
                .flatMap(DosageReader::wholeDays);
    }

    private static Optional<ObjectNode> duration(ObjectNode repeat) {
        return FhirJson.object(repeat, "boundsDuration")
                .or(() -> FhirJson.object(repeat, "boundsRange").flatMap(range -> FhirJson.object(range, "high")))
                .filter(duration -> FhirJson.has(duration, "value"))
                .filter(duration ->
                        !FhirJson.text(duration, "comparator").orElse("").startsWith(">"));
    }

    private static Optional<BigDecimal> inDays(ObjectNode duration) {
        return FhirJson.number(duration, "value").flatMap(value -> FhirJson.text(duration, "code")
                .or(() -> FhirJson.text(duration, "unit"))
                .flatMap(DosageReader::days)
                .map(value::multiply));
    }

    private static Optional<Long> wholeDays(BigDecimal days) {
        return Optional.of(days)
                .filter(count -> count.signum() > 0 && count.compareTo(LONGEST_DURATION) < 0)
                .map(count -> count.setScale(COMPARED_DECIMALS, RoundingMode.HALF_UP)
                        .setScale(0, RoundingMode.CEILING)
                        .longValue());
    }

    private Dosage sum(List<Step> all) {
        var steps = distinct(all);
        if (steps.isEmpty()) {
            return new Dosage.Unreadable(
                    "Its instructions differ and do not say whether they add up.",
                    written(all.stream().map(Step::instruction).toList()));
        }
        var weekly = WeeklyDose.NONE;
        var intakes = BigDecimal.ZERO;
        var isRange = false;
        var isRate = false;
        for (var step : steps) {
            var dosage = step.dosage();
            if (dosage instanceof Dosage.Unreadable unreadable) {
                return steps.size() == 1
                        ? unreadable
                        : new Dosage.Unreadable(
                                unreadable.why(),
                                written(steps.stream().map(Step::instruction).toList()));
            } else if (dosage instanceof Dosage.Weekly rate) {
                weekly = weekly.plus(rate.dose());
                intakes = intakes.add(rate.intakesPerWeek());
                isRate = true;
            } else if (dosage instanceof Dosage.Range range) {
                weekly = weekly.plus(range.highest());
                isRange = true;
            }
        }
        if (isRange) {
            return new Dosage.Range(weekly);
        }
        return isRate ? new Dosage.Weekly(weekly, plain(intakes)) : new Dosage.Single();
    }

    /** Each instruction once, without notes; none where it cannot be told whether two are one. */
    private static List<Step> distinct(List<Step> steps) {
        var said = steps.stream().filter(step -> !step.isNote()).toList();
        var distinct = new ArrayList<Step>();
        for (var step : said.isEmpty() ? steps : said) {
            var alike = distinct.stream().filter(other -> !step.adds(other)).toList();
            var isReadable = step.isReadable() && alike.stream().allMatch(Step::isReadable);
            if (isReadable && alike.stream().anyMatch(other -> !step.dosage().equals(other.dosage()))) {
                return List.of();
            }
            if (alike.isEmpty() || !isReadable) {
                distinct.add(step);
            }
        }
        return distinct;
    }

    private List<ParsedSig> texts(ObjectNode instruction, Beside beside) {
        var said = new ArrayList<ParsedSig>();
        for (var member : IN_WORDS) {
            FhirJson.text(instruction, member).ifPresent(words -> said.add(text(words, beside)));
        }
        var additional = ADDITIONAL.stream()
                .flatMap(member -> FhirJson.objects(instruction, member).stream())
                .flatMap(each -> Concept.of(each, CodeMap.NONE).texts().stream())
                .limit(MOST_ADDITIONAL + 1L)
                .toList();
        additional.forEach(words -> said.add(text(words, beside)));
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
        Supplier<String> written = () -> written(List.of(instruction));
        if (isAsNeeded(instruction)) {
            return new Dosage.Unreadable("It is to be taken as needed.", written.get());
        }
        var duration = repeat(instruction).flatMap(DosageReader::duration);
        if (duration.isPresent()
                && duration.flatMap(DosageReader::inDays)
                        .flatMap(DosageReader::wholeDays)
                        .isEmpty()) {
            return new Dosage.Unreadable("It cannot be read for how long it is to be taken.", written.get());
        }
        return combine(dose(instruction, strength), frequency(instruction), texts, begun, written);
    }

    private static boolean isAsNeeded(ObjectNode instruction) {
        return FhirJson.isTrue(instruction, "asNeededBoolean")
                || FhirJson.isTrue(instruction, "asNeeded")
                || !FhirJson.objects(instruction, "asNeededCodeableConcept").isEmpty()
                || !FhirJson.objects(instruction, "asNeededFor").isEmpty();
    }

    private Dosage combine(
            Amount dose, Amount frequency, List<ParsedSig> texts, Optional<LocalDate> begun, Supplier<String> written) {
        if (texts.stream().anyMatch(ParsedSig::asNeeded)) {
            return new Dosage.Unreadable("It is to be taken as needed.", written.get());
        }
        if (dose instanceof Amount.Unclear unclear) {
            return new Dosage.Unreadable(unclear.why(), written.get());
        }
        if (frequency instanceof Amount.Unclear unclear) {
            return new Dosage.Unreadable(unclear.why(), written.get());
        }
        if (frequency instanceof Amount.OneDate) {
            return texts.stream().anyMatch(text -> text.perWeek().isPresent())
                    ? new Dosage.Unreadable("It is given once, and its words name a frequency.", written.get())
                    : new Dosage.Single();
        }
        var amount = dose instanceof Amount.Missing ? first(texts, ParsedSig::mg, dose) : dose;
        var rate = frequency instanceof Amount.Missing ? first(texts, ParsedSig::perWeek, frequency) : frequency;
        var isMissing = amount instanceof Amount.Missing || rate instanceof Amount.Missing;
        if (!isMissing && (amount instanceof Amount.UpTo || rate instanceof Amount.UpTo)) {
            return new Dosage.Range(new WeeklyDose(weekly(highest(amount), highest(rate))));
        }
        var doubt = texts.stream().filter(ParsedSig::isDoubt).findFirst();
        if (doubt.isPresent()) {
            return new Dosage.Unreadable(doubt.get().problem(), written.get());
        }
        if (isMissing) {
            return new Dosage.Unreadable(missing(amount, rate, texts), written.get());
        }
        var isStructured = dose.equals(amount) && frequency.equals(rate);
        var mg = highest(amount);
        var perWeek = highest(rate);
        return dispute(mg, perWeek, texts, isStructured ? begun : Optional.empty())
                .<Dosage>map(why -> new Dosage.Unreadable(why, written.get()))
                .orElseGet(() -> new Dosage.Weekly(new WeeklyDose(weekly(mg, perWeek)), plain(perWeek)));
    }

    private static Amount first(
            List<ParsedSig> texts, Function<ParsedSig, Optional<BigDecimal>> said, Amount otherwise) {
        return texts.stream()
                .map(said)
                .flatMap(Optional::stream)
                .findFirst()
                .<Amount>map(Amount.Exactly::new)
                .orElse(otherwise);
    }

    /** What words say against a dose and its rate. */
    private Optional<String> dispute(
            BigDecimal mg, BigDecimal perWeek, List<ParsedSig> texts, Optional<LocalDate> begun) {
        for (var text : texts) {
            if (!isSame(weekly(text.mg().orElse(mg), text.perWeek().orElse(perWeek)), weekly(mg, perWeek))) {
                return Optional.of("The structured dose and its text give different weekly doses.");
            }
            if (!text.possible().isEmpty() && text.possible().stream().noneMatch(rate -> isSame(rate, perWeek))) {
                return Optional.of(text.ambiguity());
            }
            if (text.days().isPresent() && !lasts(text.days().get(), begun)) {
                return Optional.of("It is to be taken for a limited time only.");
            }
        }
        return Optional.empty();
    }

    private boolean lasts(BigDecimal days, Optional<LocalDate> begun) {
        return begun.isPresent()
                && wholeDays(days)
                        .filter(count -> begun.get().plusDays(count).isAfter(today))
                        .isPresent();
    }

    /** The words first: they name what was not understood. */
    private static String missing(Amount amount, Amount rate, List<ParsedSig> texts) {
        var isDose = amount instanceof Amount.Missing;
        var why = isDose ? ((Amount.Missing) amount).why() : ((Amount.Missing) rate).why();
        return Stream.concat(
                        texts.stream().map(ParsedSig::problem),
                        texts.stream().map(isDose ? ParsedSig::missing : ParsedSig::ambiguity))
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse(why);
    }

    private static BigDecimal highest(Amount amount) {
        if (amount instanceof Amount.Exactly exactly) {
            return exactly.value();
        }
        if (amount instanceof Amount.UpTo range) {
            return range.highest();
        }
        throw new IllegalArgumentException("no number: " + amount);
    }

    private static BigDecimal weekly(BigDecimal mg, BigDecimal perWeek) {
        return plain(mg.multiply(perWeek));
    }

    private static BigDecimal plain(BigDecimal value) {
        var rounded = value.setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    private static boolean isSame(BigDecimal a, BigDecimal b) {
        return a.setScale(COMPARED_DECIMALS, RoundingMode.HALF_UP)
                        .compareTo(b.setScale(COMPARED_DECIMALS, RoundingMode.HALF_UP))
                == 0;
    }

    // --- dose ---

    private Amount dose(ObjectNode instruction, Optional<ProductStrength> strength) {
        var all = FhirJson.objects(instruction, "doseAndRate");
        var candidates = new ArrayList<ObjectNode>();
        for (var each : all) {
            if (hasDose(each)) {
                candidates.add(each);
            }
        }
        if (all.isEmpty() && hasDose(instruction)) {
            candidates.add(instruction);
        }
        if (candidates.isEmpty()) {
            return NO_DOSE;
        }
        var ordered = candidates.stream().filter(DosageReader::isOrdered).toList();
        for (var group : List.of(ordered, candidates)) {
            var known = known(group, strength);
            if (known.size() == 1) {
                return known.get(0);
            }
            if (known.size() > 1) {
                return new Amount.Unclear("Several different doses are given for one intake.");
            }
        }
        return candidates.stream().allMatch(this::needsStrength)
                ? new Amount.Missing("The strength of the product is not known.")
                : new Amount.Unclear("The dose has no unit that can be read as mg.");
    }

    /** The different doses of a group: those in a unit of mass, else those that the product's strength turns into mg. */
    private List<Amount> known(List<ObjectNode> group, Optional<ProductStrength> strength) {
        var masses = amounts(group, Optional.empty());
        return masses.isEmpty() ? amounts(group, strength) : masses;
    }

    private List<Amount> amounts(List<ObjectNode> group, Optional<ProductStrength> strength) {
        var different = new LinkedHashSet<Amount>();
        for (var each : group) {
            amount(each, strength).ifPresent(different::add);
            if (different.size() > 1) {
                break;
            }
        }
        return List.copyOf(different);
    }

    private static boolean hasDose(ObjectNode node) {
        return FhirJson.object(node, "doseQuantity").isPresent()
                || FhirJson.object(node, "doseRange").isPresent();
    }

    private static boolean isOrdered(ObjectNode doseAndRate) {
        var type = Concept.of(doseAndRate, "type", CodeMap.NONE);
        return type.hasCode("ordered") || type.texts().stream().anyMatch(text -> text.equalsIgnoreCase("ordered"));
    }

    private Optional<Amount> amount(ObjectNode node, Optional<ProductStrength> strength) {
        var quantity = FhirJson.object(node, "doseQuantity");
        if (quantity.isPresent()) {
            return mg(quantity.get(), strength).map(Amount.Exactly::new);
        }
        return FhirJson.object(node, "doseRange").flatMap(range -> {
            var high = FhirJson.object(range, "high").flatMap(bound -> mg(bound, strength));
            var low = FhirJson.object(range, "low").flatMap(bound -> mg(bound, strength));
            return high.map(mg ->
                    low.isPresent() && low.get().compareTo(mg) == 0 ? new Amount.Exactly(mg) : new Amount.UpTo(mg));
        });
    }

    private Optional<BigDecimal> mg(ObjectNode quantity, Optional<ProductStrength> strength) {
        return DoseQuantity.of(quantity, units)
                .flatMap(dose -> dose.mg(strength))
                .map(mg -> mg.signum() == 0 ? mg : mg.stripTrailingZeros());
    }

    /** Counted in tablets or the like, so that the strength is all that is missing. */
    private boolean needsStrength(ObjectNode node) {
        return FhirJson.object(node, "doseQuantity")
                .flatMap(quantity -> DoseQuantity.of(quantity, units))
                .map(dose -> dose.unit().mg().isEmpty())
                .orElse(false);
    }

    // --- frequency ---

    private Amount frequency(ObjectNode instruction) {
        var timing = FhirJson.object(instruction, "timing");
        if (timing.isEmpty()) {
            return NO_FREQUENCY;
        }
        var repeat = FhirJson.object(timing.get(), "repeat");
        var count = repeat.flatMap(DosageReader::count);
        if (count.map(BigDecimal.ONE::equals).orElse(false)) {
            return new Amount.OneDate();
        }
        if (count.map(intakes -> intakes.signum() <= 0).orElse(false)) {
            return new Amount.Unclear("The count of intakes is not a positive number.");
        }
        var coded = coded(Concept.of(timing.get(), "code", CodeMap.NONE));
        if (repeat.filter(DosageReader::saysHowOften).isPresent()) {
            var rate = rate(repeat.get());
            var contradicts = rate instanceof Amount.Exactly exactly
                    && coded instanceof Amount.Exactly code
                    && !isSame(exactly.value(), code.value());
            return contradicts ? new Amount.Unclear("The timing and its code give different frequencies.") : rate;
        }
        var events = events(instruction);
        if (!events.isEmpty() && coded instanceof Amount.Missing) {
            return events.size() == 1
                    ? new Amount.OneDate()
                    : new Amount.Unclear("It is given on single dates, not at an interval.");
        }
        return coded;
    }

    private static boolean saysHowOften(ObjectNode repeat) {
        return List.of("frequency", "frequencyMax", "period", "dayOfWeek", "timeOfDay", "when").stream()
                .anyMatch(member -> FhirJson.has(repeat, member));
    }

    private Amount coded(Concept code) {
        if (code.texts().size() > MOST_TIMING_WORDS) {
            return new Amount.Unclear("The timing code has more words than are read.");
        }
        var rates = new HashSet<BigDecimal>();
        for (var coding : code.codings()) {
            var rate = CODED.get(coding.code().toUpperCase(java.util.Locale.ROOT));
            if (rate != null) {
                rates.add(plain(rate));
            }
        }
        for (var text : code.texts()) {
            var words = sigs.read(text, Optional.empty(), Set.of());
            if (words.asNeeded()) {
                return new Amount.Unclear("It is to be taken as needed.");
            }
            if (words.mg().isEmpty()) {
                words.perWeek().map(DosageReader::plain).ifPresent(rates::add);
            }
        }
        if (rates.size() > 1) {
            return new Amount.Unclear("The timing code names several frequencies.");
        }
        if (rates.isEmpty()) {
            return code.isEmpty() ? NO_FREQUENCY : new Amount.Unclear("The timing code is not known.");
        }
        return new Amount.Exactly(rates.iterator().next());
    }

    private static Amount rate(ObjectNode repeat) {
        var frequency = FhirJson.number(repeat, "frequency");
        var period = FhirJson.number(repeat, "period");
        var days = new HashSet<String>();
        for (var day : FhirJson.texts(repeat, "dayOfWeek")) {
            if (!DAYS.contains(day)) {
                return new Amount.Unclear("A day of the week cannot be read.");
            }
            days.add(day);
        }
        var times = new HashSet<>(FhirJson.texts(repeat, "timeOfDay")).size();
        var when = new HashSet<>(FhirJson.texts(repeat, "when")).size();
        if (!isPositive(frequency) || !isPositive(period) || !isPositive(FhirJson.number(repeat, "frequencyMax"))) {
            return new Amount.Unclear("The frequency is not a positive number.");
        }
        if (period.isEmpty() && !FhirJson.has(repeat, "periodUnit")) {
            return withoutPeriod(frequency, days, times, when);
        }
        var unit = FhirJson.text(repeat, "periodUnit").flatMap(DosageReader::days);
        if (unit.isEmpty() || period.isEmpty()) {
            return new Amount.Unclear("The interval cannot be read.");
        }
        var length = period.get().multiply(unit.get());
        var perDay = Math.max(times, frequency.isEmpty() ? when : 0);
        if (!days.isEmpty()) {
            return onDays(repeat, length, days.size(), frequency, perDay);
        }
        return everyPeriod(repeat, length, frequency.orElse(BigDecimal.ONE), perDay);
    }

    /** How many intakes there are, at the most. */
    private static Optional<BigDecimal> count(ObjectNode repeat) {
        return Stream.of("count", "countMax")
                .map(member -> FhirJson.number(repeat, member))
                .flatMap(Optional::stream)
                .max(BigDecimal::compareTo)
                .map(count -> count.compareTo(BigDecimal.ONE) == 0 ? BigDecimal.ONE : count);
    }

    private static boolean isPositive(Optional<BigDecimal> number) {
        return number.map(value -> value.signum() > 0).orElse(true);
    }

    private static Amount withoutPeriod(Optional<BigDecimal> frequency, Set<String> days, int times, int when) {
        if (frequency.map(often -> often.compareTo(BigDecimal.ONE) != 0).orElse(false)) {
            return new Amount.Unclear("The frequency has no interval.");
        }
        var perDay = Math.max(1, Math.max(times, when));
        if (!days.isEmpty()) {
            return new Amount.Exactly(BigDecimal.valueOf((long) days.size() * perDay));
        }
        return times + when == 0
                ? new Amount.Unclear("The frequency has no interval.")
                : new Amount.Exactly(WEEK.multiply(BigDecimal.valueOf(perDay)));
    }

    private static Amount onDays(
            ObjectNode repeat, BigDecimal length, int days, Optional<BigDecimal> frequency, int perDay) {
        var isDaily = length.compareTo(BigDecimal.ONE) == 0;
        var isWeekly = length.compareTo(WEEK) == 0;
        if (!isDaily && !isWeekly) {
            return new Amount.Unclear("Days of the week are given at an interval that is neither a day nor a week.");
        }
        var often = frequency.orElse(BigDecimal.ONE);
        var fits = often.compareTo(BigDecimal.ONE) == 0
                || often.compareTo(BigDecimal.valueOf(isDaily ? perDay : days)) == 0
                || (isDaily && perDay <= 1)
                || (isWeekly && often.compareTo(BigDecimal.valueOf((long) days * Math.max(1, perDay))) == 0);
        if (!fits) {
            return new Amount.Unclear("The frequency and the days of the week contradict each other.");
        }
        var each = BigDecimal.valueOf(Math.max(1, perDay)).max(isDaily ? often : BigDecimal.ONE);
        var highest = FhirJson.number(repeat, "frequencyMax");
        if (highest.isPresent() && highest.get().compareTo(often) > 0) {
            return isDaily
                    ? new Amount.UpTo(BigDecimal.valueOf(days).multiply(each.max(highest.get())))
                    : new Amount.UpTo(highest.get().max(BigDecimal.valueOf(days).multiply(each)));
        }
        return new Amount.Exactly(BigDecimal.valueOf(days).multiply(each));
    }

    private static Amount everyPeriod(ObjectNode repeat, BigDecimal length, BigDecimal frequency, int perDay) {
        var intakes = frequency;
        if (perDay > 1) {
            if (frequency.compareTo(BigDecimal.ONE) == 0) {
                intakes = BigDecimal.valueOf(perDay);
            } else if (length.compareTo(BigDecimal.ONE) != 0 || frequency.compareTo(BigDecimal.valueOf(perDay)) != 0) {
                return new Amount.Unclear("The frequency and the times of day contradict each other.");
            }
        }
        var highest = FhirJson.number(repeat, "frequencyMax").filter(max -> max.compareTo(frequency) > 0);
        var hasLongerPeriod = FhirJson.has(repeat, "periodMax");
        if (highest.isPresent() || hasLongerPeriod) {
            return new Amount.UpTo(perWeek(highest.orElse(intakes).max(intakes), length));
        }
        return new Amount.Exactly(perWeek(intakes, length));
    }

    private static BigDecimal perWeek(BigDecimal intakes, BigDecimal days) {
        return intakes.multiply(WEEK).divide(days, EXACT);
    }

    /** Days in a unit of time; seconds and minutes are no interval of a drug. */
    public static Optional<BigDecimal> days(String unit) {
        return switch (unit.toLowerCase(java.util.Locale.ROOT)) {
            case "h", "hour", "hours" -> Optional.of(BigDecimal.ONE.divide(BigDecimal.valueOf(24), EXACT));
            case "d", "day", "days" -> Optional.of(BigDecimal.ONE);
            case "wk", "w", "week", "weeks" -> Optional.of(WEEK);
            case "mo", "month", "months" -> Optional.of(DAYS_IN_MONTH);
            case "a", "year", "years" -> Optional.of(new BigDecimal("365.25"));
            default -> Optional.empty();
        };
    }

    private static Optional<ObjectNode> repeat(ObjectNode instruction) {
        return FhirJson.object(instruction, "timing").flatMap(timing -> FhirJson.object(timing, "repeat"));
    }

    private List<LocalDate> events(ObjectNode instruction) {
        return FhirJson.object(instruction, "timing").stream()
                .flatMap(timing -> FhirJson.texts(timing, "event").stream())
                .map(event -> time.clinical(Optional.of(event)).day())
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    // --- the instruction as written ---

    public static String written(List<ObjectNode> instructions) {
        var all = instructions.stream()
                .map(instruction -> IN_WORDS.stream()
                                .map(member -> written(
                                        FhirJson.text(instruction, member).orElse("")))
                                .collect(Collectors.joining())
                        + structure(instruction))
                .sorted()
                .collect(Collectors.joining(" "));
        return all.length() > LONGEST_WRITTEN ? all.substring(0, LONGEST_WRITTEN) : all;
    }

    private static String structure(ObjectNode instruction) {
        return written(instruction, "doseAndRate") + written(instruction, "doseQuantity") + timing(instruction);
    }

    private static String written(String words) {
        return ParsedSig.normal(words.length() > LONGEST_WRITTEN ? words.substring(0, LONGEST_WRITTEN) : words);
    }

    /** The timing without its bounds, which differ between an order and its renewal. */
    private static String timing(ObjectNode instruction) {
        var timing = FhirJson.object(instruction, "timing");
        var said = new StringBuilder();
        timing.ifPresent(node -> said.append(written(node, "code")).append(written(node, "event")));
        repeat(instruction).ifPresent(repeat -> repeat.properties().stream()
                .filter(each -> !each.getKey().startsWith("bounds"))
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> said.append(' ').append(each.getKey()).append(each.getValue())));
        return said.toString();
    }

    private static String written(JsonNode instruction, String member) {
        return FhirJson.has(instruction, member) ? " " + instruction.path(member) : "";
    }
}
