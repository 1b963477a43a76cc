package health.setpoint.titration.person;

import java.time.LocalDate;
import java.time.Period;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Who the patient is, as far as a rule asks.
 *
 * @param sex sex for clinical use
 * @param birthDate the latest day that a partial date allows
 * @param pregnant a pregnancy is on record
 */
public record Person(Sex sex, Optional<LocalDate> birthDate, boolean pregnant) {

    /** Age in whole years on a day, empty without a birth date or with one after that day. */
    public OptionalInt ageOn(LocalDate day) {
        return birthDate
                .filter(birth -> !birth.isAfter(day))
                .map(birth -> OptionalInt.of(Period.between(birth, day).getYears()))
                .orElse(OptionalInt.empty());
    }
}
