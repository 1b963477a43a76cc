/** How decisions are kept: group commit, the spool, and the two databases. */
package health.setpoint.journal.store;
