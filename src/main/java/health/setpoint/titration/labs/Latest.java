package health.setpoint.titration.labs;

import java.time.LocalDate;

/** A readable final result, as the rules compare it. */
public record Latest(LabResult result, Bounded value, LocalDate drawn) {}
