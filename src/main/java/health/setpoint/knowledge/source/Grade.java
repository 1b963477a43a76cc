package health.setpoint.knowledge.source;

/** Strength of evidence behind a number or a rule. */
public enum Grade {
    A,
    B,
    C,
    S
}
