package health.setpoint.titration.advice;

import health.setpoint.titration.labs.LabResult;

/**
 * A result that the advice rests on or shows.
 *
 * @param result as reported
 * @param decisive the rules decided on it; false where it is only shown
 */
public record Input(LabResult result, boolean decisive) {}
