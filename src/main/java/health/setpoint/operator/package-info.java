/** What an operator uses: reports and exports, source attributes, and the commands of the jar. */
package health.setpoint.operator;
