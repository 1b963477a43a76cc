/** All resources of one patient in, advice and calendar out: the one function of a population run. */
package health.setpoint.population.decision;
