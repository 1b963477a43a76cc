package health.setpoint.chart.medication;

import health.setpoint.titration.therapy.Course;

/**
 * Where a record stands before its dates are looked at.
 *
 * @param source what kind of record it is
 * @param state as its status says
 */
record Standing(Course.Source source, Course.State state) {}
