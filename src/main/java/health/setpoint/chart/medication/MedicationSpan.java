package health.setpoint.chart.medication;

import java.time.LocalDate;
import java.util.Optional;

/** Start and end of the time that a statement or an administration is about. */
record MedicationSpan(Optional<LocalDate> start, Optional<LocalDate> end) {

    static final MedicationSpan NONE = new MedicationSpan(Optional.empty(), Optional.empty());
}
