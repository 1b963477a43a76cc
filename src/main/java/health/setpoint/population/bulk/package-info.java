/** FHIR Bulk Data as it comes: files of NDJSON, told apart by patient on disk so that memory stays bounded. */
package health.setpoint.population.bulk;
