package health.setpoint.chart.person;

import health.setpoint.chart.fhir.Concept;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What an Observation answers with a code: a pregnancy status or a sex at birth.
 *
 * @param value the answer
 * @param day the day it was given on; empty where it is not known
 * @param reference the Observation
 */
public record CodedAnswer(Concept value, Optional<LocalDate> day, String reference) {}
