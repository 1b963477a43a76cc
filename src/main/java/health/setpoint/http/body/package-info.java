/** Request bodies: read within limits of size, depth, number and memory. */
package health.setpoint.http.body;
