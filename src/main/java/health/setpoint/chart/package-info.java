/**
 * FHIR in: what an EHR sends of a chart, and what its FHIR server gives where something is missing, read into the facts
 * that the rules ask for. The only reader of FHIR resources. It reads the JSON tree itself: only the members that a rule
 * asks for are looked at, so that an odd shape elsewhere in a resource does not matter, and no resource goes through a
 * string.
 */
package health.setpoint.chart;
