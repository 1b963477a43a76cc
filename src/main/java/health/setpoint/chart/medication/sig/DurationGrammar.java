package health.setpoint.chart.medication.sig;

import health.setpoint.chart.medication.sig.Taken.Piece;
import health.setpoint.chart.medication.words.SigToken;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** For how long, and from when: for 10 days, x 2 weeks, starting 3/1/2026. */
final class DurationGrammar {

    private static final MathContext EXACT = MathContext.DECIMAL64;
    private static final BigDecimal HOURS_IN_DAY = BigDecimal.valueOf(24);

    private final InstructionWords words;
    private final NumberGrammar numbers;
    private final FrequencyGrammar frequencies;
    private final SupplyGrammar supplies;
    private final SigContent said;

    DurationGrammar(
            InstructionWords words,
            NumberGrammar numbers,
            FrequencyGrammar frequencies,
            SupplyGrammar supplies,
            SigContent said) {
        this.words = words;
        this.numbers = numbers;
        this.frequencies = frequencies;
        this.supplies = supplies;
        this.said = said;
    }

    /** x 2 weekly, x 10 days. */
    Optional<Taken> crossed(int at) {
        var count = numbers.amount(at + 1);
        var length = count.flatMap(amount -> frequencies.length(at + 1));
        if (length.isPresent()) {
            return duration(at + 1);
        }
        return count.flatMap(amount -> frequencies.times(amount.value(), amount.end()))
                .filter(taken -> taken.piece() == Piece.RATE);
    }

    /** For so many days, unless it is the supply. */
    Optional<Taken> duration(int at) {
        var count = numbers.amount(at);
        if (count.isEmpty()) {
            return Optional.empty();
        }
        if (numbers.range(count.get().end()).isPresent()) {
            return Optional.empty();
        }
        var supplied = supplies.supplied(count.get());
        if (supplied.isPresent()) {
            return supplied;
        }
        var length = frequencies.length(at);
        length.ifPresent(hours -> said.durations().add(hours.value().divide(HOURS_IN_DAY, EXACT)));
        return length.flatMap(hours -> Taken.of(Piece.OTHER, hours.end()));
    }

    Optional<Taken> date(int at) {
        int next = words.is(at, ":") || words.is(at, "on") ? at + 1 : at;
        next = words.day(next).isPresent() ? next + 1 : next;
        next = words.is(next, ",") ? next + 1 : next;
        return next < words.size() && words.token(next).kind() == SigToken.Kind.DATE
                ? Taken.of(Piece.OTHER, next + 1)
                : Optional.empty();
    }
}
