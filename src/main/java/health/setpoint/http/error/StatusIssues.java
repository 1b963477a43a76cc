package health.setpoint.http.error;

/** What to fix where only the HTTP status is known. */
public final class StatusIssues {

    private StatusIssues() {}

    public static Issue of(int status) {
        return switch (status) {
            case 400 -> Issue.of(Issue.Kind.INVALID, "The HTTP request is malformed.");
            case 403 ->
                Issue.of(
                        Issue.Kind.FORBIDDEN,
                        "The browser's origin is not on the list of allowed origins: set setpoint.cors.origins.");
            case 404 ->
                Issue.of(
                        Issue.Kind.NOT_FOUND,
                        "Nothing is here. GET /cds-services lists the services; POST /cds-services/{id} calls one.");
            case 405 ->
                Issue.of(
                        Issue.Kind.NOT_SUPPORTED,
                        "This URL does not answer this HTTP method: see the Allow header. Discovery is GET /cds-services,"
                                + " a service is called with POST /cds-services/{id}.");
            case 408 -> Issue.of(Issue.Kind.TRANSIENT, "The body came too slowly, or not to its end.");
            case 413 ->
                Issue.of(
                        Issue.Kind.TOO_LONG,
                        "The body is larger than this service reads. Prefetch only what the discovery templates ask for.");
            case 414 -> Issue.of(Issue.Kind.TOO_LONG, "The URL is too long.");
            case 415 -> Issue.of(Issue.Kind.NOT_SUPPORTED, "Send the body with Content-Type: application/json.");
            case 421 ->
                Issue.of(
                        Issue.Kind.FORBIDDEN,
                        "While no client is registered this service answers for this machine only: call it as localhost,"
                                + " 127.0.0.1, [::1] or the host of setpoint.public-url.");
            case 431 -> Issue.of(Issue.Kind.TOO_LONG, "The headers are too large.");
            case 500 ->
                Issue.of(
                        Issue.Kind.EXCEPTION,
                        "The service failed to evaluate this request and gives no advice. Report the request id.");
            case 503 ->
                Issue.of(
                        Issue.Kind.TRANSIENT,
                        "The decision could not be recorded, and what is not recorded is not advised. Try again shortly.");
            default ->
                Issue.of(
                        status >= 500 ? Issue.Kind.EXCEPTION : Issue.Kind.INVALID,
                        "The request got status " + status + ".");
        };
    }
}
