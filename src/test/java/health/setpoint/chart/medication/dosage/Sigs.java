package health.setpoint.chart.medication.dosage;

import health.setpoint.chart.Chart;
import health.setpoint.chart.fhir.FhirTime;
import health.setpoint.chart.medication.product.ProductStrength;
import health.setpoint.clinic.ClinicTables;
import health.setpoint.knowledge.terminology.DoseUnit;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.Drug;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Instructions in words with their weekly dose by hand, and the reading of one. */
final class Sigs {

    static final Path TABLE = Path.of("src/test/resources/sigs/README.md");
    static final LocalDate WRITTEN = Chart.NOW.toLocalDate().minusDays(20);
    private static final DosageReader READER =
            new DosageReader(new FhirTime(Chart.ZONE), Chart.NOW.toLocalDate(), Chart.KNOWLEDGE);

    private static final Map<String, DosageContext> PRODUCTS = Map.of(
            "1 mg tablet", product(Drug.ANASTROZOLE, "1", DoseUnit.TABLET),
            "tablet of unknown strength", product(Drug.ANASTROZOLE),
            "0.25 mg capsule", product(Drug.ANASTROZOLE, "0.25", DoseUnit.TABLET),
            "testosterone 200 mg/mL", product(Drug.TESTOSTERONE, "200", DoseUnit.MILLILITRE),
            "testosterone of unknown concentration", product(Drug.TESTOSTERONE),
            "testosterone 20.25 mg pump", product(Drug.TESTOSTERONE, "20.25", DoseUnit.ACTUATION),
            "testosterone 50 mg packet", product(Drug.TESTOSTERONE, "50", DoseUnit.PACKET));

    /**
     * A row of the table.
     *
     * @param weekly mg a week by hand; empty where a reader must not take it for one dose at one interval
     */
    record Sig(String text, String product, Optional<BigDecimal> weekly) {

        Dosage read() {
            return read(text);
        }

        /** Another text for the same product. */
        Dosage read(String other) {
            return Sigs.read(other, PRODUCTS.get(product));
        }
    }

    private Sigs() {}

    static List<Sig> all() {
        return ClinicTables.rows(TABLE).stream()
                .map(row -> new Sig(
                        row.cell("text").orElseThrow(),
                        row.cell("product").filter(PRODUCTS::containsKey).orElseThrow(),
                        row.cell("weekly dose")
                                .filter(dose -> !dose.equals("not understood"))
                                .map(BigDecimal::new)))
                .toList();
    }

    static Dosage read(String text, DosageContext beside) {
        var instruction = Chart.JSON.createObjectNode().put("text", text);
        return READER.read(List.of(instruction), beside, Optional.of(WRITTEN), Optional.empty())
                .dosage();
    }

    static DosageContext product(Drug drug) {
        return new DosageContext(Optional.empty(), Set.of(drug), Optional.empty(), List.of());
    }

    static DosageContext product(Drug drug, String mg, DoseUnit per) {
        return new DosageContext(
                Optional.of(new ProductStrength(new BigDecimal(mg), per)), Set.of(drug), Optional.empty(), List.of());
    }

    /** mg a week, where it was understood. */
    static Optional<BigDecimal> weekly(Dosage dosage) {
        return dosage instanceof Dosage.Weekly rate ? Optional.of(rate.dose().mg()) : Optional.empty();
    }

    static boolean isSame(BigDecimal a, BigDecimal b) {
        return a.setScale(3, RoundingMode.HALF_UP).compareTo(b.setScale(3, RoundingMode.HALF_UP)) == 0;
    }
}
