package health.setpoint.knowledge.terminology;

/** A code of a code system with the words that are shown for it. */
public record Code(String system, String code, String display) {}
