/** FHIR as JSON, of any version: values, times, concepts, references and Bundles. */
package health.setpoint.chart.fhir;
