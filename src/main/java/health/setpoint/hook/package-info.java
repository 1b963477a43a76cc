/**
 * CDS Hooks over HTTP: discovery, the three services, feedback, errors. Thin: parse, check, call, answer. HTTP errors
 * are thrown here and nowhere else.
 */
package health.setpoint.hook;
