/** From a CDS Hooks request to its answer: chart, decision, cards, journal, and the explanation of all that. */
package health.setpoint.hook.evaluation;
