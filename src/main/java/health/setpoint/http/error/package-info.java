/** Answers to requests that get none: OperationOutcomes, their statuses, and a line in the log. */
package health.setpoint.http.error;
