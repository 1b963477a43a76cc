/** The journal over HTTP, for whoever may read it. */
package health.setpoint.operator.reports;
