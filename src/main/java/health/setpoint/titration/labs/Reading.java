package health.setpoint.titration.labs;

import java.math.BigDecimal;

/** The value of a result: a number with a unit, or the reason why it cannot be read as one. */
public sealed interface Reading {

    /**
     * A number in a known unit.
     *
     * @param comparator NONE for an exact value
     * @param amount as reported, all decimals kept
     * @param unit as reported
     */
    record Measured(Comparator comparator, BigDecimal amount, Unit unit) implements Reading {}

    /**
     * A value that no rule may use.
     *
     * @param why what is wrong with it
     * @param shown what the laboratory sent, shortened and free of mark-up, for the reader of the card
     */
    record Unreadable(Why why, String shown) implements Reading {}

    /** Why a value is unreadable. */
    enum Why {
        NO_UNIT,
        UNKNOWN_UNIT,
        NO_NUMBER
    }
}
