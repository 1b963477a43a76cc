package health.setpoint.titration.labs;

/** A test that a card can ask for. The words are public and stable. */
public enum LabTest {
    ESTRADIOL("estradiol"),
    TESTOSTERONE("testosterone"),
    FREE_TESTOSTERONE("free-testosterone"),
    LH("lh"),
    FSH("fsh"),
    SHBG("shbg"),
    CBC("cbc"),
    CMP("cmp"),
    PSA("psa"),
    LIPIDS("lipids"),
    DXA("dxa");

    private final String word;

    LabTest(String word) {
        this.word = word;
    }

    /** The word in the machine-readable advice. */
    public String word() {
        return word;
    }
}
