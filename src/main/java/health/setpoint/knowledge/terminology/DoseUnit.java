package health.setpoint.knowledge.terminology;

import java.math.BigDecimal;
import java.util.Optional;

/** What a single dose is counted in. */
public enum DoseUnit {
    MILLIGRAM("1"),
    MICROGRAM("0.001"),
    TABLET(""),
    MILLILITRE(""),
    ACTUATION(""),
    PACKET(""),
    /** Known, and nothing that can be turned into mg: grams, of a gel, are grams of gel. */
    OTHER("");

    private final Optional<BigDecimal> mg;

    DoseUnit(String mg) {
        this.mg = mg.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(mg));
    }

    /** mg in one unit; empty where only the product says how much it holds. */
    public Optional<BigDecimal> mg() {
        return mg;
    }
}
