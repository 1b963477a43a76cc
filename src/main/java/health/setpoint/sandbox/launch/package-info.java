/** A launch simulator: what an EHR's authorization server does for a SMART app, for the invented patients only. */
package health.setpoint.sandbox.launch;
