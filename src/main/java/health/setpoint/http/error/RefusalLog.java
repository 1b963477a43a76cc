package health.setpoint.http.error;

import health.setpoint.http.AddressRateLimiter;
import health.setpoint.http.LogLineLimit;
import health.setpoint.http.Loggable;
import health.setpoint.http.RequestId;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * One line in the log for each call that is refused, with the request id that its answer names: whose call it was, to
 * which path, from which address, and why. Nothing of a patient, no value from the request. {@link LogLineLimit} leaves out what
 * is too much.
 */
public final class RefusalLog {

    private static final Logger LOG = Logger.getLogger("health.setpoint.refusals");

    private static final String CLIENT = "setpoint.client";
    private static final String WHY = "setpoint.refused-for";
    private static final int TOO_OFTEN = 429;
    private static final int NOT_NOW = 503;
    private static final int MOST_REASONS = 8;
    private static final int LONGEST_PLACE = 100;
    private static final Pattern UNLOGGABLE = Pattern.compile("[^A-Za-z0-9._()\\[\\]-]");

    private RefusalLog() {}

    /** Whose call it is. */
    public static void of(RoutingContext call, String client) {
        call.put(CLIENT, client);
    }

    /** Why nobody is told but the log. */
    public static void because(RoutingContext call, String why) {
        call.put(WHY, why);
    }

    /** Why, unless that is known. */
    public static void because(RoutingContext call, List<Issue> issues) {
        if (call.get(WHY) == null) {
            because(
                    call,
                    issues.stream().limit(MOST_REASONS).map(RefusalLog::words).collect(Collectors.joining("; "))
                            + (issues.size() > MOST_REASONS ? "; and more" : ""));
        }
    }

    private static String words(Issue issue) {
        return issue.where()
                .map(where -> place(where) + " " + issue.kind().code())
                .orElse(issue.text());
    }

    private static String place(String where) {
        var plain = UNLOGGABLE.matcher(where).replaceAll("?");
        return plain.length() > LONGEST_PLACE ? plain.substring(0, LONGEST_PLACE) : plain;
    }

    /**
     * Writes the line, where the call was refused.
     *
     * @param paths those that are named; of the others only that it was another
     */
    public static void tell(RoutingContext call, Set<String> paths, LogLineLimit ofUnknown, LogLineLimit ofClients) {
        var status = call.response().getStatusCode();
        if (status < 400 || status >= 500 && status != NOT_NOW) {
            return;
        }
        var address = Loggable.of(AddressRateLimiter.of(call));
        var client = known(call, CLIENT, "(unknown)");
        var isLet = call.get(CLIENT) == null ? ofUnknown.lets(address) : ofClients.lets(lines(client, status));
        if (!isLet) {
            return;
        }
        MDC.put("requestId", RequestId.of(call));
        MDC.put("client", client);
        try {
            LOG.warnf(
                    "request %s of client %s: %s %s was refused with %d: %s (from %s)",
                    RequestId.of(call),
                    client,
                    call.request().method(),
                    path(call, paths),
                    status,
                    known(call, WHY, unexplained(call, status)),
                    address);
        } finally {
            MDC.remove("requestId");
            MDC.remove("client");
        }
    }

    /** Calls that come too often, or not at the right time, do not use up the lines of those that are wrong. */
    private static String lines(String client, int status) {
        return "client " + client
                + (status == TOO_OFTEN ? " (too often)" : status == NOT_NOW ? " (not at that time)" : "");
    }

    /** Says how many lines were left out. */
    public static void tell(LogLineLimit limit) {
        limit.leftOut().ifPresent(LOG::warn);
    }

    private static String known(RoutingContext call, String key, String otherwise) {
        String value = call.get(key);
        return value == null ? otherwise : value;
    }

    /** The check of the origin comes before everything that could tell why. */
    private static String unexplained(RoutingContext call, int status) {
        return status == 403 && call.request().getHeader(HttpHeaders.ORIGIN) != null
                ? "its page is of an origin that may not call"
                : StatusIssues.of(status).text();
    }

    private static String path(RoutingContext call, Set<String> paths) {
        var path = call.normalizedPath();
        return paths.contains(path) ? path : "(another path)";
    }
}
