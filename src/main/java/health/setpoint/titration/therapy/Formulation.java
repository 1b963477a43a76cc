package health.setpoint.titration.therapy;

/** Ester or form of a testosterone product; OTHER for every other drug and where the record does not say. */
public enum Formulation {
    CYPIONATE,
    ENANTHATE,
    PROPIONATE,
    /** Several short esters in one injection, propionate among them. */
    MIXED_ESTERS,
    UNDECANOATE_INJECTED,
    UNDECANOATE_ORAL,
    GEL,
    SOLUTION,
    PATCH,
    NASAL,
    PELLET,
    OTHER;

    /** A short ester with a peak in the first two days after the injection. */
    public boolean hasInjectionPeak() {
        return this == CYPIONATE || this == ENANTHATE || this == PROPIONATE || this == MIXED_ESTERS;
    }

    /** A depot without a weekly rate. */
    public boolean isDepot() {
        return this == UNDECANOATE_INJECTED || this == PELLET;
    }
}
