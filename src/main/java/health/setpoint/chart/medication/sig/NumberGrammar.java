package health.setpoint.chart.medication.sig;

import health.setpoint.chart.medication.sig.SigContent.Trait;
import health.setpoint.chart.medication.words.SigToken;
import health.setpoint.knowledge.terminology.DoseUnit;
import health.setpoint.knowledge.terminology.SigWords.Kind;
import java.math.BigDecimal;
import java.util.Optional;

/** Numbers in digits and in words: 2, two (2), 1½, one and a half, half. */
final class NumberGrammar {

    private final InstructionWords words;
    private final SigContent said;

    NumberGrammar(InstructionWords words, SigContent said) {
        this.words = words;
        this.said = said;
    }

    /** A number and the place behind it. */
    record Amount(BigDecimal value, int end) {}

    /** A number in digits or words, with the same number in brackets behind it or not. */
    Optional<Amount> amount(int at) {
        return plain(at).map(first -> {
            var again = words.is(first.end(), "(") ? plain(first.end() + 1) : Optional.<Amount>empty();
            if (again.isEmpty() || !words.is(again.get().end(), ")")) {
                return first;
            }
            if (again.get().value().compareTo(first.value()) != 0) {
                said.add(Trait.CONTRADICTION);
            }
            return new Amount(first.value(), again.get().end() + 1);
        });
    }

    Optional<Amount> plain(int at) {
        if (at >= words.size()) {
            return Optional.empty();
        }
        var token = words.token(at);
        if (token.kind() == SigToken.Kind.FRACTION) {
            return Optional.of(new Amount(token.value(), at + 1));
        }
        var value = token.kind() == SigToken.Kind.NUMBER ? Optional.of(token.value()) : words.number(Kind.NUMBER, at);
        if (value.isPresent()) {
            return Optional.of(isWhole(value.get()) ? mixed(value.get(), at + 1) : new Amount(value.get(), at + 1));
        }
        if (words.is(at, "a") || words.is(at, "an")) {
            return part(at + 1).or(() -> words.unit(at + 1)
                    .filter(unit -> unit != DoseUnit.OTHER)
                    .map(unit -> new Amount(BigDecimal.ONE, at + 1)));
        }
        return Optional.empty();
    }

    static boolean isWhole(BigDecimal value) {
        return value.signum() > 0 && value.stripTrailingZeros().scale() <= 0;
    }

    /** One and a half, 1½, one-half; 1 1/2 only before tablets, lest two numbers be taken for one. */
    private Amount mixed(BigDecimal whole, int at) {
        var isOneInWords =
                whole.compareTo(BigDecimal.ONE) == 0 && words.token(at - 1).isWord();
        var half = isOneInWords ? part(words.is(at, "-") ? at + 1 : at) : Optional.<Amount>empty();
        if (half.isPresent()) {
            return half.get();
        }
        var isOne = fraction(at).isPresent()
                && (words.token(at).isGlued()
                        || words.isForm(at + 1) && words.text(at + 1).endsWith("s"));
        if (isOne) {
            return new Amount(whole.add(words.token(at).value()), at + 1);
        }
        if (words.is(at, "-") && words.token(at).isGlued() && fraction(at + 1).isPresent()) {
            return new Amount(whole.add(words.token(at + 1).value()), at + 2);
        }
        if (words.is(at, "and") || words.is(at, "&")) {
            var isSaid = words.is(at + 1, "a") || words.is(at + 1, "one");
            var rest = isSaid ? part(words.is(at + 2, "-") ? at + 3 : at + 2) : fraction(at + 1);
            if (rest.isPresent()) {
                return new Amount(whole.add(rest.get().value()), rest.get().end());
            }
        }
        return new Amount(whole, at);
    }

    private Optional<Amount> fraction(int at) {
        return at < words.size() && words.token(at).kind() == SigToken.Kind.FRACTION
                ? Optional.of(new Amount(words.token(at).value(), at + 1))
                : Optional.empty();
    }

    /** A part of one, in words. */
    private Optional<Amount> part(int at) {
        return words.number(Kind.NUMBER, at)
                .filter(value -> value.compareTo(BigDecimal.ONE) < 0)
                .map(value -> new Amount(value, at + 1));
    }

    Optional<Amount> range(int at) {
        return words.is(at, "-") || words.is(at, "to") || words.is(at, "or") ? plain(at + 1) : Optional.empty();
    }
}
