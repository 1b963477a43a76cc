package health.setpoint.titration.person;

/**
 * A recorded, unrefuted allergy to anastrozole or one of its excipients.
 *
 * @param substance the ingredient of the tablet that it names
 * @param reference the FHIR resource
 */
public record Hypersensitivity(String substance, String reference) {}
