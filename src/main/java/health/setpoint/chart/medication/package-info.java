/** Orders, statements, administrations and dispenses of the drugs that rules ask for. */
package health.setpoint.chart.medication;
