package health.setpoint.knowledge;

/** What a product strength counts by. */
public enum Per {
    TABLET,
    ML,
    ACTUATION,
    PACKET
}
