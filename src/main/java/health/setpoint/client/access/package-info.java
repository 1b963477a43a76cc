/** Who may call, and how often. */
package health.setpoint.client.access;
