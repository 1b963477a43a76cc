/** CDS Hooks: discovery, the three services, feedback and samples. Thin: parse, check, call, answer. */
package health.setpoint.hook;
