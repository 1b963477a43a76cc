package health.setpoint.client.token;

import java.time.Instant;

/** The tokens that were taken, shared by every instance of the service. */
public interface SeenTokens {

    /**
     * Takes a token, if nobody took it before.
     *
     * @param id of at most 64 characters, the same for the same token only
     * @param until when it may be forgotten
     * @return whether it is seen for the first time
     * @throws Unavailable where nobody can tell
     */
    boolean first(String id, Instant until);

    /** Nobody can tell whether a token was taken before. */
    final class Unavailable extends RuntimeException {
        Unavailable(Throwable cause) {
            super("the seen tokens cannot be asked", cause);
        }
    }
}
