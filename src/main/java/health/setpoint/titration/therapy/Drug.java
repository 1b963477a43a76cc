package health.setpoint.titration.therapy;

/** The ingredients that a rule asks for. */
public enum Drug {
    ANASTROZOLE,
    LETROZOLE,
    EXEMESTANE,
    TESTOSTERONE,
    TAMOXIFEN,
    RALOXIFENE,
    CLOMIPHENE,
    OTHER_SERM,
    HCG,
    FINASTERIDE,
    DUTASTERIDE,
    ESTROGEN,
    METHYLTESTOSTERONE,
    FULVESTRANT,
    WARFARIN;

    /** One of the three aromatase inhibitors. */
    public boolean isAromataseInhibitor() {
        return this == ANASTROZOLE || this == LETROZOLE || this == EXEMESTANE;
    }

    /** A drug of phase B: one whose order makes the service speak at order entry. */
    public boolean isInteracting() {
        return switch (this) {
            case ESTROGEN, TAMOXIFEN, RALOXIFENE, CLOMIPHENE, OTHER_SERM, HCG -> true;
            default -> false;
        };
    }

    /** A 5-alpha-reductase inhibitor, which halves PSA. */
    public boolean halvesPsa() {
        return this == FINASTERIDE || this == DUTASTERIDE;
    }
}
