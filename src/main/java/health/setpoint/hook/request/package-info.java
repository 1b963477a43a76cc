/** From bytes to a CDS Hooks request of a known client. */
package health.setpoint.hook.request;
