/** FHIR resources and JSON out: HAPI's encoder, codes and ids. */
package health.setpoint.card.json;
