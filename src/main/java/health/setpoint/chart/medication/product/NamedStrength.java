package health.setpoint.chart.medication.product;

import health.setpoint.chart.medication.words.SigToken;
import health.setpoint.knowledge.terminology.DoseUnit;
import health.setpoint.knowledge.terminology.DoseUnits;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A strength that the name of a product says. It is never counted with; it only has to agree with the one of its code.
 *
 * @param per what holds so many mg; empty where the name does not say
 */
record NamedStrength(BigDecimal mg, Optional<DoseUnit> per) {

    private static final int LONGEST = 400;

    /** Every amount of mass in a name, with what it stands over: 200 mg/mL, 2,000 mg of 10 mL, 1 mg tablet. */
    static List<NamedStrength> in(String name, DoseUnits units) {
        var tokens = SigToken.of(name.length() > LONGEST ? name.substring(0, LONGEST) : name);
        var form = Optional.<DoseUnit>empty();
        for (int at = 0; at < tokens.size() && form.isEmpty(); at++) {
            form = unit(tokens, at, units).filter(unit -> unit == DoseUnit.TABLET);
        }
        var found = new ArrayList<NamedStrength>();
        for (int at = 0; at + 1 < tokens.size(); at++) {
            var mass = unit(tokens, at + 1, units).flatMap(DoseUnit::mg);
            if (mass.isPresent() && tokens.get(at).isNumber()) {
                of(tokens.get(at).value().multiply(mass.get()), tokens, at + 2, form, units)
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<NamedStrength> of(
            BigDecimal mg, List<SigToken> tokens, int at, Optional<DoseUnit> form, DoseUnits units) {
        var isOver =
                at < tokens.size() && (tokens.get(at).is("/") || tokens.get(at).is("per"));
        if (!isOver) {
            return Optional.of(new NamedStrength(mg, form));
        }
        var counts = at + 1 < tokens.size() && tokens.get(at + 1).isNumber();
        var amount = counts ? tokens.get(at + 1).value() : BigDecimal.ONE;
        return unit(tokens, counts ? at + 2 : at + 1, units)
                .filter(unit -> unit != DoseUnit.OTHER && unit.mg().isEmpty() && amount.signum() > 0)
                .map(unit -> new NamedStrength(mg.divide(amount, MathContext.DECIMAL64), Optional.of(unit)));
    }

    private static Optional<DoseUnit> unit(List<SigToken> tokens, int at, DoseUnits units) {
        return at < tokens.size() && tokens.get(at).isWord()
                ? units.named(tokens.get(at).text())
                : Optional.empty();
    }

    /** False only where both speak of the same thing: of a vial or a pump the name may give the whole content. */
    boolean agreesWith(ProductStrength coded) {
        if (per.isEmpty()) {
            return coded.per() != DoseUnit.TABLET || mg.compareTo(coded.mg()) == 0;
        }
        if (per.get() == coded.per()) {
            return mg.compareTo(coded.mg()) == 0;
        }
        return per.get() != DoseUnit.TABLET && coded.per() != DoseUnit.TABLET;
    }
}
