/**
 * What was advised, on which facts, under which knowledge, and what the clinician did with it: kept before the answer
 * leaves, replayable, counted.
 */
package health.setpoint.journal;
