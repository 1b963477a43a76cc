/** What a card says and why, in as few words as that takes. */
package health.setpoint.card.explanation;
