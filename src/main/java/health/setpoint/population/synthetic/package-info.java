/** An invented clinic as a FHIR Bulk Data export, to try a population run with. */
package health.setpoint.population.synthetic;
