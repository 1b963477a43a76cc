/** What a clinical lead signs, and what was signed. */
package health.setpoint.knowledge.signoff;
