/** The start of the service and the commands of the jar. */
package health.setpoint.operator.command;
