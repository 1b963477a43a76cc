/** Dosage instructions in words. */
package health.setpoint.chart.medication.sig;
