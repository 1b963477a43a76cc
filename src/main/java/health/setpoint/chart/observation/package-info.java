/** Observations and requests for tests: laboratory results, measurements and answers. */
package health.setpoint.chart.observation;
