/** YAML with positions, for this room and the client files. */
package health.setpoint.knowledge.yaml;
