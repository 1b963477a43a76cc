package health.setpoint.http.error;

import java.util.Arrays;
import java.util.Optional;

/**
 * One thing to fix, for the engineer who integrates an EHR. Never holds a value from the request: values may be health
 * data.
 *
 * @param kind what kind of fault it is
 * @param text what to fix
 * @param where FHIRPath-like place in the request, for example {@code context.patientId}
 */
public record Issue(Kind kind, String text, Optional<String> where) {

    /** The codes of FHIR's issue-type value set that this service uses. */
    public enum Kind {
        STRUCTURE("structure"),
        REQUIRED("required"),
        VALUE("value"),
        INVALID("invalid"),
        NOT_FOUND("not-found"),
        NOT_SUPPORTED("not-supported"),
        TOO_LONG("too-long"),
        CONFLICT("conflict"),
        INCOMPLETE("incomplete"),
        FORBIDDEN("forbidden"),
        LOGIN("login"),
        DUPLICATE("duplicate"),
        PROCESSING("processing"),
        EXCEPTION("exception"),
        TRANSIENT("transient");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }

        /** The kind of a FHIR issue-type code; INVALID, the general one, for a code that is not in use here. */
        public static Kind of(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code.equals(code))
                    .findFirst()
                    .orElse(INVALID);
        }
    }

    public static Issue at(String where, Kind kind, String text) {
        return new Issue(kind, text, Optional.of(where));
    }

    public static Issue of(Kind kind, String text) {
        return new Issue(kind, text, Optional.empty());
    }
}
