package health.setpoint.titration.labs;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The value of a result: a number with a unit, or the reason why it cannot be read as one. */
public sealed interface Reading {

    /** The number in its unit, where the rules may use it. */
    Optional<Measured> number();

    /** What is wrong with it, where no rule may use it. */
    Optional<Unreadable> fault();

    /**
     * A number in a known unit.
     *
     * @param comparator NONE for an exact value
     * @param amount as reported, all decimals kept
     * @param unit as reported
     */
    record Measured(Comparator comparator, BigDecimal amount, Unit unit) implements Reading {
        @Override
        public Optional<Measured> number() {
            return Optional.of(this);
        }

        @Override
        public Optional<Unreadable> fault() {
            return Optional.empty();
        }
    }

    /**
     * A value that no rule may use.
     *
     * @param why what is wrong with it
     * @param shown what the laboratory sent, shortened and free of mark-up, for the reader of the card
     * @param name how the laboratory called the test, shortened and free of mark-up, where that and not a code says
     *     what was measured
     * @param possible what it may mean: the one value of a result whose test is in doubt, the plausible ones of a number
     *     whose unit is
     */
    record Unreadable(Why why, String shown, Optional<String> name, List<Measured> possible) implements Reading {

        public Unreadable {
            possible = List.copyOf(possible);
        }

        @Override
        public Optional<Measured> number() {
            return Optional.empty();
        }

        @Override
        public Optional<Unreadable> fault() {
            return Optional.of(this);
        }

        /** A value that says nothing more than it shows. */
        public Unreadable(Why why, String shown) {
            this(why, shown, Optional.empty(), List.of());
        }
    }

    /** Why a value is unreadable. */
    enum Why {
        NO_UNIT,
        UNKNOWN_UNIT,
        NO_NUMBER,
        /** The laboratory says that it has no value. */
        ABSENT,
        /** No such value exists. */
        IMPLAUSIBLE,
        /** Words name the test, and no code that is known does. */
        UNMAPPED,
        /** Codes, or code and words, name different tests. */
        CONTRADICTORY;

        /** It is doubtful what was measured, not how much. */
        public boolean isOfTest() {
            return this == UNMAPPED || this == CONTRADICTORY;
        }
    }
}
