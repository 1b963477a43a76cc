/** Calls that an operator has written to a folder, to see what an EHR really sends; without patients' data unless told so. */
package health.setpoint.hook.capture;
