package health.setpoint.chart.reading;

/**
 * Why a call cannot be evaluated, for the engineer who set up the integration.
 *
 * @param code FHIR issue type, for instance {@code required} or {@code conflict}
 * @param text what is wrong and what would cure it, without data of the patient
 * @param location where in the request, in the manner of FHIRPath
 */
public record Problem(String code, String text, String location) {}
