/** HAPI's validator, for {@code check-request} alone: its first run takes seconds, so nothing on the way of a call knows it. */
package health.setpoint.chart.validation;
