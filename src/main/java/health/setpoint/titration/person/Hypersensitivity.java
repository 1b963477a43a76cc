package health.setpoint.titration.person;

/**
 * A recorded, unrefuted allergy to anastrozole or one of its excipients.
 *
 * @param substance the ingredient of the tablet that it names
 * @param reference the FHIR resource
 * @param byWords no code says so, only its words
 */
public record Hypersensitivity(String substance, String reference, boolean byWords) {

    /** One that a code says. */
    public Hypersensitivity(String substance, String reference) {
        this(substance, reference, false);
    }
}
