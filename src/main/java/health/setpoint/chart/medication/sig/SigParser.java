package health.setpoint.chart.medication.sig;

import health.setpoint.chart.medication.product.ProductStrength;
import health.setpoint.chart.medication.sig.SigContent.Trait;
import health.setpoint.chart.medication.sig.Taken.Piece;
import health.setpoint.chart.medication.words.SigToken;
import health.setpoint.knowledge.terminology.DoseUnits;
import health.setpoint.knowledge.terminology.SigWords;
import health.setpoint.knowledge.terminology.SigWords.Kind;
import health.setpoint.titration.therapy.Drug;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One instruction, taken apart from its first word to its last. Each place is given to the one production that begins
 * there; what none wants is left over. No production looks more than a few words ahead.
 */
final class SigParser {

    /** Signs that part an instruction and change nothing. */
    static final Set<String> BREAKS = Set.of("(", ")", "[", "]", ".", ",", ";", ":", "!", "\"", "|");

    private static final BigDecimal DAYS_IN_WEEK = BigDecimal.valueOf(7);

    private final InstructionWords words;
    private final SigContent said = new SigContent();
    private final LeftoverWords leftOver;
    private final NumberGrammar numbers;
    private final DoseGrammar doses;
    private final DayGrammar days;
    private final FrequencyGrammar frequencies;
    private final SupplyGrammar supplies;
    private final DurationGrammar durations;

    private SigParser(InstructionWords words) {
        this.words = words;
        leftOver = new LeftoverWords(words);
        numbers = new NumberGrammar(words, said);
        doses = new DoseGrammar(words, numbers, said);
        days = new DayGrammar(words, said);
        frequencies = new FrequencyGrammar(words, numbers, days, said);
        supplies = new SupplyGrammar(words, numbers);
        durations = new DurationGrammar(words, numbers, frequencies, supplies, said);
    }

    /**
     * What an instruction says.
     *
     * @param product strength with which tablets, millilitres and the like are counted
     * @param drugs which it may name; empty where it may name any
     */
    static ParsedSig parse(
            List<SigToken> tokens,
            SigWords table,
            DoseUnits units,
            Optional<ProductStrength> product,
            Set<Drug> drugs) {
        var parser = new SigParser(new InstructionWords(tokens, table, units));
        parser.takeAll();
        return parser.sig(product, drugs);
    }

    private void takeAll() {
        var before = Piece.NOTHING;
        int at = 0;
        while (at < words.size()) {
            var taken = take(at, before);
            at = taken.end();
            before = taken.piece();
        }
    }

    private Taken take(int at, Piece before) {
        var token = words.token(at);
        var taken = token.isNumber() ? counted(at, before) : token.isWord() ? worded(at, before) : signed(at, before);
        return taken.orElseGet(() -> leave(at));
    }

    private Taken leave(int at) {
        leftOver.add(words.token(at));
        return new Taken(Piece.OTHER, at + 1);
    }

