/** Where a number, a word or a rule comes from, and how good that is. */
package health.setpoint.knowledge.source;
