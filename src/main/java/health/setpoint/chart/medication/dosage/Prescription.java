package health.setpoint.chart.medication.dosage;

import health.setpoint.titration.therapy.Dosage;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The dosage instructions of one record, taken together.
 *
 * @param dosage amount and frequency of what holds today, or held last
 * @param boundsStart latest start that an instruction names
 * @param boundsEnd latest end, where every instruction has one
 * @param event latest single date that an instruction names
 */
public record Prescription(
        Dosage dosage, Optional<LocalDate> boundsStart, Optional<LocalDate> boundsEnd, Optional<LocalDate> event) {

    /** Every instruction has come to its end before this day. */
    boolean isOverOn(LocalDate today) {
        return boundsEnd.map(end -> end.isBefore(today)).orElse(false);
    }
}
