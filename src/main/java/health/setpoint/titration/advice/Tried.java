package health.setpoint.titration.advice;

/**
 * A line of the trace: a rule that was tried, in the order of trial.
 *
 * @param rule which
 * @param fired whether its condition held
 */
public record Tried(RuleId rule, boolean fired) {}
