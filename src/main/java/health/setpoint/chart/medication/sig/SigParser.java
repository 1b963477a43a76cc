package health.setpoint.chart.medication.sig;

import health.setpoint.chart.medication.product.ProductStrength;
import health.setpoint.chart.medication.words.SigToken;
import health.setpoint.knowledge.DoseUnit;
import health.setpoint.knowledge.DoseUnits;
import health.setpoint.knowledge.SigWords;
import health.setpoint.knowledge.SigWords.Kind;
import health.setpoint.titration.therapy.Drug;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One instruction, taken apart from its first word to its last. Each place is given to the one production that begins
 * there; what none wants is left over. No production looks more than a few words ahead.
 */
final class SigParser {

    private static final MathContext EXACT = MathContext.DECIMAL64;
    private static final BigDecimal HOURS_IN_WEEK = BigDecimal.valueOf(168);
    private static final BigDecimal HOURS_IN_DAY = BigDecimal.valueOf(24);
    private static final BigDecimal DAYS_IN_WEEK = BigDecimal.valueOf(7);
    private static final Set<String> LINKS = Set.of("a", "an", "per", "each", "every", "/", "-", "in", "one");
    private static final Set<String> TAKE = Set.of("take", "takes");
    private static final Set<String> SUPPLIES =
            Set.of("disp", "dispense", "dispensed", "qty", "quantity", "refill", "refills", "rf", "repeats", "r");
    private static final Set<String> REFILLS = Set.of("refill", "refills", "rf", "repeats");
    private static final Set<String> BREAKS = Set.of("(", ")", "[", "]", ".", ",", ";", ":", "!", "\"", "|");
    private static final Set<String> JOINS = Set.of(",", "/", "&", "+", "and", "-", "to", "thru", "through", ".");
    private static final Set<String> RANGES = Set.of("to", "thru", "through");
    private static final Set<String> LAST_JOINTS = Set.of("and", "&", ",and", ",&", ".,and", ".and");
    private static final int LONGEST_LETTERS = 2;
    private static final Set<String> MARKS = Set.of(":", "#", "-", "=", ".", "x");
    private static final String BY_MOUTH = "by mouth";
    private static final int MOST_SIGNS = 3;
    private static final int DECIMALS = 6;
    private static final int LONGEST_SHOWN = 20;
    /** What they belong to tells a reader more than they do. */
    private static final Set<String> SMALL_WORDS = Set.of(
            "every", "each", "on", "in", "the", "to", "of", "at", "and", "or", "a", "an", "per", "for", "by", "with",
            "q");

    private static final Set<String> HALVES = Set.of("noon", "am", "pm");

    /** What the place before the present one was. */
    private enum Piece {
        NOTHING,
        DOSE,
        RATE,
        DAY,
        TIME,
        OTHER
    }

    /** A piece and the place behind it. */
    private record Taken(Piece piece, int end) {}

    /** A number and the place behind it. */
    private record Amount(BigDecimal value, int end) {}

    /** A strength that the words give. */
    private record Said(BigDecimal mg, DoseUnit per) {}

    /**
     * An amount of the drug.
     *
     * @param strength of the tablet, where it stands between number and tablet
     * @param isForm a mass and its form: 1 mg tablet; of tablets, a number without any unit
     * @param isTotal said to be all that is taken
     * @param isEqual stands directly behind another amount, as its equivalent
     * @param from where it stands
     * @param to the place behind it
     */
    private record Dose(
            BigDecimal value,
            DoseUnit unit,
            Optional<BigDecimal> strength,
            boolean isForm,
            boolean isTotal,
            boolean isEqual,
            int from,
            int to) {

        static Dose of(BigDecimal value, DoseUnit unit, boolean isEqual, int from, int to) {
            return new Dose(value, unit, Optional.empty(), false, false, isEqual, from, to);
        }

        boolean isUnitless() {
            return isForm && unit == DoseUnit.TABLET;
        }
    }

    private enum Trait {
        RANGE,
        CONTRADICTION,
        AS_NEEDED,
        REFERENCE,
        CONDITION,
        OTHER_DRUG
    }

    private final List<SigToken> tokens;
    private final List<String> words;
    private final SigWords table;
    private final DoseUnits units;

    private final List<Dose> doses = new ArrayList<>();
    private final List<Said> strengths = new ArrayList<>();
    private final Set<BigDecimal> rates = new TreeSet<>();
    private final Set<BigDecimal> daysPerWeek = new TreeSet<>();
    private final Set<BigDecimal> possible = new TreeSet<>();
    private final Set<BigDecimal> durations = new TreeSet<>();
    private final List<Set<String>> days = new ArrayList<>();
    private final Set<String> times = new LinkedHashSet<>();
    private final Set<String> drugs = new LinkedHashSet<>();
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
    private final List<SigToken> leftOver = new ArrayList<>();
    private final List<String> stops = new ArrayList<>();
    private final List<String> ambiguous = new ArrayList<>();

    SigParser(List<SigToken> tokens, SigWords table, DoseUnits units) {
        this.tokens = tokens;
        this.words = tokens.stream().map(SigToken::text).toList();
        this.table = table;
        this.units = units;
        var before = Piece.NOTHING;
        int at = 0;
        while (at < tokens.size()) {
            var taken = take(at, before);
            at = taken.end();
            before = taken.piece();
        }
    }

    // --- places ---

    private boolean is(int at, String word) {
        return at < tokens.size() && words.get(at).equals(word);
    }

    private boolean isAny(int at, Set<String> of) {
        return at < tokens.size() && of.contains(words.get(at));
    }

    private Optional<BigDecimal> number(Kind kind, int at) {
        return at < tokens.size() && tokens.get(at).isWord() ? table.number(kind, words.get(at)) : Optional.empty();
    }

    private Optional<DoseUnit> unit(int at) {
        return at < tokens.size() && tokens.get(at).isWord() ? units.named(words.get(at)) : Optional.empty();
    }

