package health.setpoint.chart.medication.sig;

import health.setpoint.chart.medication.sig.NumberGrammar.Amount;
import health.setpoint.chart.medication.sig.SigContent.Trait;
import health.setpoint.chart.medication.sig.Taken.Piece;
import health.setpoint.chart.medication.words.SigToken;
import health.setpoint.knowledge.terminology.SigWords.Kind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.Set;

/** How often: twice a week, every third day, weekly, 2x/week, qweek. */
final class FrequencyGrammar {

    private static final MathContext EXACT = MathContext.DECIMAL64;
    private static final BigDecimal HOURS_IN_WEEK = BigDecimal.valueOf(168);
    private static final BigDecimal DAYS_IN_WEEK = BigDecimal.valueOf(7);
    private static final Set<String> LINKS = Set.of("a", "an", "per", "each", "every", "/", "-", "in", "one");

    private final InstructionWords words;
    private final NumberGrammar numbers;
    private final DayGrammar days;
    private final SigContent said;

    FrequencyGrammar(InstructionWords words, NumberGrammar numbers, DayGrammar days, SigContent said) {
        this.words = words;
        this.numbers = numbers;
        this.days = days;
        this.said = said;
    }

    /** Two times a week, 2x/week, 3/week. */
    Optional<Taken> often(Amount amount, Piece before) {
        int next = words.is(amount.end(), "-") ? amount.end() + 1 : amount.end();
        if (words.is(next, "x") || words.is(next, "time") || words.is(next, "times")) {
            return times(amount.value(), next + 1);
        }
        var isOver = words.is(amount.end(), "/")
                && words.number(Kind.PERIOD, amount.end() + 1).isPresent();
        return isOver && NumberGrammar.isWhole(amount.value()) ? times(amount.value(), amount.end()) : Optional.empty();
    }

    /** So many times a length of time, or daily: behind "twice", "2 times", "2x". */
    Optional<Taken> times(BigDecimal times, int at) {
        int next = at;
        while (words.isAny(next, LINKS) && next - at < 3) {
            next++;
        }
        var adverb = words.number(Kind.ADVERB, next);
        if (adverb.isPresent()) {
            said.addRate(times.multiply(adverb.get()));
            return Taken.of(Piece.RATE, next + 1);
        }
        // "2x week" in short.
        var isShort = next == at && words.is(at - 1, "x") && numbers.amount(at).isEmpty();
        var length = next > at || isShort ? length(next) : Optional.<Amount>empty();
        if (length.isPresent()) {
            said.addRate(perWeek(times, length.get().value()));
            return Taken.of(Piece.RATE, length.get().end());
        }
        var says = times.compareTo(BigDecimal.ONE) == 0
                && (words.isKind(at, Kind.RATE, Kind.DAILY_AT)
                        || words.is(at, "every")
                        || words.is(at, "each")
                        || words.is(at, "q"));
        return says ? Taken.of(Piece.OTHER, at) : Optional.empty();
    }

    /** A length of time in hours: week, 3 days, 3.5 days; not 2 day, which may be two words of two instructions. */
    Optional<Amount> length(int at) {
        var count = numbers.amount(at);
        int next = count.map(Amount::end).orElse(at);
        int unit = count.isPresent() && words.is(next, "-") ? next + 1 : next;
        var value = count.map(Amount::value).orElse(BigDecimal.ONE);
        var isPlain = count.isEmpty() && !isSeveral(unit)
                || count.isPresent() && value.compareTo(BigDecimal.ONE) == 0
                || value.compareTo(BigDecimal.ONE) > 0 && unit < words.size() && mayBeSeveral(unit);
        return words.number(Kind.PERIOD, unit)
                .filter(hours -> isPlain)
                .map(hours -> new Amount(hours.multiply(value), unit + 1));
    }

    private boolean mayBeSeveral(int at) {
        return isSeveral(at) || words.text(at).length() == 1 || words.token(at).isGlued();
    }

