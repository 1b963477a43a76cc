/** The queries of the discovery document, what came under their keys, and what is missing. */
package health.setpoint.chart.prefetch;
