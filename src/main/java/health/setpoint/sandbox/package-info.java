/** A small EHR to try the services with: its FHIR server and its pages. Nothing depends on it. */
package health.setpoint.sandbox;
