/** Codes, names, units and words: dated tables that identify analytes, drugs and problems, and how sure each is. */
package health.setpoint.knowledge.terminology;
