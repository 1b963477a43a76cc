package health.setpoint.hook;

import java.util.List;

/** A request that gets an error answer: the HTTP status and what to fix. */
final class Refusal extends RuntimeException {

    private final int status;
    private final transient List<Issue> issues;

    Refusal(int status, List<Issue> issues) {
        // A refusal is an answer, not an accident: no stack trace is taken.
        super("refused with " + status, null, false, false);
        if (issues.isEmpty()) {
            throw new IllegalArgumentException("a refusal says what to fix");
        }
        this.status = status;
        this.issues = List.copyOf(issues);
    }

    Refusal(int status, Issue issue) {
        this(status, List.of(issue));
    }

    int status() {
        return status;
    }

    List<Issue> issues() {
        return issues;
    }
}
