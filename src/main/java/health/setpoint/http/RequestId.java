package health.setpoint.http;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id under which one HTTP call is found again: in the answer's header, in an error's body and in the log. */
public final class RequestId {

    public static final String HEADER = "X-Request-Id";

    private static final String KEY = "setpoint.request-id";
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9-]{8,64}");

    private RequestId() {}

    /** The id of this call: the caller's own where it is fit for a log line, else a new one. */
    public static String of(RoutingContext call) {
        String known = call.get(KEY);
        if (known != null) {
            return known;
        }
        var sent = call.request().getHeader(HEADER);
        var id = sent != null && SAFE.matcher(sent).matches()
                ? sent
                : UUID.randomUUID().toString();
        call.put(KEY, id);
        return id;
    }
}
