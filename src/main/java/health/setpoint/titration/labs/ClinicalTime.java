package health.setpoint.titration.labs;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;

/** When something happened to the patient, in the site's time zone, as exactly as the record says it. */
public sealed interface ClinicalTime {

    /** The calendar day, empty where unknown. */
    Optional<LocalDate> day();

    /** Day and time of day, empty where the time of day is unknown. */
    Optional<LocalDateTime> clock();

    /** The later of two days that may be unknown. */
    static Optional<LocalDate> later(Optional<LocalDate> a, Optional<LocalDate> b) {
        return a.isEmpty() || b.isPresent() && b.get().isAfter(a.get()) ? b : a;
    }

    /** The earlier of two days that may be unknown. */
    static Optional<LocalDate> earlier(Optional<LocalDate> a, Optional<LocalDate> b) {
        return a.isEmpty() || b.isPresent() && b.get().isBefore(a.get()) ? b : a;
    }

    /** Only the day is known. */
    record OnDay(LocalDate date) implements ClinicalTime {
        @Override
        public Optional<LocalDate> day() {
            return Optional.of(date);
        }

        @Override
        public Optional<LocalDateTime> clock() {
            return Optional.empty();
        }
    }

    /** Day and clock time are known. */
    record At(LocalDateTime moment) implements ClinicalTime {
        @Override
        public Optional<LocalDate> day() {
            return Optional.of(moment.toLocalDate());
        }

        @Override
        public Optional<LocalDateTime> clock() {
            return Optional.of(moment);
        }
    }

    /**
     * A time was written from which no day can be told, as a month alone.
     *
     * @param earliest the first day that it may mean
     * @param latest the last day that it may mean
     */
    record Between(LocalDate earliest, LocalDate latest) implements ClinicalTime {

        /** Something was written that may mean any day. */
        public static final Between ANY_DAYS = new Between(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31));

        @Override
        public Optional<LocalDate> day() {
            return Optional.empty();
        }

        @Override
        public Optional<LocalDateTime> clock() {
            return Optional.empty();
        }
    }

    /** The record has no usable time. */
    record Unknown() implements ClinicalTime {
        @Override
        public Optional<LocalDate> day() {
            return Optional.empty();
        }

        @Override
        public Optional<LocalDateTime> clock() {
            return Optional.empty();
        }
    }
}
