/** The page behind the link of a card: one decision for a person, from the journal alone. */
package health.setpoint.operator.decision;
