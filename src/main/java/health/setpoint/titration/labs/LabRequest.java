package health.setpoint.titration.labs;

/**
 * A lab or imaging request that stands or is being drafted.
 *
 * @param test what it asks for
 * @param immunoassay plainly asks for an immunoassay
 * @param reference the FHIR resource
 */
public record LabRequest(LabTest test, boolean immunoassay, String reference) {}