    private Optional<Taken> signed(int at, Piece before) {
        var sign = words.text(at);
        if (words.token(at).kind() != SigToken.Kind.SIGN) {
            return Optional.empty();
        }
        if (BREAKS.contains(sign)) {
            return Taken.of(before, at + 1);
        }
        return switch (sign) {
            case "=" -> before == Piece.DOSE && words.isNumber(at + 1) ? Taken.of(before, at + 1) : Optional.empty();
            case "/" -> frequencies.over(at, before);
            case "#" -> supplies.supply(at + 1);
            case "@" -> days.clock(at + 1);
            case "&", "+" -> days.and(at, before);
            case "-" -> isApart(at) ? Taken.of(before, at + 1) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** A dash between two parts of an instruction, not one within a word or between numbers. */
    private boolean isApart(int at) {
        return !words.token(at).isGlued()
                && at + 1 < words.size()
                && !words.token(at + 1).isGlued();
    }

    private Optional<Taken> counted(int at, Piece before) {
        return numbers.amount(at).flatMap(amount -> {
            var range = numbers.range(amount.end());
            if (range.isPresent()) {
                said.add(Trait.RANGE);
                return Taken.of(Piece.OTHER, range.get().end());
            }
            return doses.dose(amount, at, before)
                    .or(() -> frequencies.often(amount, before))
                    .or(() -> frequencies.daysOfWeek(amount))
                    .or(() -> supplies.supplied(amount))
                    .or(() -> days.clock(at))
                    .or(() -> doses.unitless(amount, at));
        });
    }

    private Optional<Taken> worded(int at, Piece before) {
        Optional<Taken> taken =
                switch (words.text(at)) {
                    case "every", "each" -> frequencies.every(at + 1);
                    case "q" ->
                        words.number(Kind.ADVERB, at + 1)
                                .flatMap(rate -> frequencies.adverb(rate, at + 1))
                                .or(() -> frequencies.every(at + 1));
                    case "on" -> days.days(at + 1);
                    case "per" -> frequencies.over(at, before);
                    case "a", "an" -> counted(at, before).or(() -> frequencies.over(at, before));
                    case "x" -> durations.crossed(at);
                    case "for" -> durations.duration(at + 1);
                    case "at" -> days.clock(at + 1);
                    case "and" -> days.and(at, before);
                    case "of" -> of(at, before);
                    case "starting", "start", "from" -> durations.date(at + 1);
                    case "disp", "dispense", "dispensed", "qty", "quantity" -> supplies.supply(at + 1);
                    case "refill", "refills", "rf", "repeats" -> supplies.refills(at + 1);
                    case "r" ->
                        words.is(at + 1, "-") || words.is(at + 1, ":") ? supplies.refills(at + 1) : Optional.empty();
                    default -> words.number(Kind.NUMBER, at).isPresent() ? counted(at, before) : Optional.empty();
                };
        return taken.or(() -> words.number(Kind.TIMES, at).flatMap(times -> frequencies.times(times, at + 1)))
                .or(() -> words.number(Kind.ADVERB, at).flatMap(perWeek -> frequencies.adverb(perWeek, at)))
                .or(() -> days.days(at))
                .or(() -> frequencies.glued(at))
                .or(() -> phrase(at));
    }

    /** Half of a tablet, 1 mL of 200 mg/mL, one tablet of anastrozole. */
    private Optional<Taken> of(int at, Piece before) {
        var isOf = before == Piece.DOSE
                && at + 1 < words.size()
                && (words.token(at + 1).isNumber() || words.isKind(at + 1, Kind.DRUG));
        return isOf ? Taken.of(before, at + 1) : Optional.empty();
    }

    private Optional<Taken> phrase(int at) {
        return words.longest(at).flatMap(phrase -> {
            int end = at + phrase.length();
            return switch (phrase.kind()) {
                case RATE -> {
                    said.addRate(new BigDecimal(phrase.value()));
                    yield Taken.of(Piece.RATE, end);
                }
                case DAILY_AT -> {
                    said.addRate(DAYS_IN_WEEK);
                    said.times().add(phrase.value());
                    yield Taken.of(Piece.TIME, end);
                }
                case TIME_OF_DAY -> {
                    said.times().add(phrase.value());
                    yield Taken.of(Piece.TIME, end);
                }
                case AMBIGUOUS -> {
                    said.ambiguous().add(words.text(at));
                    for (var each : phrase.value().split(" ")) {
                        said.addPossible(new BigDecimal(each));
                    }
                    yield Taken.of(Piece.OTHER, end);
                }
                case AS_NEEDED -> trait(Trait.AS_NEEDED, end);
                case REFERENCE -> trait(Trait.REFERENCE, end);
                case DRUG -> {
                    said.drugs().add(phrase.value());
                    yield Taken.of(Piece.OTHER, words.isForm(end) ? end + 1 : end);
                }
                case STOP -> {
                    said.stops().add(words.spelled(at, end));
                    yield Taken.of(Piece.OTHER, end);
                }
                case CONDITION -> {
                    said.add(Trait.CONDITION);
                    yield Optional.empty();
                }
                case FILLER, NUMBER, ORDINAL, TIMES, PERIOD, ADVERB, DAY, DAY_LETTER, DAYS ->
                    Taken.of(Piece.OTHER, end);
            };
        });
    }

    private Optional<Taken> trait(Trait trait, int end) {
        said.add(trait);
        return Taken.of(Piece.OTHER, end);
    }

    // --- what it says ---

    private ParsedSig sig(Optional<ProductStrength> product, Set<Drug> of) {
        if (said.is(Trait.AS_NEEDED)) {
            return ParsedSig.takenAsNeeded();
        }
        var speaksOfDose = said.speaksOfDose() || leftOver.speaksOfDose();
        var problem = notUnderstood(of);
        if (!problem.isEmpty()) {
            return ParsedSig.notUnderstood(problem, speaksOfDose);
        }
        var namesProductFirst = doses.namesProductFirst();
        var intake = SigIntake.of(said, namesProductFirst, product);
        var frequency = SigFrequency.of(said, namesProductFirst);
        if (!intake.problem().isEmpty() || !frequency.problem().isEmpty()) {
            return ParsedSig.notUnderstood(intake.problem().isEmpty() ? frequency.problem() : intake.problem(), true);
        }
        var occasions = new LinkedHashSet<String>();
        said.days().forEach(occasions::addAll);
        occasions.addAll(said.times());
        return new ParsedSig(
                intake.mg(),
                frequency.perWeek(),
                frequency.perWeek().isPresent() ? Set.of() : Set.copyOf(said.possible()),
                said.durations().stream().findFirst(),
                occasions,
                false,
                said.isPlain(),
                speaksOfDose,
                "",
                intake.missing(),
                ambiguity());
    }

    private String ambiguity() {
        return said.ambiguous().isEmpty()
                ? ""
                : "The abbreviation “" + said.ambiguous().get(0) + "” has more than one meaning.";
    }

    private String notUnderstood(Set<Drug> of) {
        if (!said.stops().isEmpty()) {
            return "The instruction says “" + said.stops().get(0) + "”.";
        }
        if (said.is(Trait.RANGE)) {
            return "It names a range, not one dose at one interval.";
        }
        if (!leftOver.isEmpty()) {
            return leftOver.problem();
        }
        if (said.durations().size() > 1 || said.is(Trait.CONTRADICTION)) {
            return "The instruction contradicts itself.";
        }
        var isOfAnother = !of.isEmpty() && said.drugs().stream().anyMatch(named -> !of.contains(Drug.valueOf(named)));
        return isOfAnother ? "The instruction names another drug." : "";
    }
}
