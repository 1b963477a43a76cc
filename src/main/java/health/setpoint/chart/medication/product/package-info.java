/** Which drug a record is of, and how much of it the product holds. */
package health.setpoint.chart.medication.product;
