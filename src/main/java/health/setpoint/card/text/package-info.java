/** The texts that a clinician reads, and the words in them, by language. */
package health.setpoint.card.text;
