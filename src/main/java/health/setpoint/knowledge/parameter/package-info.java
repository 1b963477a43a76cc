/** The numbers: each with its days and source, as the policy of a day. */
package health.setpoint.knowledge.parameter;
