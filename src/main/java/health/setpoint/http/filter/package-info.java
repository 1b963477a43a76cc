/** What holds for every request, before anything that serves it is reached. */
package health.setpoint.http.filter;
