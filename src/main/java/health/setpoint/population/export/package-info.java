/** An export of a FHIR Bulk Data server, fetched into a folder. */
package health.setpoint.population.export;
