/** What every reader of a request works with, and what it notes of each entry. */
package health.setpoint.chart.reading;
