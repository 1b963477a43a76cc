package health.setpoint.sandbox.launch;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a token of the launch simulator is good for.
 *
 * @param server path of the FHIR server for which it was given
 * @param patient id of the one patient whose chart it opens
 * @param scopes SMART scopes that were granted
 * @param appContext what the card from which it was launched wants the app to know
 * @param nonce by which the app tells whether what it hears of its user was said to this launch
 * @param until when it ends
 */
record LaunchGrant(
        String server,
        String patient,
        Set<String> scopes,
        Optional<String> appContext,
        Optional<String> nonce,
        Instant until) {

    /** Reading and searching in the chart of one patient is all that this server grants. */
    private static final Pattern SCOPE =
            Pattern.compile("patient/(?<type>[A-Z][A-Za-z]{2,40}|\\*)\\.(?<rights>rs|r|s|read)");

    private static final Set<String> CONTEXT = Set.of("launch", "launch/patient", "openid", "fhirUser");

    LaunchGrant {
        scopes = Set.copyOf(scopes);
    }

    /** Of the scopes that were asked for, those that are granted. */
    static Set<String> granted(Set<String> asked) {
        return asked.stream()
                .filter(scope -> CONTEXT.contains(scope) || SCOPE.matcher(scope).matches())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the app may know who signed in. */
    boolean tellsUser() {
        return scopes.contains("openid");
    }

    /** Whether it lets resources of this type be read or, with {@code s}, searched. */
    boolean covers(String type, char right) {
        return scopes.stream()
                .map(SCOPE::matcher)
                .filter(Matcher::matches)
                .anyMatch(scope ->
                        (scope.group("type").equals("*") || scope.group("type").equals(type))
                                && (scope.group("rights").equals("read")
                                        || scope.group("rights").indexOf(right) >= 0));
    }
}
