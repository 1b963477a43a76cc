/** The same decision over a whole clinic: FHIR Bulk Data in, work lists for clinicians out. */
package health.setpoint.population;
