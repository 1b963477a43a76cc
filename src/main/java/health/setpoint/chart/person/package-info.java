/** Who the patient is: sex, age, pregnancy, diagnoses, allergies and symptoms. */
package health.setpoint.chart.person;
