package health.setpoint.http.error;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request that gets an error answer: the HTTP status and what to fix. */
public final class RequestException extends RuntimeException {

    private final int status;
    private final transient List<Issue> issues;
    private final long retrySeconds;

    public RequestException(int status, List<Issue> issues) {
        this(status, issues, 0);
    }

    private RequestException(int status, List<Issue> issues, long retrySeconds) {
        // A refusal is an answer, not an accident: no stack trace is taken.
        super("refused with " + status, null, false, false);
        if (issues.isEmpty()) {
            throw new IllegalArgumentException("a refusal says what to fix");
        }
        this.status = status;
        this.issues = List.copyOf(issues);
        this.retrySeconds = retrySeconds;
    }

    /** One that may be sent again, unchanged, after a while. */
    public static RequestException forNow(int status, Issue issue, Duration pause) {
        return new RequestException(
                status, List.of(issue), Math.max(1, pause.plusMillis(999).toSeconds()));
    }

    public RequestException(int status, Issue issue) {
        this(status, List.of(issue));
    }

    /** What the status wants beside the body: how to show who one is, and when to try again where that would help. */
    public Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        if (status == 401) {
            headers.put("WWW-Authenticate", "Bearer");
        }
        if (retrySeconds > 0) {
            headers.put("Retry-After", String.valueOf(retrySeconds));
        }
        return headers;
    }

    public int status() {
        return status;
    }

    public List<Issue> issues() {
        return issues;
    }
}
