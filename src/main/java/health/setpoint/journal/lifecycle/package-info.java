/** The journal's beans: opening, checking, measuring and clearing it. */
package health.setpoint.journal.lifecycle;
