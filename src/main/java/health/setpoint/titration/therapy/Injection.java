package health.setpoint.titration.therapy;

import health.setpoint.titration.labs.ClinicalTime;

/**
 * A testosterone injection that was given.
 *
 * @param formulation the ester
 * @param given when
 * @param reference the FHIR resource that says so
 */
public record Injection(Formulation formulation, ClinicalTime given, String reference) {}
