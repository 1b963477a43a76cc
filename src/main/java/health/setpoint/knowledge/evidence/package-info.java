/** What stands behind each rule, with grades. */
package health.setpoint.knowledge.evidence;
