/** The source attributes of the decision support intervention. */
package health.setpoint.operator.attributes;
