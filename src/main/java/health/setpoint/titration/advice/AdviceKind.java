package health.setpoint.titration.advice;

/** What a card comes to, for machines. The words are public and stable. */
public enum AdviceKind {
    START("start"),
    INCREASE("increase"),
    REDUCE("reduce"),
    HOLD("hold"),
    CONTINUE("continue"),
    WATCH("watch"),
    DO_NOT_START("do-not-start"),
    REVIEW_TESTOSTERONE("review-testosterone"),
    ORDER_LABS("order-labs"),
    WAIT("wait"),
    NOT_APPLICABLE("not-applicable"),
    SAFETY("safety"),
    MONITOR("monitor");

    private final String word;

    AdviceKind(String word) {
        this.word = word;
    }

    /** The word in the machine-readable advice. */
    public String word() {
        return word;
    }
}