    private boolean isForm(int at) {
        return unit(at).filter(unit -> unit == DoseUnit.TABLET).isPresent();
    }

    private Optional<BigDecimal> mass(int at) {
        return unit(at).flatMap(DoseUnit::mg);
    }

    private boolean isKind(int at, Kind... kinds) {
        var phrase = table.longest(words, at);
        return phrase.isPresent() && Set.of(kinds).contains(phrase.get().kind());
    }

    private Taken take(int at, Piece before) {
        var token = tokens.get(at);
        var taken = token.isNumber() ? counted(at, before) : token.isWord() ? worded(at, before) : signed(at, before);
        return taken.orElseGet(() -> leave(at));
    }

    private Taken leave(int at) {
        leftOver.add(tokens.get(at));
        return new Taken(Piece.OTHER, at + 1);
    }

    private static Optional<Taken> taken(Piece piece, int end) {
        return Optional.of(new Taken(piece, end));
    }

    // --- signs ---

    private Optional<Taken> signed(int at, Piece before) {
        var sign = words.get(at);
        if (tokens.get(at).kind() != SigToken.Kind.SIGN) {
            return Optional.empty();
        }
        if (BREAKS.contains(sign)) {
            return taken(before, at + 1);
        }
        return switch (sign) {
            case "=" ->
                before == Piece.DOSE
                                && at + 1 < tokens.size()
                                && tokens.get(at + 1).isNumber()
                        ? taken(before, at + 1)
                        : Optional.empty();
            case "/" -> over(at, before);
            case "#" -> supply(at + 1);
            case "@" -> clock(at + 1);
            case "&", "+" -> and(at, before);
            case "-" -> isApart(at) ? taken(before, at + 1) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** A dash between two parts of an instruction, not one within a word or between numbers. */
    private boolean isApart(int at) {
        return !tokens.get(at).isGlued()
                && at + 1 < tokens.size()
                && !tokens.get(at + 1).isGlued();
    }

    /** "and" between days, between times of day, and before the dose of another day. */
    private Optional<Taken> and(int at, Piece before) {
        var joins =
                switch (before) {
                    case DAY ->
                        isDay(at + 1)
                                || at + 1 < tokens.size() && tokens.get(at + 1).isNumber()
                                || isKind(at + 1, Kind.TIME_OF_DAY, Kind.DAILY_AT);
                    case TIME -> isKind(at + 1, Kind.TIME_OF_DAY, Kind.DAILY_AT);
                    default -> false;
                };
        return joins ? taken(before, at + 1) : Optional.empty();
    }

    // --- numbers ---

    /** A number in digits or words, with the same number in brackets behind it or not. */
    private Optional<Amount> amount(int at) {
        return plainAmount(at).map(first -> {
            var again = is(first.end(), "(") ? plainAmount(first.end() + 1) : Optional.<Amount>empty();
            if (again.isEmpty() || !is(again.get().end(), ")")) {
                return first;
            }
            if (again.get().value().compareTo(first.value()) != 0) {
                traits.add(Trait.CONTRADICTION);
            }
            return new Amount(first.value(), again.get().end() + 1);
        });
    }

    private Optional<Amount> plainAmount(int at) {
        if (at >= tokens.size()) {
            return Optional.empty();
        }
        var token = tokens.get(at);
        if (token.kind() == SigToken.Kind.FRACTION) {
            return Optional.of(new Amount(token.value(), at + 1));
        }
        var value = token.kind() == SigToken.Kind.NUMBER ? Optional.of(token.value()) : number(Kind.NUMBER, at);
        if (value.isPresent()) {
            return Optional.of(isWhole(value.get()) ? mixed(value.get(), at + 1) : new Amount(value.get(), at + 1));
        }
        if (is(at, "a") || is(at, "an")) {
            return part(at + 1).or(() -> unit(at + 1)
                    .filter(unit -> unit != DoseUnit.OTHER)
                    .map(unit -> new Amount(BigDecimal.ONE, at + 1)));
        }
        return Optional.empty();
    }

    private static boolean isWhole(BigDecimal value) {
        return value.signum() > 0 && value.stripTrailingZeros().scale() <= 0;
    }

    /** One and a half, 1½, one-half; 1 1/2 only before tablets, lest two numbers be taken for one. */
    private Amount mixed(BigDecimal whole, int at) {
        var isOneInWords =
                whole.compareTo(BigDecimal.ONE) == 0 && tokens.get(at - 1).isWord();
        var half = isOneInWords ? part(is(at, "-") ? at + 1 : at) : Optional.<Amount>empty();
        if (half.isPresent()) {
            return half.get();
        }
        var isOne = fraction(at).isPresent()
                && (tokens.get(at).isGlued()
                        || isForm(at + 1) && words.get(at + 1).endsWith("s"));
        if (isOne) {
            return new Amount(whole.add(tokens.get(at).value()), at + 1);
        }
        if (is(at, "-") && tokens.get(at).isGlued() && fraction(at + 1).isPresent()) {
            return new Amount(whole.add(tokens.get(at + 1).value()), at + 2);
        }
        if (is(at, "and") || is(at, "&")) {
            var isSaid = is(at + 1, "a") || is(at + 1, "one");
            var rest = isSaid ? part(is(at + 2, "-") ? at + 3 : at + 2) : fraction(at + 1);
            if (rest.isPresent()) {
                return new Amount(whole.add(rest.get().value()), rest.get().end());
            }
        }
        return new Amount(whole, at);
    }

    private Optional<Amount> fraction(int at) {
        return at < tokens.size() && tokens.get(at).kind() == SigToken.Kind.FRACTION
                ? Optional.of(new Amount(tokens.get(at).value(), at + 1))
                : Optional.empty();
    }

    /** A part of one, in words. */
    private Optional<Amount> part(int at) {
        return number(Kind.NUMBER, at)
                .filter(value -> value.compareTo(BigDecimal.ONE) < 0)
                .map(value -> new Amount(value, at + 1));
    }

    private Optional<Taken> counted(int at, Piece before) {
        return amount(at).flatMap(amount -> {
            var range = range(amount.end());
            if (range.isPresent()) {
                traits.add(Trait.RANGE);
                return taken(Piece.OTHER, range.get().end());
            }
            return dose(amount, at, before)
                    .or(() -> often(amount, before))
                    .or(() -> daysOfWeek(amount))
                    .or(() -> supplied(amount))
                    .or(() -> clock(at))
                    .or(() -> unitless(amount, at));
        });
    }

    private Optional<Amount> range(int at) {
        return is(at, "-") || is(at, "to") || is(at, "or") ? plainAmount(at + 1) : Optional.empty();
    }

    // --- doses ---

    private Optional<Taken> dose(Amount amount, int at, Piece before) {
        int end = amount.end();
        if (is(end, "x") && mass(end + 2).isPresent()) {
            return plainAmount(end + 1).flatMap(each -> ofStrength(amount.value(), each, at, before));
        }
        int next = linked(end, amount.value());
        var unit = unit(next);
        if (unit.isPresent()) {
            return unit.get().mg().isPresent()
                    ? mass(amount.value().multiply(unit.get().mg().get()), at, next + 1, before)
                    : add(Dose.of(amount.value(), unit.get(), before == Piece.DOSE, at, next + 1));
        }
        // "2 1 mg tablet" is two numbers; "two 1 mg tablets" and "half of a 1 mg tablet" are one.
        var isCounted = tokens.get(at).isWord() && amount.value().compareTo(BigDecimal.ONE) >= 0;
        return next > end || isCounted
                ? plainAmount(next)
                        .filter(each -> next > end || isOne(amount.value()) || isPlural(each.end()))
                        .flatMap(each -> ofStrength(amount.value(), each, at, before))
                : Optional.empty();
    }

    /** Behind what may stand between a number and its unit: of a, a, a dash. */
    private int linked(int at, BigDecimal value) {
        if (is(at, "-") && unit(at + 1).isPresent()) {
            return at + 1;
        }
        if (is(at, "of")) {
            return is(at + 1, "a") || is(at + 1, "an") || is(at + 1, "one") || is(at + 1, "the") ? at + 2 : at + 1;
        }
        var isPart = tokens.get(at - 1).kind() == SigToken.Kind.FRACTION
                || tokens.get(at - 1).isWord() && value.compareTo(BigDecimal.ONE) < 0;
        return isPart && (is(at, "a") || is(at, "an")) ? at + 1 : at;
    }

    private static boolean isOne(BigDecimal value) {
        return value.compareTo(BigDecimal.ONE) == 0;
    }

    /** The form behind a mass stands for several. */
    private boolean isPlural(int at) {
        int form = is(at + 1, "oral") ? at + 2 : at + 1;
        return isForm(form) && words.get(form).endsWith("s");
    }

    private Optional<Taken> add(Dose dose) {
        doses.add(dose);
        return taken(Piece.DOSE, dose.to());
    }

    /** So many tablets of a strength: half a 1 mg tablet. */
    private Optional<Taken> ofStrength(BigDecimal count, Amount each, int at, Piece before) {
        var mg = mass(each.end());
        int form = is(each.end() + 1, "oral") ? each.end() + 2 : each.end() + 1;
        if (mg.isEmpty() || !isForm(form)) {
            return Optional.empty();
        }
        var strength = Optional.of(each.value().multiply(mg.get()));
        return add(new Dose(count, DoseUnit.TABLET, strength, false, false, before == Piece.DOSE, at, form + 1));
    }

    /** An amount of mass: a dose, or a strength where it stands over a unit of the product. */
    private Optional<Taken> mass(BigDecimal mg, int at, int end, Piece before) {
        if (is(end, "/") || is(end, "per")) {
            var over = plainAmount(end + 1);
            int unitAt = over.map(Amount::end).orElse(end + 1);
            var per = unit(unitAt).filter(unit -> unit.mg().isEmpty());
            if (per.isPresent()) {
                strengths.add(new Said(mg.divide(over.map(Amount::value).orElse(BigDecimal.ONE), EXACT), per.get()));
                return taken(before, unitAt + 1);
            }
        }
        int form = is(end, "oral") ? end + 1 : end;
        var isForm = isForm(form);
        int next = isForm ? form + 1 : end;
        var isTotal = is(next, "total") && is(next + 1, ")");
        return add(new Dose(
                mg,
                DoseUnit.MILLIGRAM,
                Optional.empty(),
                isForm,
                isTotal,
                before == Piece.DOSE,
                at,
                isTotal ? next + 1 : next));
    }

    /** "Take 1 daily", "1 PO QD": only where a tablet holds 1 mg, so that it means the same in both. */
    private Optional<Taken> unitless(Amount amount, int at) {
        var begins = at == 0 || is(at - 1, ":");
        var isPlain = at > 0 && isAny(at - 1, TAKE) || begins && isSwallowed(amount.end());
        var isFollowed =
                amount.end() < tokens.size() && tokens.get(amount.end()).isWord() && !isAny(amount.end(), SUPPLIES);
        if (!isPlain
                || !isFollowed
                || !isWhole(amount.value())
                || plainAmount(amount.end()).isPresent()) {
            return Optional.empty();
        }
        return add(new Dose(
                amount.value(), DoseUnit.TABLET, Optional.of(BigDecimal.ONE), true, false, false, at, amount.end()));
    }

    private boolean isSwallowed(int at) {
        return table.longest(words, at)
                .filter(phrase -> phrase.kind() == Kind.FILLER && phrase.value().equals(BY_MOUTH))
                .isPresent();
    }

    // --- how often ---

    private void rate(BigDecimal perWeek) {
        rates.add(perWeek.setScale(DECIMALS, RoundingMode.HALF_UP));
    }

    private static BigDecimal perWeek(BigDecimal times, BigDecimal hours) {
        return times.multiply(HOURS_IN_WEEK).divide(hours, EXACT);
    }

    /** Two times a week, 2x/week, 3/week. */
    private Optional<Taken> often(Amount amount, Piece before) {
        int next = is(amount.end(), "-") ? amount.end() + 1 : amount.end();
        if (is(next, "x") || is(next, "time") || is(next, "times")) {
            return times(amount.value(), next + 1);
        }
        var isOver =
                is(amount.end(), "/") && number(Kind.PERIOD, amount.end() + 1).isPresent();
        return isOver && isWhole(amount.value()) ? times(amount.value(), amount.end()) : Optional.empty();
    }

    private Optional<Taken> times(BigDecimal times, int at) {
        int next = at;
        while (isAny(next, LINKS) && next - at < 3) {
            next++;
        }
        var adverb = number(Kind.ADVERB, next);
        if (adverb.isPresent()) {
            rate(times.multiply(adverb.get()));
            return taken(Piece.RATE, next + 1);
        }
        // "2x week" in short.
        var isShort = next == at && is(at - 1, "x") && amount(at).isEmpty();
        var length = next > at || isShort ? length(next) : Optional.<Amount>empty();
        if (length.isPresent()) {
            rate(perWeek(times, length.get().value()));
            return taken(Piece.RATE, length.get().end());
        }
        var says = times.compareTo(BigDecimal.ONE) == 0
                && (isKind(at, Kind.RATE, Kind.DAILY_AT) || is(at, "every") || is(at, "each") || is(at, "q"));
        return says ? taken(Piece.OTHER, at) : Optional.empty();
    }

    /** A length of time in hours: week, 3 days, 3.5 days; not 2 day, which may be two words of two instructions. */
    private Optional<Amount> length(int at) {
        var count = amount(at);
        int next = count.map(Amount::end).orElse(at);
        int unit = count.isPresent() && is(next, "-") ? next + 1 : next;
        var value = count.map(Amount::value).orElse(BigDecimal.ONE);
        var isPlain = count.isEmpty() && !isSeveral(unit)
                || count.isPresent() && value.compareTo(BigDecimal.ONE) == 0
                || value.compareTo(BigDecimal.ONE) > 0 && unit < tokens.size() && mayBeSeveral(unit);
        return number(Kind.PERIOD, unit)
                .filter(hours -> isPlain)
                .map(hours -> new Amount(hours.multiply(value), unit + 1));
    }

    private boolean mayBeSeveral(int at) {
        return isSeveral(at) || words.get(at).length() == 1 || tokens.get(at).isGlued();
    }

    private boolean isSeveral(int at) {
        return at < tokens.size() && words.get(at).length() > 1 && words.get(at).endsWith("s");
    }

    /** What follows "every": a length of time, an ordinal with one, or days of the week. */
    private Optional<Taken> every(int at) {
        var ordinal = ordinal(at);
        if (ordinal.isPresent()) {
            rate(perWeek(BigDecimal.ONE, ordinal.get().value()));
            return taken(Piece.RATE, ordinal.get().end());
        }
        var range = amount(at).flatMap(amount -> range(amount.end()));
        if (range.isPresent()) {
            traits.add(Trait.RANGE);
            return taken(Piece.OTHER, range.get().end());
        }
        var length = length(at);
        if (length.isPresent()) {
            rate(perWeek(BigDecimal.ONE, length.get().value()));
            return taken(Piece.RATE, length.get().end());
        }
        return days(at);
    }

    /** Every third day, every 3rd day. */
    private Optional<Amount> ordinal(int at) {
        var isDigits = at < tokens.size()
                && tokens.get(at).kind() == SigToken.Kind.NUMBER
                && (is(at + 1, "nd") || is(at + 1, "rd") || is(at + 1, "th"));
        var count = isDigits ? Optional.of(tokens.get(at).value()) : number(Kind.ORDINAL, at);
        int unit = isDigits ? at + 2 : at + 1;
        return count.flatMap(
                value -> number(Kind.PERIOD, unit).map(hours -> new Amount(hours.multiply(value), unit + 1)));
    }

    /** Two days a week. */
    private Optional<Taken> daysOfWeek(Amount amount) {
        if (!is(amount.end(), "days") && !is(amount.end(), "day")) {
            return Optional.empty();
        }
        int next = amount.end() + 1;
        var isLinked = isAny(next, LINKS);
        var hours = number(Kind.PERIOD, isLinked ? next + 1 : next);
        var isWeekly = isLinked
                ? hours.filter(HOURS_IN_WEEK::equals).isPresent()
                : number(Kind.ADVERB, next).filter(BigDecimal.ONE::equals).isPresent();
        if (!isWeekly || !isWhole(amount.value()) || amount.value().compareTo(DAYS_IN_WEEK) > 0) {
            return Optional.empty();
        }
        daysPerWeek.add(amount.value());
        return taken(Piece.RATE, isLinked ? next + 2 : next + 1);
    }

    // --- days and times ---

    private Optional<String> day(int at) {
        return at < tokens.size() && tokens.get(at).isWord()
                ? table.word(Kind.DAY, words.get(at)).or(() -> table.word(Kind.DAYS, words.get(at)))
                : Optional.empty();
    }

    private Optional<String> letter(int at) {
        return at < tokens.size() && tokens.get(at).isWord() && !isKind(at, Kind.FILLER)
                ? table.word(Kind.DAY_LETTER, words.get(at))
                : Optional.empty();
    }

    private boolean isDayWord(int at) {
        return day(at).isPresent() || letter(at).isPresent();
    }

    private boolean isDay(int at) {
        return isDayWord(isLead(at) ? at + 1 : at);
    }

    /** A list of days; two of them with a dash between may be all from one to the other. */
    private Optional<Taken> days(int from) {
        var found = new ArrayList<String>();
        var joints = new ArrayList<String>();
        int end = from;
        for (int at = from; isDayWord(at); ) {
            int place = at;
            found.addAll(List.of(day(at).or(() -> letter(place)).orElseThrow().split(" ")));
            end = at + 1;
            int next = end;
            while (next - end < MOST_SIGNS && isAny(next, JOINS)) {
                next++;
            }
            var joint = String.join("", words.subList(end, next));
            at = isLead(next) && next > end ? next + 1 : next;
            if (isDayWord(at) && joint.isEmpty() && !areOfOneKind(words.get(place), words.get(at))) {
                break;
            }
            if (isDayWord(at)) {
                joints.add(joint);
            }
        }
        int parts = joints.size() + 1;
        if (end == from || day(from).isEmpty() && parts < 2) {
            return Optional.empty();
        }
        if (joints.stream().anyMatch(RANGES::contains) || joints.contains("-") && (!areAlike(joints) || parts < 3)) {
            traits.add(Trait.RANGE);
        } else if (!isList(joints, words.subList(from, end))
                || Set.copyOf(found).size() < found.size()) {
            traits.add(Trait.CONTRADICTION);
        }
        days.add(new LinkedHashSet<>(found));
        return taken(Piece.DAY, is(end, "only") ? end + 1 : end);
    }

    private static boolean areAlike(List<String> joints) {
        return Set.copyOf(joints).size() == 1;
    }

    /** The same sign between all, or commas with a word before the last; blanks between short names of three or more. */
    private static boolean isList(List<String> joints, List<String> names) {
        if (joints.isEmpty()) {
            return true;
        }
        var last = joints.get(joints.size() - 1);
        var others = Set.copyOf(joints.subList(0, joints.size() - 1));
        if (last.isEmpty() && (others.isEmpty() || others.equals(Set.of("")))) {
            return names.size() > 2 && names.stream().noneMatch(SigParser::isLongName)
                    || names.stream().allMatch(name -> name.length() <= LONGEST_LETTERS);
        }
        return others.isEmpty()
                || others.equals(Set.of(last))
                || others.equals(Set.of(",")) && LAST_JOINTS.contains(last)
                || others.equals(Set.of(".,")) && LAST_JOINTS.contains(last);
    }

    /** Both in letters, or both in short; names in full have a sign between them. */
    private static boolean areOfOneKind(String one, String other) {
        return !isLongName(one)
                && !isLongName(other)
                && (one.length() <= LONGEST_LETTERS) == (other.length() <= LONGEST_LETTERS);
    }

    private static boolean isLongName(String name) {
        return name.endsWith("day") || name.endsWith("days");
    }

    private boolean isLead(int at) {
        return is(at, "on") || is(at, "every") || is(at, "each");
    }

    /** At 8 am, 20:00. */
    private Optional<Taken> clock(int at) {
        if (at >= tokens.size() || tokens.get(at).kind() != SigToken.Kind.NUMBER) {
            return Optional.empty();
        }
        var hasMinutes = is(at + 1, ":")
                && at + 2 < tokens.size()
                && tokens.get(at + 2).text().length() == 2
                && tokens.get(at + 2).text().chars().allMatch(Character::isDigit);
        int next = hasMinutes ? at + 3 : at + 1;
        var isHalf = isAny(next, HALVES);
        if (!hasMinutes && !isHalf) {
            return Optional.empty();
        }
        int end = isHalf ? next + 1 : next;
        times.add(String.join("", words.subList(at, end)));
        return taken(Piece.TIME, end);
    }

    // --- words ---

    private Optional<Taken> worded(int at, Piece before) {
        Optional<Taken> taken =
                switch (words.get(at)) {
                    case "every", "each" -> every(at + 1);
                    case "q" ->
                        number(Kind.ADVERB, at + 1)
                                .flatMap(rate -> adverb(rate, at + 1))
                                .or(() -> every(at + 1));
                    case "on" -> days(at + 1);
                    case "per" -> over(at, before);
                    case "a", "an" -> counted(at, before).or(() -> over(at, before));
                    case "x" -> crossed(at);
                    case "for" -> duration(at + 1);
                    case "at" -> clock(at + 1);
                    case "and" -> and(at, before);
                    case "of" -> of(at, before);
                    case "starting", "start", "from" -> date(at + 1);
                    case "disp", "dispense", "dispensed", "qty", "quantity" -> supply(at + 1);
                    case "refill", "refills", "rf", "repeats" -> refills(at + 1);
                    case "r" -> is(at + 1, "-") || is(at + 1, ":") ? refills(at + 1) : Optional.empty();
                    default -> number(Kind.NUMBER, at).isPresent() ? counted(at, before) : Optional.empty();
                };
        return taken.or(() -> number(Kind.TIMES, at).flatMap(times -> times(times, at + 1)))
                .or(() -> number(Kind.ADVERB, at).flatMap(perWeek -> adverb(perWeek, at)))
                .or(() -> days(at))
                .or(() -> glued(at))
                .or(() -> phrase(at));
    }

    private Optional<Taken> adverb(BigDecimal perWeek, int at) {
        rate(perWeek);
        return taken(Piece.RATE, at + 1);
    }

    /** A week, per day, where a dose was named. */
    private Optional<Taken> over(int at, Piece before) {
        return before != Piece.RATE
                        && !doses.isEmpty()
                        && number(Kind.PERIOD, at + 1).isPresent()
                ? every(at + 1)
                : Optional.empty();
    }

    /** Every week in one word: qweek. */
    private Optional<Taken> glued(int at) {
        var word = words.get(at);
        if (!word.startsWith("q") || word.length() < 2) {
            return Optional.empty();
        }
        var rest = word.substring(1);
        var hours = table.number(Kind.PERIOD, rest);
        var perWeek = table.number(Kind.ADVERB, rest).or(() -> hours.map(length -> perWeek(BigDecimal.ONE, length)));
        if (perWeek.isPresent()) {
            return adverb(perWeek.get(), at);
        }
        var named = table.word(Kind.DAY, rest).or(() -> table.word(Kind.DAYS, rest));
        named.ifPresent(value -> days.add(Set.of(value.split(" "))));
        return named.flatMap(value -> taken(Piece.DAY, at + 1));
    }

    /** x 2 weekly, x 10 days. */
    private Optional<Taken> crossed(int at) {
        var count = amount(at + 1);
        var length = count.flatMap(amount -> length(at + 1));
        if (length.isPresent()) {
            return duration(at + 1);
        }
        return count.flatMap(amount -> times(amount.value(), amount.end()))
                .filter(taken -> taken.piece() == Piece.RATE);
    }

    /** For so many days, unless it is the supply. */
    private Optional<Taken> duration(int at) {
        var count = amount(at);
        if (count.isEmpty()) {
            return Optional.empty();
        }
        if (range(count.get().end()).isPresent()) {
            return Optional.empty();
        }
        var supplied = supplied(count.get());
        if (supplied.isPresent()) {
            return supplied;
        }
        var length = length(at);
        length.ifPresent(hours -> durations.add(hours.value().divide(HOURS_IN_DAY, EXACT)));
        return length.flatMap(hours -> taken(Piece.OTHER, hours.end()));
    }

    /** Half of a tablet, 1 mL of 200 mg/mL, one tablet of anastrozole. */
    private Optional<Taken> of(int at, Piece before) {
        var isOf = before == Piece.DOSE
                && at + 1 < tokens.size()
                && (tokens.get(at + 1).isNumber() || isKind(at + 1, Kind.DRUG));
        return isOf ? taken(before, at + 1) : Optional.empty();
    }

    private Optional<Taken> date(int at) {
        int next = is(at, ":") || is(at, "on") ? at + 1 : at;
        next = day(next).isPresent() ? next + 1 : next;
        next = is(next, ",") ? next + 1 : next;
        return next < tokens.size() && tokens.get(next).kind() == SigToken.Kind.DATE
                ? taken(Piece.OTHER, next + 1)
                : Optional.empty();
    }

    private Optional<Taken> phrase(int at) {
        return table.longest(words, at).flatMap(phrase -> {
            var end = at + phrase.length();
            switch (phrase.kind()) {
                case RATE -> {
                    rate(new BigDecimal(phrase.value()));
                    return taken(Piece.RATE, end);
                }
                case DAILY_AT -> {
                    rate(DAYS_IN_WEEK);
                    times.add(phrase.value());
                    return taken(Piece.TIME, end);
                }
                case TIME_OF_DAY -> {
                    times.add(phrase.value());
                    return taken(Piece.TIME, end);
                }
                case AMBIGUOUS -> {
                    ambiguous.add(words.get(at));
                    for (var each : phrase.value().split(" ")) {
                        possible.add(new BigDecimal(each).setScale(DECIMALS));
                    }
                }
                case AS_NEEDED -> traits.add(Trait.AS_NEEDED);
                case REFERENCE -> traits.add(Trait.REFERENCE);
                case DRUG -> {
                    drugs.add(phrase.value());
                    return taken(Piece.OTHER, isForm(end) ? end + 1 : end);
                }
                case STOP -> stops.add(String.join(" ", words.subList(at, end)));
                case CONDITION -> {
                    traits.add(Trait.CONDITION);
                    return Optional.empty();
                }
                default -> {}
            }
            return taken(Piece.OTHER, end);
        });
    }

    // --- supply ---

    /** Dispense #12, refills: 3, R-3. */
    private Optional<Taken> supply(int at) {
        return refills(at)
                .map(taken ->
                        unit(taken.end()).filter(unit -> unit.mg().isEmpty()).isPresent()
                                ? new Taken(Piece.OTHER, taken.end() + 1)
                                : taken);
    }

    private Optional<Taken> refills(int at) {
        int next = at;
        while (next - at < MOST_SIGNS && isAny(next, MARKS)) {
            next++;
        }
        if (next >= tokens.size() || tokens.get(next).kind() != SigToken.Kind.NUMBER) {
            return Optional.empty();
        }
        return taken(Piece.OTHER, amount(next).map(Amount::end).orElse(next + 1));
    }

    /** 3 refills, 30 day supply. */
    private Optional<Taken> supplied(Amount amount) {
        int next = amount.end();
        if (isAny(next, REFILLS)) {
            return plainAmount(next + 1).isPresent() ? Optional.empty() : taken(Piece.OTHER, next + 1);
        }
        next = is(next, "-") ? next + 1 : next;
        return number(Kind.PERIOD, next).isPresent() && is(next + 1, "supply")
                ? taken(Piece.OTHER, next + 2)
                : Optional.empty();
    }

    // --- what it says ---

    ParsedSig text(Optional<ProductStrength> product, Set<Drug> of) {
        if (traits.contains(Trait.AS_NEEDED)) {
            return ParsedSig.takenAsNeeded();
        }
        var problem = notUnderstood(of);
        if (!problem.isEmpty()) {
            return ParsedSig.notUnderstood(problem, speaksOfDose());
        }
        var amount = intake(product);
        var rate = rate();
        if (!amount.problem().isEmpty() || !rate.problem().isEmpty()) {
            return ParsedSig.notUnderstood(amount.problem().isEmpty() ? rate.problem() : amount.problem(), true);
        }
        var occasions = new LinkedHashSet<String>();
        days.forEach(occasions::addAll);
        occasions.addAll(times);
        return new ParsedSig(
                amount.mg(),
                rate.perWeek(),
                rate.perWeek().isPresent() ? Set.of() : Set.copyOf(possible),
                durations.stream().findFirst(),
                occasions,
                false,
                !speaksOfDose() && traits.isEmpty(),
                speaksOfDose(),
                "",
                amount.missing(),
                ambiguity());
    }

    private String ambiguity() {
        return ambiguous.isEmpty() ? "" : "The abbreviation “" + ambiguous.get(0) + "” has more than one meaning.";
    }

    private boolean speaksOfDose() {
        return Stream.of(doses, strengths, stops, rates, daysPerWeek, possible, durations, days, times)
                        .anyMatch(said -> !said.isEmpty())
                || traits.stream().anyMatch(trait -> trait != Trait.REFERENCE)
                || leftOver.stream().anyMatch(this::counts);
    }

    private boolean counts(SigToken token) {
        return switch (token.kind()) {
            case NUMBER, FRACTION, ODD, DATE -> true;
            case WORD ->
                table.number(Kind.NUMBER, token.text()).isPresent()
                        || table.number(Kind.TIMES, token.text()).isPresent();
            case SIGN -> false;
        };
    }

    private String notUnderstood(Set<Drug> of) {
        if (!stops.isEmpty()) {
            return "The instruction says “" + stops.get(0) + "”.";
        }
        if (traits.contains(Trait.RANGE)) {
            return "It names a range, not one dose at one interval.";
        }
        if (!leftOver.isEmpty()) {
            return left();
        }
        if (durations.size() > 1 || traits.contains(Trait.CONTRADICTION)) {
            return "The instruction contradicts itself.";
        }
        var isOfAnother = !of.isEmpty() && drugs.stream().anyMatch(named -> !of.contains(Drug.valueOf(named)));
        return isOfAnother ? "The instruction names another drug." : "";
    }

    private String left() {
        var all = leftOver.stream()
                .filter(token -> token.kind() != SigToken.Kind.SIGN)
                .toList();
        var said = all.stream()
                .filter(token -> token.isWord() && !SMALL_WORDS.contains(token.text()))
                .findFirst()
                .or(() -> all.stream().findFirst());
        var isShown = said.filter(token -> token.text().length() <= LONGEST_SHOWN
                        && token.text().chars().allMatch(SigParser::isPlain))
                .isPresent();
        if (!isShown) {
            return said.isPresent()
                    ? "A word of the instruction is not understood."
                    : "A sign in the instruction is not understood.";
        }
        return (said.get().isWord() ? "The word “" : "The number “")
                + said.get().text() + "” is not understood.";
    }

    private static boolean isPlain(int letter) {
        return Character.isLetterOrDigit(letter) || letter == '.' || letter == ',' || letter == '\'' || letter == '/';
    }

    // --- how much ---

    /** One intake: its mg, or what they lack, or why there is no such thing. */
    private record Intake(Optional<BigDecimal> mg, String missing, String problem) {

        static Intake problem(String why) {
            return new Intake(Optional.empty(), "", why);
        }
    }

    private Intake intake(Optional<ProductStrength> product) {
        var all = new ArrayList<>(doses);
        var said = new ArrayList<>(strengths);
        if (all.size() > 1 && isProduct(all.get(0))) {
            said.add(new Said(all.remove(0).value(), DoseUnit.TABLET));
        }
        for (var dose : all) {
            if (dose.isUnitless()
                    && product.filter(SigParser::isOneMilligramTablet).isEmpty()) {
                return Intake.problem("The dose has no unit.");
            }
            if (isOfAnother(dose, product, all)) {
                return Intake.problem("The dose is counted in another unit than the product.");
            }
            dose.strength().ifPresent(mg -> said.add(new Said(mg, DoseUnit.TABLET)));
            if (dose.isForm() && !dose.isUnitless()) {
                said.add(new Said(dose.value(), DoseUnit.TABLET));
            }
        }
        for (var strength : said) {
            var known = product.map(each -> new Said(each.mg(), each.per())).or(() -> said.stream()
                    .filter(other -> other.per() == strength.per())
                    .findFirst());
            var differs = strength.per() != DoseUnit.OTHER
                    && known.filter(each ->
                                    each.per() != strength.per() || each.mg().compareTo(strength.mg()) != 0)
                            .isPresent();
            if (differs) {
                return Intake.problem("The instruction names another strength than the product has.");
            }
        }
        return intake(all, said, product);
    }

    /** Millilitres of a tablet; grams, which stand behind mg only. */
    private static boolean isOfAnother(Dose dose, Optional<ProductStrength> product, List<Dose> all) {
        if (dose.unit().mg().isPresent()) {
            return false;
        }
        if (dose.unit() == DoseUnit.OTHER) {
            return all.size() > 1 && all.get(0).unit().mg().isEmpty();
        }
        var hasOther = all.stream()
                .anyMatch(other -> other.isForm() && dose.unit() != DoseUnit.TABLET
                        || other.unit().mg().isEmpty()
                                && other.unit() != DoseUnit.OTHER
                                && other.unit() != dose.unit());
        return hasOther
                || product.filter(strength -> strength.per() != dose.unit()).isPresent();
    }

    private static boolean isOneMilligramTablet(ProductStrength strength) {
        return strength.per() == DoseUnit.TABLET && strength.mg().compareTo(BigDecimal.ONE) == 0;
    }

    /** "Anastrozole 1 mg tablet: take ..." names the product. */
    private boolean isProduct(Dose dose) {
        var isApart = isAny(dose.to(), BREAKS) || isAny(dose.to(), TAKE);
        return isApart && dose.isForm() && dose.unit() == DoseUnit.MILLIGRAM && !drugs.isEmpty() && isLed(dose.from());
    }

    /** Only names of the drug, and signs, stand before it. */
    private boolean isLed(int place) {
        int at = 0;
        while (at < place) {
            var phrase = table.longest(words, at).filter(found -> found.kind() == Kind.DRUG);
            if (phrase.isEmpty() && !BREAKS.contains(words.get(at))) {
                return false;
            }
            at += phrase.map(SigWords.Phrase::length).orElse(1);
        }
        return place > 0;
    }

    private Intake intake(List<Dose> all, List<Said> said, Optional<ProductStrength> product) {
        var known = new ArrayList<BigDecimal>();
        var unknown = new ArrayList<Dose>();
        var volumes = new ArrayList<Dose>();
        for (var dose : all) {
            var mg = mg(dose, said, product);
            if (mg.isEmpty()) {
                unknown.add(dose);
            } else if (dose.unit() == DoseUnit.MILLILITRE) {
                volumes.add(dose);
            } else {
                known.add(mg.get());
            }
        }
        if (known.isEmpty()) {
            volumes.forEach(dose -> known.add(mg(dose, said, product).orElseThrow()));
            volumes.clear();
        }
        var first = known.stream().findFirst();
        var differ = unknown.stream().anyMatch(dose -> isCountedOtherwise(dose, all))
                || known.stream().anyMatch(mg -> mg.compareTo(first.get()) != 0)
                || volumes.stream().anyMatch(dose -> !isAbout(dose, first.get(), said, product))
                || first.isPresent() && unknown.stream().anyMatch(dose -> !isPlainly(dose, first.get(), all));
        if (differ) {
            return Intake.problem("It names two different doses.");
        }
        if (first.isEmpty() && !unknown.isEmpty()) {
            return new Intake(Optional.empty(), lacks(unknown.get(0).unit()), "");
        }
        return new Intake(first, "", "");
    }

    private static Optional<BigDecimal> mg(Dose dose, List<Said> said, Optional<ProductStrength> product) {
        return dose.strength()
                .map(dose.value()::multiply)
                .or(() -> ProductStrength.mg(dose.value(), dose.unit(), product))
                .or(() -> said.stream()
                        .filter(strength -> strength.per() == dose.unit() && dose.unit() != DoseUnit.OTHER)
                        .findFirst()
                        .map(strength -> dose.value().multiply(strength.mg())));
    }

    /** 3 tablets beside 2 tablets, whatever they hold. */
    private static boolean isCountedOtherwise(Dose dose, List<Dose> all) {
        return all.stream()
                .anyMatch(other -> other.unit() == dose.unit() && other.value().compareTo(dose.value()) != 0);
    }

    /** Millilitres are written in rounded numbers. */
    private static boolean isAbout(Dose dose, BigDecimal mg, List<Said> said, Optional<ProductStrength> product) {
        var each = mg(Dose.of(BigDecimal.ONE, dose.unit(), false, 0, 0), said, product);
        var half =
                BigDecimal.ONE.movePointLeft(Math.max(0, dose.value().scale())).divide(BigDecimal.valueOf(2), EXACT);
        return each.map(strength ->
                        dose.value().multiply(strength).subtract(mg).abs().compareTo(half.multiply(strength)) <= 0)
                .orElse(true);
    }

    /** Tablets of unknown strength beside mg: these are the total where it is said, or where the tablets hold 1 mg. */
    private static boolean isPlainly(Dose dose, BigDecimal mg, List<Dose> all) {
        return dose.unit() != DoseUnit.TABLET
                || dose.value().compareTo(BigDecimal.ONE) == 0
                || dose.value().compareTo(mg) == 0
                || all.stream().anyMatch(Dose::isTotal);
    }

    private static String lacks(DoseUnit unit) {
        return switch (unit) {
            case TABLET -> "The strength of the tablet or capsule is not known.";
            case MILLILITRE -> "The concentration, mg in one mL, is not known.";
            case ACTUATION -> "The mg in one actuation are not known.";
            case PACKET -> "The mg in one packet are not known.";
            case MILLIGRAM, MICROGRAM, OTHER -> "The dose has no unit that can be read as mg.";
        };
    }

    // --- how often ---

    private record Rate(Optional<BigDecimal> perWeek, String problem) {

        static Rate of(BigDecimal perWeek) {
            return new Rate(Optional.of(perWeek), "");
        }

        static Rate none() {
            return new Rate(Optional.empty(), "");
        }

        static Rate two() {
            return new Rate(Optional.empty(), "It names two different frequencies.");
        }
    }

    private Rate rate() {
        var clauses = doses.stream().filter(dose -> !dose.isEqual()).count() - (isProductFirst() ? 1 : 0);
        if (clauses > 1) {
            return ofClauses(clauses);
        }
        var said = new TreeSet<>(rates);
        said.addAll(daysPerWeek);
        days.forEach(list -> said.add(BigDecimal.valueOf(list.size())));
        if (said.size() > 1 || Set.copyOf(days).size() > 1) {
            return Rate.two();
        }
        if (said.isEmpty()) {
            return times.size() > 1 ? Rate.two() : Rate.none();
        }
        var rate = said.first();
        var isOfDays = !days.isEmpty() || !daysPerWeek.isEmpty();
        return isAt(rate, isOfDays) && isPossible(rate) ? Rate.of(rate) : Rate.two();
    }

    /** The same dose said of different days: half a tablet Monday, half a tablet Thursday. */
    private Rate ofClauses(long clauses) {
        var all = new LinkedHashSet<String>();
        days.forEach(all::addAll);
        var count = days.stream().mapToInt(Set::size).sum();
        return rates.isEmpty()
                        && daysPerWeek.isEmpty()
                        && possible.isEmpty()
                        && times.size() < 2
                        && days.size() == clauses
                        && all.size() == count
                ? Rate.of(BigDecimal.valueOf(count))
                : Rate.two();
    }

    private boolean isProductFirst() {
        return doses.size() > 1 && isProduct(doses.get(0));
    }

    /** One time of day belongs to one intake a day or less, two to two a day. */
    private boolean isAt(BigDecimal rate, boolean isOfDays) {
        var perDay = rate.compareTo(DAYS_IN_WEEK) <= 0 || isOfDays
                ? 1
                : rate.divideToIntegralValue(DAYS_IN_WEEK).intValue();
        return times.isEmpty() || times.size() == perDay;
    }

    /** Where an ambiguous word stands beside a plain one, the plain one has to be one of its meanings. */
    private boolean isPossible(BigDecimal rate) {
        return possible.isEmpty() || possible.stream().anyMatch(each -> each.compareTo(rate) == 0);
    }
}
