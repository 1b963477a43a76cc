/** Local mode, in which no caller is checked: who can reach the service, and by which host names. */
package health.setpoint.http.local;
