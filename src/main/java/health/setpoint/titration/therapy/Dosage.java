package health.setpoint.titration.therapy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/** What the record says of amount and frequency. */
public sealed interface Dosage {

    /** What becomes of each dosage: a new one does not compile until every reader has an answer to it. */
    interface Cases<T> {
        T weekly(Weekly dosage);

        T range(Range dosage);

        T single(Single dosage);

        T depot(Depot dosage);

        T unreadable(Unreadable dosage);

        T notTaken(NotTaken dosage);
    }

    /** The answer that fits this dosage. */
    <T> T match(Cases<T> cases);

    /** mg per week at the high end; none where no rate can be read. */
    WeeklyDose highest();

    /** The rate, where it can be computed. */
    default Optional<Weekly> rate() {
        return Optional.empty();
    }

    /** Its rate can be computed. */
    default boolean isRate() {
        return rate().isPresent();
    }

    /**
     * A rate that can be computed.
     *
     * @param dose mg per week, the sum over additive instructions
     * @param intakesPerWeek how often, so that a change of interval at the same weekly dose is seen
     */
    record Weekly(WeeklyDose dose, BigDecimal intakesPerWeek) implements Dosage {

        public Weekly {
            intakesPerWeek = intakesPerWeek.stripTrailingZeros();
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.weekly(this);
        }

        @Override
        public WeeklyDose highest() {
            return dose;
        }

        @Override
        public Optional<Weekly> rate() {
            return Optional.of(this);
        }
    }

    /**
     * A range of doses or frequencies: no rate for a proposal, but a highest one for the ceiling.
     *
     * @param highest mg per week at the high end
     */
    record Range(WeeklyDose highest) implements Dosage {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.range(this);
        }
    }

    /** One dose on one day, not a rate. */
    record Single() implements Dosage {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.single(this);
        }

        @Override
        public WeeklyDose highest() {
            return WeeklyDose.NONE;
        }
    }

    /** An injected depot or a pellet, which has no weekly rate. */
    record Depot() implements Dosage {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.depot(this);
        }

        @Override
        public WeeklyDose highest() {
            return WeeklyDose.NONE;
        }
    }

    /**
     * Amount or frequency is missing, as needed, ambiguous or contradictory.
     *
     * @param why one short sentence for the reader, without data of the patient
     * @param written the instruction as far as it can be compared with another one, empty where there is none
     */
    record Unreadable(String why, String written) implements Dosage {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.unreadable(this);
        }

        @Override
        public WeeklyDose highest() {
            return WeeklyDose.NONE;
        }

        /** Two instructions are alike when they are written alike. */
        public boolean isWrittenLike(Unreadable other) {
            return !written.isBlank() && written.equals(other.written);
        }
    }

    /**
     * Somebody recorded after the last change that the drug is not taken, so that the dose taken is unknown.
     *
     * @param ordered mg per week as ordered, at the high end; none where it cannot be read
     * @param recorded when; empty where the record does not say
     */
    record NotTaken(WeeklyDose ordered, Optional<LocalDate> recorded) implements Dosage {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.notTaken(this);
        }

        @Override
        public WeeklyDose highest() {
            return ordered;
        }
    }
}
