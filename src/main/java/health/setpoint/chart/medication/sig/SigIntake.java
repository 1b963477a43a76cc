package health.setpoint.chart.medication.sig;

import health.setpoint.chart.medication.product.ProductStrength;
import health.setpoint.knowledge.terminology.DoseUnit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How much one intake is.
 *
 * @param mg where the words name exactly one dose and its strength is known
 * @param missing what the dose lacks, a sentence for the reader; empty where it lacks nothing
 * @param problem why there is no such thing, a sentence for the reader; empty where there is
 */
record SigIntake(Optional<BigDecimal> mg, String missing, String problem) {

    private static final MathContext EXACT = MathContext.DECIMAL64;

    private static SigIntake problem(String why) {
        return new SigIntake(Optional.empty(), "", why);
    }

    /**
     * One intake of an instruction.
     *
     * @param namesProductFirst its first dose names the product
     * @param product strength of the product, where its code says it
     */
    static SigIntake of(SigContent content, boolean namesProductFirst, Optional<ProductStrength> product) {
        var all = new ArrayList<>(content.doses());
        var said = new ArrayList<>(content.strengths());
        if (namesProductFirst) {
            said.add(new SigStrength(all.remove(0).value(), DoseUnit.TABLET));
        }
        for (var dose : all) {
            if (dose.isUnitless()
                    && product.filter(SigIntake::isOneMilligramTablet).isEmpty()) {
                return SigIntake.problem("The dose has no unit.");
            }
            if (isOfAnother(dose, product, all)) {
                return SigIntake.problem("The dose is counted in another unit than the product.");
            }
            dose.strength().ifPresent(mg -> said.add(new SigStrength(mg, DoseUnit.TABLET)));
            if (dose.isForm() && !dose.isUnitless()) {
                said.add(new SigStrength(dose.value(), DoseUnit.TABLET));
            }
        }
        for (var strength : said) {
            var known = product.map(each -> new SigStrength(each.mg(), each.per()))
                    .or(() -> said.stream()
                            .filter(other -> other.per() == strength.per())
                            .findFirst());
            var differs = strength.per() != DoseUnit.OTHER
                    && known.filter(each ->
                                    each.per() != strength.per() || each.mg().compareTo(strength.mg()) != 0)
                            .isPresent();
            if (differs) {
                return SigIntake.problem("The instruction names another strength than the product has.");
            }
        }
        return of(all, said, product);
    }

    /** Millilitres of a tablet; grams, which stand behind mg only. */
    private static boolean isOfAnother(SigDose dose, Optional<ProductStrength> product, List<SigDose> all) {
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

    private static SigIntake of(List<SigDose> all, List<SigStrength> said, Optional<ProductStrength> product) {
        var known = new ArrayList<BigDecimal>();
        var unknown = new ArrayList<SigDose>();
        var volumes = new ArrayList<SigDose>();
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
            return SigIntake.problem("It names two different doses.");
        }
        if (first.isEmpty() && !unknown.isEmpty()) {
            return new SigIntake(Optional.empty(), lacks(unknown.get(0).unit()), "");
        }
        return new SigIntake(first, "", "");
    }

    private static Optional<BigDecimal> mg(SigDose dose, List<SigStrength> said, Optional<ProductStrength> product) {
        return dose.strength()
                .map(dose.value()::multiply)
                .or(() -> ProductStrength.mg(dose.value(), dose.unit(), product))
                .or(() -> said.stream()
                        .filter(strength -> strength.per() == dose.unit() && dose.unit() != DoseUnit.OTHER)
                        .findFirst()
                        .map(strength -> dose.value().multiply(strength.mg())));
    }

    /** 3 tablets beside 2 tablets, whatever they hold. */
    private static boolean isCountedOtherwise(SigDose dose, List<SigDose> all) {
        return all.stream()
                .anyMatch(other -> other.unit() == dose.unit() && other.value().compareTo(dose.value()) != 0);
    }

    /** Millilitres are written in rounded numbers. */
    private static boolean isAbout(
            SigDose dose, BigDecimal mg, List<SigStrength> said, Optional<ProductStrength> product) {
        var each = mg(SigDose.of(BigDecimal.ONE, dose.unit(), false, 0, 0), said, product);
        var half =
                BigDecimal.ONE.movePointLeft(Math.max(0, dose.value().scale())).divide(BigDecimal.valueOf(2), EXACT);
        return each.map(strength ->
                        dose.value().multiply(strength).subtract(mg).abs().compareTo(half.multiply(strength)) <= 0)
                .orElse(true);
    }

    /** Tablets of unknown strength beside mg: these are the total where it is said, or where the tablets hold 1 mg. */
    private static boolean isPlainly(SigDose dose, BigDecimal mg, List<SigDose> all) {
        return dose.unit() != DoseUnit.TABLET
                || dose.value().compareTo(BigDecimal.ONE) == 0
                || dose.value().compareTo(mg) == 0
                || all.stream().anyMatch(SigDose::isTotal);
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
}
