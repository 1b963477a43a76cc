package health.setpoint.titration.therapy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/** What the record says of amount and frequency. */
public sealed interface Dosage {

    /** mg per week at the high end; none where no rate can be read. */
    default WeeklyDose highest() {
        return WeeklyDose.NONE;
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
        public WeeklyDose highest() {
            return dose;
        }
    }

    /**
     * A range of doses or frequencies: no rate for a proposal, but a highest one for the ceiling.
     *
     * @param highest mg per week at the high end
     */
    record Range(WeeklyDose highest) implements Dosage {}

    /** One dose on one day, not a rate. */
    record Single() implements Dosage {}

    /** An injected depot or a pellet, which has no weekly rate. */
    record Depot() implements Dosage {}

    /**
     * Amount or frequency is missing, as needed, ambiguous or contradictory.
     *
     * @param why one short sentence for the reader, without data of the patient
     * @param written the instruction as far as it can be compared with another one, empty where there is none
     */
    record Unreadable(String why, String written) implements Dosage {

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
        public WeeklyDose highest() {
            return ordered;
        }
    }
}
