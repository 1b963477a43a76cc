/** What is written of a population run for people and machines: lists, counts without small cells, measures. */
package health.setpoint.population.report;
