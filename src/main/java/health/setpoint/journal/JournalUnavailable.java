package health.setpoint.journal;

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
}
