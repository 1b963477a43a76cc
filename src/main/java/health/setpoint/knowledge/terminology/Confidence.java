package health.setpoint.knowledge.terminology;

/** How sure it is that a listed code means what the table says. */
enum Confidence {
    VERIFIED("verified"),
    SINGLE_SOURCE("single-source"),
    NAME_UNCONFIRMED("code-known-name-unconfirmed"),
    UNVERIFIED("unverified");

    private final String word;

    Confidence(String word) {
        this.word = word;
    }

    static Confidence of(Tables.Row row) {
        for (Confidence confidence : values()) {
            if (row.is("confidence", confidence.word)) {
                return confidence;
            }
        }
        throw row.refuse("unknown confidence " + row.text("confidence"));
    }

    /** True when the code counts without a text beside it. */
    boolean standsAlone() {
        return this == VERIFIED || this == SINGLE_SOURCE;
    }
}
