package health.setpoint.titration.labs;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;

/** When something happened to the patient, in the site's time zone, as exactly as the record says it. */
public sealed interface ClinicalTime {

    /** The calendar day, empty where unknown. */
    Optional<LocalDate> day();

    /** Only the day is known. */
    record OnDay(LocalDate date) implements ClinicalTime {
        @Override
        public Optional<LocalDate> day() {
            return Optional.of(date);
        }
    }

    /** Day and clock time are known. */
    record At(LocalDateTime moment) implements ClinicalTime {
        @Override
        public Optional<LocalDate> day() {
            return Optional.of(moment.toLocalDate());
        }
    }

    /** The record has no usable time. */
    record Unknown() implements ClinicalTime {
        @Override
        public Optional<LocalDate> day() {
            return Optional.empty();
        }
    }
}
