/** What a clinician can accept: orders, in the dialect of each family of EHRs. */
package health.setpoint.card.suggestion;
