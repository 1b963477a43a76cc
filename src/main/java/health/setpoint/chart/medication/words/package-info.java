/** Instructions and product names, cut into words, numbers and signs. */
package health.setpoint.chart.medication.words;
