package health.setpoint.chart.prefetch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.DisplayText;
import health.setpoint.chart.fhir.FhirJson;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an OperationOutcome of the EHR says of a search: that it failed or is incomplete, or a mere comment. */
final class ServerOutcome {

    /**
     * Issues with which a server says that a search is not complete, whatever severity it gives them; with the kinds of
     * {@code security} and {@code transient} that FHIR lists below them.
     */
    private static final Set<String> INCOMPLETE = Set.of(
            "incomplete",
            "suppressed",
            "too-costly",
            "throttled",
            "timeout",
            "transient",
            "lock-error",
            "no-store",
            "exception",
            "security",
            "forbidden",
            "login",
            "expired");

    private static final Set<String> COMMENTS = Set.of("information", "warning", "success");
    private static final int LONGEST = 120;
    private static final int MOST_NAMED = 10;

    private ServerOutcome() {}

    /** Why a search failed or is incomplete; empty where the outcome only comments on it. */
    static Optional<String> failure(ObjectNode outcome) {
        var issues = FhirJson.allObjects(outcome, "issue");
        if (issues.isEmpty()) {
            return Optional.of("the EHR reported a failure without an issue");
        }
        return issues.stream()
                .filter(ServerOutcome::isFailure)
                .findFirst()
                .map(issue -> "the EHR reported " + words(issue));
    }

    /** What it comments. */
    static String comment(ObjectNode outcome) {
        return "a comment of the server: "
                + FhirJson.allObjects(outcome, "issue").stream()
                        .limit(MOST_NAMED)
                        .map(ServerOutcome::words)
                        .collect(Collectors.joining("; "));
    }

    private static boolean isFailure(ObjectNode issue) {
        return INCOMPLETE.contains(lower(issue, "code")) || !COMMENTS.contains(lower(issue, "severity"));
    }

    private static String lower(ObjectNode issue, String member) {
        return FhirJson.text(issue, member).orElse("").toLowerCase(Locale.ROOT);
    }

    /** Codes and what a code system calls them; a text of the server's own might name the patient. */
    private static String words(ObjectNode issue) {
        var named = Concept.of(issue, "details", CodeMap.NONE).codings().stream()
                .map(coding -> coding.code() + " " + coding.display())
                .collect(Collectors.joining(", "));
        var kind = FhirJson.text(issue, "severity").orElse("an issue") + " '"
                + FhirJson.text(issue, "code").orElse("unknown") + "'";
        return DisplayText.plain(kind, LONGEST)
                + (named.isEmpty() ? "" : " (" + DisplayText.plain(named, LONGEST) + ")");
    }
}
