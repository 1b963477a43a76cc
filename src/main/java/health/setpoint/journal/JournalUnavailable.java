package health.setpoint.journal;

import java.sql.SQLException;

/** The entry could not be made durable, so that nothing may be answered that rests on it. */
public final class JournalUnavailable extends RuntimeException {

    /** Why, without data of the entry. */
    public JournalUnavailable(String why) {
        super(why);
    }

    /** Why, and what caused it. */
    public JournalUnavailable(String why, Throwable cause) {
        super(why, cause);
    }

    /** Why, in one line; what the store says about it may quote data and is left out but for its code. */
    public String line() {
        return getCause() instanceof SQLException failure
                ? getMessage() + ": SQL state " + failure.getSQLState()
                : getMessage();
    }
}
