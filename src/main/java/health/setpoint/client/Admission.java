package health.setpoint.client;

import java.time.Duration;

/** Whether a caller is let in. */
public sealed interface Admission {

    /**
     * It is.
     *
     * @param leave run when the call is over; any number of times
     */
    record Admitted(Client client, Runnable leave) implements Admission {}

    /** It is not known, or does not prove to be who it says. Why is in the log only. */
    record Unknown() implements Admission {}

    /** It is known, and not entitled to this service. */
    record NotEntitled(Client client) implements Admission {}

    /** It calls more often than agreed. */
    record TooOften(Client client, Duration pause) implements Admission {}

    /** As many of its calls as agreed are under way. */
    record TooMany(Client client) implements Admission {}

    /** Nobody can tell now whether its token was used before. */
    record CannotTell(Client client) implements Admission {}
}
