/** The FHIR server of the sandbox: invented patients in memory. */
package health.setpoint.sandbox.fhir;
