/** The clients' files and their folder. */
package health.setpoint.client.file;
