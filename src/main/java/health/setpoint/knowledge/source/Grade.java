package health.setpoint.knowledge.source;

/** Strength of evidence behind a number or a rule. */
public enum Grade {
    A("guideline or label"),
    B("randomised trial"),
    C("observational data or expert opinion"),
    S("one article or safety stance only");

    private final String words;

    Grade(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
