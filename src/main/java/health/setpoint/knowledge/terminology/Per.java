package health.setpoint.knowledge.terminology;

/** What a product strength counts by. */
public enum Per {
    TABLET,
    ML,
    ACTUATION,
    PACKET
}
