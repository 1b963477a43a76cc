/** The EHR's FHIR server: which may be asked, under which limits, and what came of it. */
package health.setpoint.chart.fetch;
