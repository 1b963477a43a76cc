package health.setpoint.titration.labs;

/**
 * What was measured, with the base unit in which the rules compare it and the decimals to which a value is rounded
 * (HALF_UP) before it is compared.
 */
public enum Analyte {
    ESTRADIOL("pg/mL", 1),
    TESTOSTERONE("ng/dL", 0),
    FREE_TESTOSTERONE("pg/mL", 1),
    BIOAVAILABLE_TESTOSTERONE("ng/dL", 1),
    SHBG("nmol/L", 1),
    LH("[IU]/L", 1),
    FSH("[IU]/L", 1),
    HEMATOCRIT("%", 1),
    HEMOGLOBIN("g/dL", 1),
    PSA("ng/mL", 2),
    AST("U/L", 0),
    ALT("U/L", 0),
    BILIRUBIN("mg/dL", 2),
    CREATININE("mg/dL", 2),
    EGFR("mL/min/{1.73_m2}", 0),
    GLUCOSE("mg/dL", 0),
    HBA1C("%", 1),
    INSULIN("u[IU]/mL", 1),
    CHOLESTEROL("mg/dL", 0),
    BMI("kg/m2", 1),
    BODY_FAT("%", 1),
    WAIST("cm", 1),
    WEIGHT("kg", 1),
    AUDIT_C("{score}", 0),
    DRINKS_PER_DAY("/d", 1),
    DXA_T_SCORE("{Tscore}", 1);

    private final String baseUnit;
    private final int decimals;

    Analyte(String baseUnit, int decimals) {
        this.baseUnit = baseUnit;
        this.decimals = decimals;
    }

    /** A rule doses, or withholds a dose, by it. */
    public boolean isActedUpon() {
        return this == ESTRADIOL || this == TESTOSTERONE || isSafetyLab();
    }

    /** A rule withholds a dose by it. */
    public boolean isSafetyLab() {
        return switch (this) {
            case HEMATOCRIT, PSA, AST, ALT, BILIRUBIN, DXA_T_SCORE -> true;
            default -> false;
        };
    }

    /** UCUM code of the unit in which this analyte is compared. */
    public String baseUnit() {
        return baseUnit;
    }

    /** Decimals kept before a comparison. */
    public int decimals() {
        return decimals;
    }
}
