package health.setpoint.client.access;

import health.setpoint.client.Client;
import java.time.Duration;

/** Whether a caller is let in. */
public sealed interface AccessDecision {

    /** The caller has proven who it is. */
    sealed interface Known extends AccessDecision {
        Client client();
    }

    /**
     * It is.
     *
     * @param leave run when the call is over; any number of times
     */
    record Admitted(Client client, Runnable leave) implements Known {}

    /**
     * It is not known, or does not prove to be who it says.
     *
     * @param why for the log only
     */
    record Unknown(String why) implements AccessDecision {}

    /** It is known, and not entitled to this service. */
    record NotEntitled(Client client) implements Known {}

    /** It calls more often than agreed. */
    record TooOften(Client client, Duration pause) implements Known {}

    /** As many of its calls as agreed are under way. */
    record TooMany(Client client) implements Known {}

    /** Nobody can tell now whether its token was used before. */
    record CannotTell(Client client) implements Known {}
}
