/**
 * Who may call: the registered EHRs, one file each, and the check of every caller. Fills value types of {@code card} and
 * {@code chart}; knows nothing of the decision.
 */
package health.setpoint.client;
