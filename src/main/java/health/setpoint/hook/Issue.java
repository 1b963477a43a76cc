package health.setpoint.hook;

import java.util.Optional;

/**
 * One thing to fix, for the engineer who integrates an EHR. Never holds a value from the request: values may be health
 * data.
 *
 * @param kind what kind of fault it is
 * @param text what to fix
 * @param where FHIRPath-like place in the request, for example {@code context.patientId}
 */
record Issue(Kind kind, String text, Optional<String> where) {

    /** The codes of FHIR's issue-type value set that this service uses. */
    enum Kind {
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
        EXCEPTION("exception");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    static Issue at(String where, Kind kind, String text) {
        return new Issue(kind, text, Optional.of(where));
    }

    static Issue of(Kind kind, String text) {
        return new Issue(kind, text, Optional.empty());
    }
}
