package health.setpoint.chart.medication.sig;

import health.setpoint.chart.medication.sig.NumberGrammar.Amount;
import health.setpoint.chart.medication.sig.Taken.Piece;
import health.setpoint.chart.medication.words.SigToken;
import health.setpoint.knowledge.terminology.SigWords.Kind;
import java.util.Optional;
import java.util.Set;

/** What is dispensed, which says nothing of the dose: dispense #12, 3 refills, 30 day supply. */
final class SupplyGrammar {

    /** Words of a supply. */
    static final Set<String> WORDS =
            Set.of("disp", "dispense", "dispensed", "qty", "quantity", "refill", "refills", "rf", "repeats", "r");

    private static final Set<String> REFILLS = Set.of("refill", "refills", "rf", "repeats");
    private static final Set<String> MARKS = Set.of(":", "#", "-", "=", ".", "x");
    private static final int MOST_SIGNS = 3;

    private final InstructionWords words;
    private final NumberGrammar numbers;

    SupplyGrammar(InstructionWords words, NumberGrammar numbers) {
        this.words = words;
        this.numbers = numbers;
    }

    /** Dispense #12, refills: 3, R-3. */
    Optional<Taken> supply(int at) {
        return refills(at)
                .map(taken -> words.unit(taken.end())
                                .filter(unit -> unit.mg().isEmpty())
                                .isPresent()
                        ? new Taken(Piece.OTHER, taken.end() + 1)
                        : taken);
    }

    Optional<Taken> refills(int at) {
        int next = at;
        while (next - at < MOST_SIGNS && words.isAny(next, MARKS)) {
            next++;
        }
        if (next >= words.size() || words.token(next).kind() != SigToken.Kind.NUMBER) {
            return Optional.empty();
        }
        return Taken.of(Piece.OTHER, numbers.amount(next).map(Amount::end).orElse(next + 1));
    }

    /** 3 refills, 30 day supply. */
    Optional<Taken> supplied(Amount amount) {
        int next = amount.end();
        if (words.isAny(next, REFILLS)) {
            return numbers.plain(next + 1).isPresent() ? Optional.empty() : Taken.of(Piece.OTHER, next + 1);
        }
        next = words.is(next, "-") ? next + 1 : next;
        return words.number(Kind.PERIOD, next).isPresent() && words.is(next + 1, "supply")
                ? Taken.of(Piece.OTHER, next + 2)
                : Optional.empty();
    }
}
