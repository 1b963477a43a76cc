package health.setpoint.client;

/**
 * How much one client may ask of the service.
 *
 * @param perSecond calls a second in the long run; as many may come at once after a quiet second
 * @param atOnce calls that may be under way together
 */
public record CallLimits(int perSecond, int atOnce) {

    /** Fifty calls a second, twenty at once. */
    public static final CallLimits STANDARD = new CallLimits(50, 20);

    /** No limit, for the one caller of local mode. */
    public static final CallLimits NONE = new CallLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);

    public CallLimits {
        if (perSecond < 1 || atOnce < 1) {
            throw new IllegalArgumentException("a limit is above zero");
        }
    }
}
