package health.setpoint.chart.medication.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import health.setpoint.chart.Chart;
import health.setpoint.knowledge.terminology.DoseUnit;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@DisplayName("The name of a product")
class NamedStrengthTest {

    private static final ProductStrength ONE_MG_TABLET = new ProductStrength(BigDecimal.ONE, DoseUnit.TABLET);
    private static final ProductStrength TWO_HUNDRED_PER_ML =
            new ProductStrength(new BigDecimal("200"), DoseUnit.MILLILITRE);
    private static final ProductStrength PUMP = new ProductStrength(new BigDecimal("20.25"), DoseUnit.ACTUATION);

    @TestFactory
    Stream<DynamicTest> names() {
        return Stream.of(
                        "anastrozole 1 MG Oral Tablet | 1/tablet",
                        "ANASTROZOLE 0.25 MG CAPSULE (COMPOUND) | 0.25/tablet",
                        "anastrozole (ARIMIDEX) 1 mg tablet | 1/tablet",
                        "Anastrozole Oral Tablet 1 MG | 1/tablet",
                        "anastrozole 1mg tab | 1/tablet",
                        "anastrozole .5mg tabs | 0.5/tablet",
                        "anastrozole 250 mcg caps #30 | 0.25/tablet",
                        "anastrozole 1 mg tablet, 30 tablets | 1/tablet",
                        "anastrozole 1 mg | 1",
                        "anastrozole 1 mg/mL oral suspension, 30 mL | 1/millilitre",
                        "testosterone cypionate 200 MG/ML Injectable Solution | 200/millilitre",
                        "1 ML testosterone cypionate 200 MG/ML Injection | 200/millilitre",
                        "Testosterone Cypionate 2000 mg/10 mL (200 mg/mL) vial | 200/millilitre, 200/millilitre",
                        "Testosterone Cypionate 1,000 mg/5 mL |",
                        "Nebido 1000 mg/4 ml solution for injection | 250/millilitre",
                        "testosterone 20.25 MG/ACTUAT topical gel (1.62%) | 20.25/actuation",
                        "testosterone 1.62 % (20.25 mg/1.25 gram) gel pump |",
                        "testosterone 50 MG/5 G packet |",
                        "anastrozole 0,5 mg tablet | 0.5/tablet",
                        "anastrozole 1.2.3 mg tablet |",
                        "anastrozole |",
                        "mg mg 5 |")
                .map(row -> row.split(" ?\\|", 2))
                .map(row -> dynamicTest(
                        "\"" + row[0] + "\" says " + row[1], () -> assertEquals(row[1].strip(), said(row[0]))));
    }

    private static String said(String name) {
        return NamedStrength.in(name, Chart.KNOWLEDGE.doseUnits()).stream()
                .map(strength -> strength.mg().stripTrailingZeros().toPlainString()
                        + strength.per()
                                .map(unit -> "/" + unit.name().toLowerCase(Locale.ROOT))
                                .orElse(""))
                .collect(Collectors.joining(", "));
    }

    @TestFactory
    Stream<DynamicTest> agreement() {
        return Stream.of(
                agrees("anastrozole 1 mg oral tablet", ONE_MG_TABLET, true),
                agrees("anastrozole 1.0 mg", ONE_MG_TABLET, true),
                agrees("anastrozole", ONE_MG_TABLET, true),
                agrees("anastrozole 0.25 mg", ONE_MG_TABLET, false),
                agrees("anastrozole 0.5 mg capsule", ONE_MG_TABLET, false),
                agrees("anastrozole 1 mg/mL suspension", ONE_MG_TABLET, false),
                agrees("anastrozole 1 mg tablet, half of it 0.5 mg", ONE_MG_TABLET, false),
                agrees("testosterone cypionate 200 mg/mL, vial of 2000 mg", TWO_HUNDRED_PER_ML, true),
                agrees("testosterone cypionate 1000 mg/5 mL", TWO_HUNDRED_PER_ML, true),
                agrees("testosterone cypionate 100 mg/mL", TWO_HUNDRED_PER_ML, false),
                agrees("testosterone 40.5 mg/2.5 g gel", PUMP, true),
                agrees("testosterone 10 mg/actuation", PUMP, false));
    }

    private static DynamicTest agrees(String name, ProductStrength coded, boolean expected) {
        return dynamicTest(
                "\"" + name + "\" " + (expected ? "agrees with " : "denies ") + coded.mg() + " mg per " + coded.per(),
                () -> assertEquals(
                        expected,
                        NamedStrength.in(name, Chart.KNOWLEDGE.doseUnits()).stream()
                                .allMatch(named -> named.agreesWith(coded))));
    }
}
