/** Dosage instructions, structured and in words, turned into mg a week. */
package health.setpoint.chart.medication.dosage;