    private boolean isSeveral(int at) {
        return at < words.size()
                && words.text(at).length() > 1
                && words.text(at).endsWith("s");
    }

    /** What follows "every": a length of time, an ordinal with one, or days of the week. */
    Optional<Taken> every(int at) {
        var ordinal = ordinal(at);
        if (ordinal.isPresent()) {
            said.addRate(perWeek(BigDecimal.ONE, ordinal.get().value()));
            return Taken.of(Piece.RATE, ordinal.get().end());
        }
        var range = numbers.amount(at).flatMap(amount -> numbers.range(amount.end()));
        if (range.isPresent()) {
            said.add(Trait.RANGE);
            return Taken.of(Piece.OTHER, range.get().end());
        }
        var length = length(at);
        if (length.isPresent()) {
            said.addRate(perWeek(BigDecimal.ONE, length.get().value()));
            return Taken.of(Piece.RATE, length.get().end());
        }
        return days.days(at);
    }

    /** Every third day, every 3rd day. */
    private Optional<Amount> ordinal(int at) {
        var isDigits = at < words.size()
                && words.token(at).kind() == SigToken.Kind.NUMBER
                && (words.is(at + 1, "nd") || words.is(at + 1, "rd") || words.is(at + 1, "th"));
        var count = isDigits ? Optional.of(words.token(at).value()) : words.number(Kind.ORDINAL, at);
        int unit = isDigits ? at + 2 : at + 1;
        return count.flatMap(
                value -> words.number(Kind.PERIOD, unit).map(hours -> new Amount(hours.multiply(value), unit + 1)));
    }

    /** Two days a week. */
    Optional<Taken> daysOfWeek(Amount amount) {
        if (!words.is(amount.end(), "days") && !words.is(amount.end(), "day")) {
            return Optional.empty();
        }
        int next = amount.end() + 1;
        var isLinked = words.isAny(next, LINKS);
        var hours = words.number(Kind.PERIOD, isLinked ? next + 1 : next);
        var isWeekly = isLinked
                ? hours.filter(HOURS_IN_WEEK::equals).isPresent()
                : words.number(Kind.ADVERB, next).filter(BigDecimal.ONE::equals).isPresent();
        if (!isWeekly
                || !NumberGrammar.isWhole(amount.value())
                || amount.value().compareTo(DAYS_IN_WEEK) > 0) {
            return Optional.empty();
        }
        said.daysPerWeek().add(amount.value());
        return Taken.of(Piece.RATE, isLinked ? next + 2 : next + 1);
    }

    /** Daily, weekly: a rate in one word. */
    Optional<Taken> adverb(BigDecimal perWeek, int at) {
        said.addRate(perWeek);
        return Taken.of(Piece.RATE, at + 1);
    }

    /** A week, per day, where a dose was named. */
    Optional<Taken> over(int at, Piece before) {
        return before != Piece.RATE
                        && !said.doses().isEmpty()
                        && words.number(Kind.PERIOD, at + 1).isPresent()
                ? every(at + 1)
                : Optional.empty();
    }

    /** Every week in one word: qweek. */
    Optional<Taken> glued(int at) {
        var word = words.text(at);
        if (!word.startsWith("q") || word.length() < 2) {
            return Optional.empty();
        }
        var rest = word.substring(1);
        var hours = words.number(Kind.PERIOD, rest);
        var perWeek = words.number(Kind.ADVERB, rest).or(() -> hours.map(length -> perWeek(BigDecimal.ONE, length)));
        if (perWeek.isPresent()) {
            return adverb(perWeek.get(), at);
        }
        var named = words.meaning(Kind.DAY, rest).or(() -> words.meaning(Kind.DAYS, rest));
        named.ifPresent(value -> said.days().add(Set.of(value.split(" "))));
        return named.flatMap(value -> Taken.of(Piece.DAY, at + 1));
    }

    private static BigDecimal perWeek(BigDecimal times, BigDecimal hours) {
        return times.multiply(HOURS_IN_WEEK).divide(hours, EXACT);
    }
}
