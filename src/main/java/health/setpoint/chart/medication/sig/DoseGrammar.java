package health.setpoint.chart.medication.sig;

import health.setpoint.chart.medication.sig.NumberGrammar.Amount;
import health.setpoint.chart.medication.sig.Taken.Piece;
import health.setpoint.chart.medication.words.SigToken;
import health.setpoint.knowledge.terminology.DoseUnit;
import health.setpoint.knowledge.terminology.SigWords;
import health.setpoint.knowledge.terminology.SigWords.Kind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.Set;

/** Amounts of the drug: 1 mg, half a 1 mg tablet, 0.5 mL of 200 mg/mL. */
final class DoseGrammar {

    private static final MathContext EXACT = MathContext.DECIMAL64;
    private static final Set<String> TAKE = Set.of("take", "takes");
    private static final String BY_MOUTH = "by mouth";

    private final InstructionWords words;
    private final NumberGrammar numbers;
    private final SigContent said;

    DoseGrammar(InstructionWords words, NumberGrammar numbers, SigContent said) {
        this.words = words;
        this.numbers = numbers;
        this.said = said;
    }

    Optional<Taken> dose(Amount amount, int at, Piece before) {
        int end = amount.end();
        if (words.is(end, "x") && words.mass(end + 2).isPresent()) {
            return numbers.plain(end + 1).flatMap(each -> ofStrength(amount.value(), each, at, before));
        }
        int next = linked(end, amount.value());
        var unit = words.unit(next);
        if (unit.isPresent()) {
            return unit.get().mg().isPresent()
                    ? ofMass(amount.value().multiply(unit.get().mg().get()), at, next + 1, before)
                    : add(SigDose.of(amount.value(), unit.get(), before == Piece.DOSE, at, next + 1));
        }
        // "2 1 mg tablet" is two numbers; "two 1 mg tablets" and "half of a 1 mg tablet" are one.
        var isCounted = words.token(at).isWord() && amount.value().compareTo(BigDecimal.ONE) >= 0;
        return next > end || isCounted
                ? numbers.plain(next)
                        .filter(each -> next > end || isOne(amount.value()) || isPlural(each.end()))
                        .flatMap(each -> ofStrength(amount.value(), each, at, before))
                : Optional.empty();
    }

    /** Behind what may stand between a number and its unit: of a, a, a dash. */
    private int linked(int at, BigDecimal value) {
        if (words.is(at, "-") && words.unit(at + 1).isPresent()) {
            return at + 1;
        }
        if (words.is(at, "of")) {
            return words.is(at + 1, "a") || words.is(at + 1, "an") || words.is(at + 1, "one") || words.is(at + 1, "the")
                    ? at + 2
                    : at + 1;
        }
        var isPart = words.token(at - 1).kind() == SigToken.Kind.FRACTION
                || words.token(at - 1).isWord() && value.compareTo(BigDecimal.ONE) < 0;
        return isPart && (words.is(at, "a") || words.is(at, "an")) ? at + 1 : at;
    }

    private static boolean isOne(BigDecimal value) {
        return value.compareTo(BigDecimal.ONE) == 0;
    }

    /** The form behind a mass stands for several. */
    private boolean isPlural(int at) {
        int form = words.is(at + 1, "oral") ? at + 2 : at + 1;
        return words.isForm(form) && words.text(form).endsWith("s");
    }

    private Optional<Taken> add(SigDose dose) {
        said.doses().add(dose);
        return Taken.of(Piece.DOSE, dose.to());
    }

    /** So many tablets of a strength: half a 1 mg tablet. */
    private Optional<Taken> ofStrength(BigDecimal count, Amount each, int at, Piece before) {
        var mg = words.mass(each.end());
        int form = words.is(each.end() + 1, "oral") ? each.end() + 2 : each.end() + 1;
        if (mg.isEmpty() || !words.isForm(form)) {
            return Optional.empty();
        }
        var strength = Optional.of(each.value().multiply(mg.get()));
        return add(new SigDose(count, DoseUnit.TABLET, strength, false, false, before == Piece.DOSE, at, form + 1));
    }

    /** An amount of mass: a dose, or a strength where it stands over a unit of the product. */
    private Optional<Taken> ofMass(BigDecimal mg, int at, int end, Piece before) {
        if (words.is(end, "/") || words.is(end, "per")) {
            var over = numbers.plain(end + 1);
            int unitAt = over.map(Amount::end).orElse(end + 1);
            var per = words.unit(unitAt).filter(unit -> unit.mg().isEmpty());
            if (per.isPresent()) {
                said.strengths()
                        .add(new SigStrength(
                                mg.divide(over.map(Amount::value).orElse(BigDecimal.ONE), EXACT), per.get()));
                return Taken.of(before, unitAt + 1);
            }
        }
        int form = words.is(end, "oral") ? end + 1 : end;
        var isForm = words.isForm(form);
        int next = isForm ? form + 1 : end;
        var isTotal = words.is(next, "total") && words.is(next + 1, ")");
        return add(new SigDose(
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
    Optional<Taken> unitless(Amount amount, int at) {
        var begins = at == 0 || words.is(at - 1, ":");
        var isPlain = at > 0 && words.isAny(at - 1, TAKE) || begins && isSwallowed(amount.end());
        var isFollowed = amount.end() < words.size()
                && words.token(amount.end()).isWord()
                && !words.isAny(amount.end(), SupplyGrammar.WORDS);
        if (!isPlain
                || !isFollowed
                || !NumberGrammar.isWhole(amount.value())
                || numbers.plain(amount.end()).isPresent()) {
            return Optional.empty();
        }
        return add(new SigDose(
                amount.value(), DoseUnit.TABLET, Optional.of(BigDecimal.ONE), true, false, false, at, amount.end()));
    }

    private boolean isSwallowed(int at) {
        return words.longest(at)
                .filter(phrase -> phrase.kind() == Kind.FILLER && phrase.value().equals(BY_MOUTH))
                .isPresent();
    }

    /** "Anastrozole 1 mg tablet: take ..." names the product. */
    private boolean isProduct(SigDose dose) {
        var isApart = words.isAny(dose.to(), SigParser.BREAKS) || words.isAny(dose.to(), TAKE);
        return isApart
                && dose.isForm()
                && dose.unit() == DoseUnit.MILLIGRAM
                && !said.drugs().isEmpty()
                && isLed(dose.from());
    }

    /** Only names of the drug, and signs, stand before it. */
    private boolean isLed(int place) {
        int at = 0;
        while (at < place) {
            var phrase = words.longest(at).filter(found -> found.kind() == Kind.DRUG);
            if (phrase.isEmpty() && !SigParser.BREAKS.contains(words.text(at))) {
                return false;
            }
            at += phrase.map(SigWords.Phrase::length).orElse(1);
        }
        return place > 0;
    }

    /** The first of several doses names the product; it is none of the intake. */
    boolean namesProductFirst() {
        return said.doses().size() > 1 && isProduct(said.doses().get(0));
    }
}
